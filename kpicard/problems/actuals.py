"""Problems of the actuals: CSV files, their headings and their cells."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

_NEAREST = Both("did you mean `{nearest}`?", "是否想写“{nearest}”？")

ENTRIES = {
    # the file
    "workbook": Entry(
        Both("this is an Excel workbook, not a CSV file", "这是 Excel 工作簿，不是 CSV 文件"),
        (Both("save the sheet as CSV UTF-8 first", "请先将工作表另存为“CSV UTF-8”"),),
    ),
    "no-rows": Entry(
        Both("there is a heading, but no row below it", "只有表头，没有数据行"),
        (
            Both(
                "add a row per employee and KPI, or per employee in the wide form",
                "请按“每人每指标一行”或“每人一行”填写数据",
            ),
        ),
    ),
    "missing-column": Entry(
        Both("no column is headed {missing}; found: {found}", "缺少列 {missing}；现有表头：{found}"),
        (
            Both(
                "the first row holds the headings: period, employee, role and kpi, actual (or one column per KPI)",
                "第一行应为表头：考核周期、员工、岗位，以及考核指标、实际值（或每个指标一列）",
            ),
        ),
    ),
    "wrong-separator": Entry(
        Both("the columns are separated by `{separator}`, not by commas", "列之间用“{separator}”分隔，而不是逗号"),
        (Both("save it as CSV with commas", "请另存为以逗号分隔的 CSV"),),
    ),
    "doubled-column": Entry(
        Both("column `{column}` means the same as `{other}`", "列“{column}”与“{other}”含义相同"),
        (Both("delete one of the two", "请删除其中一列"),),
    ),
    "target-in-wide": Entry(
        Both(
            "a target column is not used in a wide file: it does not say whose KPI's target it is",
            "每人一行的文件不使用目标值列：无法得知是哪个指标的目标值",
        ),
        (Both("give targets in the long form, one row per KPI", "如需单独设目标值，请用每个指标一行的格式"),),
        "warning",
    ),
    "unknown-column": Entry(
        Both("column `{column}` is not known, and is not used", "未知的列“{column}”，其内容未被使用"),
        (_NEAREST, Both("name it `note` if it is a remark", "如为说明文字，请将表头改为“备注”")),
        "warning",
    ),
    "unnamed-column": Entry(
        Both("column {number} has no heading, and is not used", "第 {number} 列没有表头，其内容未被使用"),
        (Both("give it a heading, or empty it", "请补充表头，或清空该列"),),
        "warning",
    ),
    "ragged-row": Entry(
        Both("the row has {found} cells, the heading {expected}", "本行有 {found} 个单元格，表头有 {expected} 个"),
        (
            Both(
                'add or take away commas; a cell that has a comma itself goes in quotes: "1,250"',
                '请增减逗号；单元格内容本身含逗号时请加引号："1,250"',
            ),
        ),
    ),
    "bad-quote": Entry(
        Both("a quote opens here and is not closed where the cell ends", "此处的引号没有在单元格结尾处闭合"),
        (Both('close it; a quote inside a quoted cell is written twice: ""', '请补上引号；引号内的引号应写两次：""'),),
    ),
    "too-long": Entry(
        Both("the row has more than {limit} bytes", "本行超过 {limit} 字节"),
        (Both("is a line break or a quote missing?", "是否缺少换行或引号？"),),
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
        (Both("write year and month, as 2026-10", "请写年和月，如 2026-10"),),
    ),
    "no-employee": Entry(
        Both("the employee is missing", "缺少员工"),
        (Both("fill in the employee's id", "请填写员工编号"),),
    ),
    "no-role": Entry(
        Both("the role is missing", "缺少岗位"),
        (Both("fill in the role's id or name", "请填写岗位标识或名称"),),
    ),
    "unknown-role": Entry(
        Both("there is no role `{role}`", "没有岗位“{role}”"),
        (_NEAREST, Both("known: {known}", "现有岗位：{known}")),
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
        (_NEAREST, Both("it has: {known}", "现有指标：{known}")),
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
    # figures and cards
    "doubled-figure": Entry(
        Both(
            "{kpi} of {employee} is given already, at line {other_line} of {other_path}",
            "{employee} 的“{kpi}”已在 {other_path} 第 {other_line} 行填报",
        ),
        (Both("keep one of the two", "请只保留一处"),),
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
            "{kpi} of {employee} is not reported for {period}, unless it is the row that cannot be read, "
            "line {other_line} of {other_path}",
            "{employee} {period} 的“{kpi}”未填报，但 {other_path} 第 {other_line} 行无法识别，可能正是该数据",
        ),
        (Both("mend that row first", "请先修正该行"),),
    ),
    "maybe-unread": Entry(
        Both(
            "{kpi} of {employee} is not reported for {period}, unless it is in the file or column that cannot be read",
            "{employee} {period} 的“{kpi}”未填报，但有文件或列无法识别，数据可能在其中",
        ),
        (Both("mend that file or heading first", "请先修正该文件或表头"),),
    ),
    "name-differs": Entry(
        Both("{employee} is called `{value}` here, `{first}` before", "{employee} 在此处为“{value}”，此前为“{first}”"),
        (Both("the first one is used; make both the same", "已采用前者，请保持一致"),),
        "warning",
    ),
    "not-found": Entry(
        Both("`{chosen}` was chosen, but no row is about it", "所选的“{chosen}”没有任何数据"),
        (_NEAREST, Both("found here: {found}", "现有：{found}")),
    ),
    "nothing-selected": Entry(
        Both("no row is about all that was chosen: {chosen}", "没有同时符合所选条件的数据：{chosen}"),
        (Both("choose fewer things at once", "请减少筛选条件"),),
    ),
}
