"""Problems of the actuals: their cells, figures and cards."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

FULL_MARK = (
    Both(
        "{full_mark} needs a KPI whose range says `upto: {out_of}`, and this one's says `upto: {upto}`: "
        "write the score out of {upto}",
        "{full_mark} 只能用于取值范围写明 `upto: {out_of}` 的指标，而该指标为 `upto: {upto}`：请按满分 {upto} 填写",
    ),
    Both(
        "{full_mark} needs a KPI whose range says `upto: {out_of}`: write `range: {{upto: {out_of}}}` in its role's "
        "file, or the score alone",
        "{full_mark} 只能用于取值范围写明 `upto: {out_of}` 的指标：请在岗位文件中写 `range: {{upto: {out_of}}}`，"
        "或只填得分",
    ),
)
"""What to do about a score out of another full mark than the KPI's range ends at."""

ENTRIES = {
    "more-like-these": Entry(
        Both("from here on there are {count} more like `{code}`", "从此处起还有 {count} 处同类问题（{code}）"),
        (
            Both(
                "they are not listed one by one, and their cards are withheld: mend the first ones, and score again",
                "不再逐一列出，相关考核表均未出具；请先修正前面列出的问题，再重新计分",
            ),
        ),
    ),
    "more-warnings": Entry(
        Both("from here on there are {count} more like `{code}`", "从此处起还有 {count} 处同类情况（{code}）"),
        (Both("they are not listed one by one", "不再逐一列出"),),
        "warning",
    ),
    # cells
    "no-period": Entry(
        Both("the period is missing", "缺少考核周期"),
        (
            Both("fill in the column `{column}`, as 2026-10", "请填写 `{column}` 列，如 2026-10"),
            Both(
                "fill it in, name the file after its month (2026-10.csv), or give `--period 2026-10`",
                "请填写，或以月份命名文件（2026-10.csv），或使用 `--period 2026-10`",
            ),
        ),
    ),
    "bad-period": Entry(
        Both("`{value}` is no period", "“{value}”不是有效的考核周期"),
        (
            Both(
                "{one_digit} may be month 1 or, with its 0 lost, month 10: write it as 2026-01 or 2026-10",
                "{one_digit} 可能是 1 月，也可能是丢了 0 的 10 月：请写成 2026-01 或 2026-10",
            ),
            Both(
                "which month {zoned} is in depends on the time zone: write year and month, or a date without a zone",
                "{zoned} 属于哪个月取决于时区：请写年和月，或不带时区的日期",
            ),
            Both("write year and month, as 2026-10", "请写年和月，如 2026-10"),
        ),
    ),
    "other-period": Entry(
        Both(
            "the name of the file or sheet says {named}, but its rows say {period}",
            "文件名或工作表名为 {named}，而数据的考核周期是 {period}",
        ),
        (
            Both(
                "if it is a copy of another month's, change the period in its rows",
                "如由其他月份复制而来，请修改考核周期列",
            ),
        ),
        "warning",
    ),
    "no-employee": Entry(
        Both("the employee is missing", "缺少员工"),
        (Both("fill in the employee's id", "请填写员工编号"),),
    ),
    "bad-employee": Entry(
        Both(
            "`{value}` is a formula or an error of the spreadsheet, and no employee",
            "“{value}”是表格公式或公式错误，不是员工",
        ),
        (Both("write the employee's id", "请填写员工编号"),),
    ),
    "like-a-formula": Entry(
        Both(
            "{column} `{value}` is like a formula: a spreadsheet that opens CSV may compute it",
            "{column}“{value}”像是公式，表格软件打开 CSV 时可能会计算它",
        ),
        (
            Both(
                "write it without `{sign}` before it, or hand out the cards as xlsx, where it is a text",
                "请去掉开头的“{sign}”，或改用 xlsx 格式（其中按文本处理）",
            ),
        ),
        "warning",
    ),
    "hidden-character": Entry(
        Both(
            "{column} `{value}` has a character that is not seen, and is another than without it",
            "{column}“{value}”含有看不见的字符，与不含该字符的不是同一个",
        ),
        (Both("type it anew, without what came along when it was copied", "请重新输入，去掉复制时带入的字符"),),
        "warning",
    ),
    "no-role": Entry(
        Both("the role is missing", "缺少岗位"),
        (Both("fill in the role's id or name", "请填写岗位标识或名称"),),
    ),
    "unknown-role": Entry(
        Both("there is no role `{role}`", "没有岗位“{role}”"),
        (NEAREST, Both("known: {known}", "现有岗位：{known}")),
    ),
    "broken-role": Entry(
        Both(
            "the rules of role `{role}` have errors, so that all its cards are withheld",
            "岗位“{role}”的规则有错误，其考核表均暂不出具",
        ),
        (Both("mend the role's file first: `kpicard validate`", "请先修正岗位文件：`kpicard validate`"),),
    ),
    "ambiguous-role": Entry(
        Both("`{role}` may be any of: {ids}", "“{role}”可能是以下岗位之一：{ids}"),
        (Both("write the role's id", "请填写岗位标识"),),
    ),
    "no-kpi": Entry(
        Both("the KPI is missing", "缺少考核指标"),
        (Both("fill in the KPI's id or name", "请填写指标标识或名称"),),
    ),
    "unknown-kpi": Entry(
        Both("role {role} has no KPI `{kpi}`", "岗位“{role}”没有指标“{kpi}”"),
        (NEAREST, Both("it has: {known}", "现有指标：{known}")),
    ),
    "ambiguous-kpi": Entry(
        Both("`{kpi}` may be any of: {ids}", "“{kpi}”可能是以下指标之一：{ids}"),
        (Both("write the KPI's id", "请填写指标标识"),),
    ),
    "kpi-not-in-role": Entry(
        Both(
            "`{value}` stands under `{kpi}`, which role {role} does not have",
            "“{value}”填在了“{kpi}”下，而岗位“{role}”没有该指标",
        ),
        (Both("empty the cell, or check the role and the column", "请清空该单元格，或检查岗位和所在列"),),
    ),
    "bad-value": Entry(
        Both("`{value}` is no number that can be read for {kpi}", "“{kpi}”的值“{value}”无法识别为数字"),
        (
            Both(
                "the cell is merged with others {merged}: undo that, and write the figure into each row that it is for",
                "该单元格与其他单元格合并 {merged}：请取消合并，在每一行分别填写",
            ),
            Both(
                "does the comma in {comma} divide thousands or decimals? write 1500 or 1.5",
                "{comma} 中的逗号是千位分隔还是小数点？请写成 1500 或 1.5",
            ),
            Both(
                "is {clock} hours and minutes, or minutes and seconds? write 1h30m or 1m30s, or 1:30:00",
                "{clock} 是几小时几分，还是几分几秒？请写成 1h30m、1m30s 或 1:30:00",
            ),
            Both(
                "{excel_error} is an error of the spreadsheet: mend its formula",
                "{excel_error} 是表格公式的错误，请先修正公式",
            ),
            Both(
                "{formula} is a formula without its result: open the workbook in Excel or WPS, and save it",
                "{formula} 是没有结果的公式：请用 Excel 或 WPS 打开工作簿并保存",
            ),
            *FULL_MARK,
            Both(
                "{understood} is understood, but not `{left}`: the {part} is an amount without a unit",
                "已识别 {understood}，但无法识别“{left}”：{part}应填不带单位的数量",
            ),
            Both(
                "{understood} is understood, but not `{left}`: the KPI's unit is {unit}",
                "已识别 {understood}，但无法识别“{left}”：该指标的单位是“{unit}”",
            ),
            Both(
                "{understood} is understood, but not `{left}`: the KPI has no unit",
                "已识别 {understood}，但无法识别“{left}”：该指标没有单位",
            ),
            Both(
                "write a plain number in {unit}, as 12.5; N/A where it does not apply; nothing where not reported",
                "请以“{unit}”为单位直接填写数字，如 12.5；不适用填 N/A；未填报留空",
            ),
            Both(
                "write a plain number, as 12.5; N/A where it does not apply; nothing where not reported",
                "请直接填写数字，如 12.5；不适用填 N/A；未填报留空",
            ),
        ),
    ),
    "bad-target-value": Entry(
        Both(
            "`{value}` is no number that can be read for the target of {kpi}", "“{kpi}”的目标值“{value}”无法识别为数字"
        ),
        (
            *FULL_MARK,
            Both(
                "{understood} is understood, but not `{left}`",
                "已识别 {understood}，但无法识别“{left}”",
            ),
            Both(
                "write a plain number, or leave the cell empty to use the role's target",
                "请直接填写数字；留空则使用岗位的目标值",
            ),
        ),
    ),
    "out-of-range": Entry(
        Both("`{value}` is beyond what can be scored for {kpi}", "“{kpi}”的值“{value}”超出可计分范围"),
        (
            Both(
                "at most 12 digits before the point, and at most 10^12 percent of the target; is the unit right?",
                "整数部分最多 12 位，且不得超过目标值的 10^12%；请检查单位",
            ),
        ),
    ),
    "impossible-figure": Entry(
        Both(
            "`{value}` cannot be true of {kpi}: its range is {possible}",
            "“{kpi}”的值“{value}”超出取值范围（{possible}）",
        ),
        (
            Both(
                "write a figure in that range, in {unit}; if more can be true, give the KPI a wider `range` in its "
                "role's file",
                "请填写取值范围内的数值，单位为“{unit}”；如确有可能，请在岗位文件中放宽该指标的 `range`",
            ),
            Both(
                "write a figure in that range; if more can be true, give the KPI a wider `range` in its role's file",
                "请填写取值范围内的数值；如确有可能，请在岗位文件中放宽该指标的 `range`",
            ),
        ),
    ),
    "impossible-target": Entry(
        Both(
            "the target `{value}` cannot be true of {kpi}: its range is {possible}",
            "“{kpi}”的目标值“{value}”超出取值范围（{possible}）",
        ),
        (
            Both(
                "write a target in that range, or leave the cell empty to use the role's",
                "请填写取值范围内的目标值；留空则使用岗位的目标值",
            ),
        ),
    ),
    "idle-target": Entry(
        Both(
            "the target `{value}` changes nothing: {kpi} is scored on its actual{more}",
            "目标值“{value}”不起作用：“{kpi}”按实际值计分{more}",
        ),
        (
            Both(
                "leave the cell empty; or, for targets to count, write `{axis}` in the KPI's `scoring`, and its points "
                "or bands in percent of the target",
                "请留空；如需按目标值计分，请在该指标的 `scoring` 中写 `{axis}`，并按达成率填写 points 或 bands",
            ),
            Both("leave the cell empty", "请留空"),
        ),
        "warning",
    ),
    "bad-target": Entry(
        Both(
            "{kpi} is scored on its attainment, but its target here is {value}",
            "“{kpi}”按达成率计分，但此处目标值为 {value}",
        ),
        (
            Both(
                "give a target above 0, or leave the cell empty to use the role's",
                "目标值须大于 0；留空则使用岗位的目标值",
            ),
        ),
    ),
    "actual-and-ratio": Entry(
        Both(
            "{kpi} has an actual, `{value}`, and a numerator and a denominator as well",
            "“{kpi}”既填了实际值“{value}”，又填了分子和分母",
        ),
        (Both("give one or the other", "请二选一填写"),),
    ),
    "half-ratio": Entry(
        Both("{kpi} lacks its {missing}", "“{kpi}”缺少{missing}"),
        (Both("a ratio needs numerator and denominator", "比率需要同时填写分子和分母"),),
    ),
    "zero-denominator": Entry(
        Both("{kpi} has the denominator {value}, not one above 0", "“{kpi}”的分母为 {value}，不大于 0"),
        (
            Both(
                "write a denominator above 0; 0 in both means not applicable",
                "分母须大于 0；分子和分母均为 0 表示不适用",
            ),
        ),
    ),
    "other-unit": Entry(
        Both("`{unit}` is not the unit of {kpi}", "“{unit}”不是“{kpi}”的单位"),
        (
            Both(
                "write the unit behind each figure, which is then converted; what is no unit, leave out of the heading",
                "请在每个数值后写明单位，以便换算；如不是单位，请从表头中去掉",
            ),
        ),
    ),
    "sum-row": Entry(
        Both("`{value}`: a row that sums others up is not used", "“{value}”：合计行未被使用"),
        (Both("delete it, or fill in the role if it is somebody's", "请删除；如确是某员工的数据，请填写岗位"),),
        "warning",
    ),
    "unit-slip": Entry(
        Both(
            "`{value}` for {kpi} looks {factor} times too {size}: the target is {target}",
            "“{kpi}”的值 {value} 像是{size}了 {factor} 倍：目标值为 {target}",
        ),
        (
            Both(
                "if {meant} was meant, write that: {value} is scored as it stands",
                "如本意是 {meant}，请改写；目前按 {value} 计分",
            ),
        ),
        "warning",
    ),
    # figures and cards
    "doubled-figure": Entry(
        Both(
            "{kpi} of {employee} for {period} is given already, at {other}",
            "{employee} {period} 的“{kpi}”已在 {other} 填报",
        ),
        (Both("keep one of the two, or mend the period of the other", "请只保留一处，或修正另一处的考核周期"),),
    ),
    "not-reported": Entry(
        Both("{kpi} of {employee} is not reported for {period}", "{employee} {period} 的“{kpi}”未填报"),
        (
            Both(
                "fill it in, or N/A where it does not apply; or choose `--missing zero` or `exclude`",
                "请填写；不适用填 N/A；或选择 `--missing zero`、`--missing exclude`",
            ),
        ),
    ),
    "maybe-misread": Entry(
        Both(
            "{kpi} of {employee} is not reported for {period}, unless it is the row that cannot be read, {other}",
            "{employee} {period} 的“{kpi}”未填报，但 {other} 处的一行无法识别，可能正是该数据",
        ),
        (Both("mend that row first", "请先修正该行"),),
    ),
    "maybe-unread": Entry(
        Both(
            "{kpi} of {employee} is not reported for {period}, unless it is in what was not read or set aside",
            "{employee} {period} 的“{kpi}”未填报，但有文件、工作表、行或列未能读取，数据可能在其中",
        ),
        (Both("mend what the other problems name first", "请先处理其他问题中提到的文件、工作表或表头"),),
    ),
    "name-differs": Entry(
        Both("{employee} is called `{value}` here, `{first}` before", "{employee} 在此处为“{value}”，此前为“{first}”"),
        (Both("the first one is used; make both the same", "已采用前者，请保持一致"),),
        "warning",
    ),
    "not-found": Entry(
        Both("`{chosen}` was chosen, but no row is about it", "所选的“{chosen}”没有任何数据"),
        (NEAREST, Both("found here: {found}", "现有：{found}")),
    ),
    "nothing-selected": Entry(
        Both("no row is about all that was chosen: {chosen}", "没有同时符合以下条件的数据：{chosen}"),
        (Both("choose fewer things at once", "请减少筛选条件"),),
    ),
    "negative-count": Entry(
        Both("{value} is no count of {item}", "“{item}”的次数不能为 {value}"),
        (Both("write how many there were, without a sign", "请填写次数，不带负号"),),
    ),
    "no-rules-yet": Entry(
        Both(
            "role {role} has no rules for {period}: they begin with {first}",
            "岗位“{role}”在 {period} 没有考核规则，规则自 {first} 起",
        ),
        (
            Both(
                "correct the period, or add an older version of the role, of its targets or of the department",
                "请更正考核周期，或补充该岗位、其目标值或部门的更早版本",
            ),
        ),
    ),
    "other-rules": Entry(
        Both(
            "the rules of {role} in {period} have the fingerprint {found}, which is not the one expected",
            "岗位“{role}”{period} 的规则指纹为 {found}，与预期不符",
        ),
        (
            Both(
                "its cards are withheld; check what changed in the rules, or expect {found}",
                "相关考核表未出具；请检查规则的改动，或将预期值改为 {found}",
            ),
        ),
    ),
}
