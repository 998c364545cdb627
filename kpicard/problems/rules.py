"""Problems of the rules: the department's file and the roles' files."""

from __future__ import annotations

from kpicard.problems import lint
from kpicard.problems.entry import Entry
from kpicard.text import Both

_NEAREST = Both("did you mean `{nearest}`?", "是否想写 `{nearest}`？")
_TIME = Both(
    "a figure in {time} is never below 0, unless the range says so, as `range: {{from: -30}}`",
    "单位为“{time}”的数值不会低于 0；若可能低于 0，请在取值范围中写明，如 `range: {{from: -30}}`",
)

ENTRIES = {
    # the folder
    "no-roles": Entry(
        Both("no role in this folder", "该文件夹中没有岗位文件"),
        (Both("put one file per role here, `<id>.yaml`", "请为每个岗位放置一个文件 `<id>.yaml`"),),
    ),
    "no-department": Entry(
        Both("no `department.yaml` in this folder", "该文件夹中没有 `department.yaml`"),
        (Both("it holds the title and the grades", "该文件用于填写部门名称和等级标准"),),
    ),
    "no-grades": Entry(
        Both("without the department's grades nothing is scored", "没有部门等级标准，无法计分"),
        (
            Both(
                "the folder of the roles needs a `department.yaml` without errors",
                "岗位文件夹中需要有正确的 `department.yaml`",
            ),
        ),
    ),
    "duplicate-role": Entry(
        Both("role `{id}` is there already, as {path}", "岗位 `{id}` 重复，已有 {path}"),
        (Both("keep one of the two files", "请只保留其中一个文件"),),
    ),
    "duplicate-department": Entry(
        Both("the department is there already, as {path}", "部门文件重复，已有 {path}"),
        (Both("keep one of the two files", "请只保留其中一个文件"),),
    ),
    # YAML, read strictly
    "yaml-syntax": Entry(
        Both("this is no valid YAML: {reason}", "YAML 语法错误：{reason}"),
        (
            Both(
                "look at the line and the one above: indentation, brackets, quotes, `: ` inside a text",
                "请检查本行和上一行的缩进、括号、引号，以及文本中的 `: `",
            ),
        ),
    ),
    "duplicate-key": Entry(
        Both("key `{key}` is there already, at line {line}", "键 `{key}` 重复，已见于第 {line} 行"),
        (Both("keep one of the two", "请只保留一个"),),
    ),
    "bad-key": Entry(
        Both("a key must be a plain word", "键必须是普通文本"),
        (Both("write it as `key: value`", "请写成 `key: value`"),),
    ),
    "anchor": Entry(
        Both("anchors are not read here: {name}", "不支持锚点：{name}"),
        (Both("write the value out at each place", "请在每处直接写出内容"),),
    ),
    "alias": Entry(
        Both("aliases are not read here: {name}", "不支持别名：{name}"),
        (Both("write the value out at each place", "请在每处直接写出内容"),),
    ),
    "tag": Entry(
        Both("tags are not read here: {name}", "不支持标签：{name}"),
        (Both("delete the tag", "请删除该标签"),),
    ),
    "merge-key": Entry(
        Both("merge keys are not read here: `<<`", "不支持合并键：`<<`"),
        (Both("write the keys out", "请直接写出各个键"),),
    ),
    "second-document": Entry(
        Both("a second document begins here", "此处开始了第二个文档"),
        (Both("one file, one document: delete the `---`", "一个文件只能有一个文档，请删除 `---`"),),
    ),
    "too-deep": Entry(
        Both("nested deeper than {limit} levels", "嵌套超过 {limit} 层"),
        (Both("no rule needs this; check the brackets", "规则无需如此嵌套，请检查括号"),),
    ),
    # fields
    "unknown-key": Entry(
        Both("unknown key `{key}`", "未知的键 `{key}`"),
        (_NEAREST, Both("known here: {known}", "此处可用：{known}")),
    ),
    "missing-key": Entry(
        Both("key `{key}` is missing", "缺少键 `{key}`"),
        (Both("add `{key}:` here", "请在此处补充 `{key}:`"),),
    ),
    "wrong-type": Entry(
        Both("{expected} is expected, not {found}", "此处应为{expected}，而不是{found}"),
        (Both("write {expected} here", "请改为{expected}"),),
    ),
    "wrong-value": Entry(
        Both("{expected} is expected, not `{value}`", "此处应为{expected}，而不是 `{value}`"),
        (Both("write {expected} here", "请改为{expected}"),),
    ),
    "not-a-number": Entry(
        Both("a number is expected, not `{value}`", "此处应为数字，而不是 `{value}`"),
        (Both("write it plainly, as 1250 or -0.5", "请直接写数字，如 1250 或 -0.5"),),
    ),
    "bad-choice": Entry(
        Both("`{value}` is none of: {choices}", "`{value}` 不在可选值之内：{choices}"),
        (_NEAREST, Both("choose one of: {choices}", "请从中选择：{choices}")),
    ),
    "bad-id": Entry(
        Both("`{value}` is no id", "`{value}` 不是有效的标识"),
        (
            Both(
                "use lower-case letters a-z, digits and single hyphens, at most 64, as `response-time`",
                "请用小写字母 a-z、数字和单个连字符，最多 64 个字符，如 `response-time`",
            ),
        ),
    ),
    "not-a-period": Entry(
        Both("`{value}` is no month", "`{value}` 不是月份"),
        (Both("write it as 2026-07", "请写成 2026-07"),),
    ),
    "bad-point": Entry(
        Both("a point is two numbers: [x, score]", "一个折点由两个数字组成：[x, 得分]"),
        (Both("write it as `[30, 100]`", "请写成 `[30, 100]`"),),
    ),
    "empty-text": Entry(
        Both("the text is empty", "文本为空"),
        (Both("fill it in, or delete the key", "请填写内容，或删除该键"),),
    ),
    "too-few": Entry(
        Both("at least {limit} needed here", "此处至少需要 {limit} 项"),
        (Both("add what is missing", "请补充"),),
    ),
    "too-many": Entry(
        Both("at most {limit} allowed here", "此处最多 {limit} 项"),
        (Both("take away what is too much", "请删减"),),
    ),
    "number-out-of-range": Entry(
        Both("{value} has more than 12 digits before the point", "{value} 的整数部分超过 12 位"),
        (Both("use a larger unit", "请换用更大的单位"),),
    ),
    "number-too-small": Entry(
        Both("{value} is too small here", "{value} 过小"),
        (
            Both("it must be above {above}", "必须大于 {above}"),
            Both("it must be at least {bound}", "不得小于 {bound}"),
        ),
    ),
    "number-too-large": Entry(
        Both("{value} is too large here", "{value} 过大"),
        (Both("it must be at most {bound}", "不得大于 {bound}"),),
    ),
    # across fields
    "id-not-file-name": Entry(
        Both("id `{id}` does not match the file's name `{stem}`", "标识 `{id}` 与文件名 `{stem}` 不一致"),
        (Both("make both the same", "请保持二者一致"),),
    ),
    "duplicate-id": Entry(
        Both("id `{id}` is there already, at line {line}", "标识 `{id}` 重复，已见于第 {line} 行"),
        (Both("give each its own id", "请分别使用不同的标识"),),
    ),
    "reserved-name": Entry(
        Both(
            "`{name}` is what the column `{column}` of the actuals is headed",
            "“{name}”是实际值文件中 `{column}` 列的表头",
        ),
        (Both("call the KPI something else", "请为指标换一个名称"),),
    ),
    "unknown-responsibility": Entry(
        Both("the role has no responsibility `{id}`", "该岗位没有职责 `{id}`"),
        (
            _NEAREST,
            Both("it has: {known}", "现有职责：{known}"),
            Both("list the role's `responsibilities` first", "请先填写该岗位的 `responsibilities`"),
        ),
    ),
    "weights-not-100": Entry(
        Both("the weights sum to {total}, not to 100", "权重合计为 {total}，不等于 100"),
        (
            Both(
                "they are percents: for instance `weight: {percent}` at line {line}",
                "权重以百分数计：例如第 {line} 行应为 {percent}",
            ),
            Both(
                "{missing} is missing: for instance `weight: {mended}` at line {line}",
                "还差 {missing}：例如将第 {line} 行的权重改为 {mended}",
            ),
            Both(
                "{difference} too much: for instance `weight: {mended}` at line {line}",
                "多出 {difference}：例如将第 {line} 行的权重改为 {mended}",
            ),
            Both("{difference} too much: lower several of them", "多出 {difference}：请下调多项权重"),
        ),
    ),
    "points-out-of-order": Entry(
        Both("x is {x}, not above the {before} before it", "横坐标 {x} 没有大于前一点的 {before}"),
        (Both("list the points by rising x", "请按横坐标从小到大排列折点"),),
    ),
    "empty-band": Entry(
        Both("nothing is from {from} up to {upto}", "从 {from} 到 {upto} 之间没有任何值"),
        (Both("exchange `from` and `upto`", "请对调 `from` 与 `upto`"),),
    ),
    "unreachable-band": Entry(
        Both("no value reaches this band: the bands before it take all of it", "没有值能落入此档：前面的档已全部覆盖"),
        (
            Both(
                "the first band that fits counts: put the narrower one first",
                "自上而下取第一个符合的档，请把较窄的档放在前面",
            ),
        ),
    ),
    "within-attainment": Entry(
        Both("it is `within`, so that it has no attainment to score", "类型为 `within`，没有可供计分的达成率"),
        (
            Both(
                "score the actual: `method: linear` or `bands` on `axis: actual`",
                "请按实际值计分：`linear` 或 `bands`，`axis: actual`",
            ),
        ),
    ),
    "no-target": Entry(
        Both("this KPI is scored on its attainment, but has no target", "该指标按达成率计分，但没有目标值"),
        (
            Both(
                "add `target:` (above 0), or score the actual with `linear` or `bands`",
                "请补充 `target:`（大于 0），或改用 `linear`、`bands` 按实际值计分",
            ),
        ),
    ),
    "target-not-above-0": Entry(
        Both(
            "this KPI is scored on its attainment, but its target is {target}",
            "该指标按达成率计分，但目标值为 {target}",
        ),
        (
            Both(
                "a target above 0 is needed; or score the actual with `linear` or `bands`",
                "目标值须大于 0；或改用 `linear`、`bands` 按实际值计分",
            ),
        ),
    ),
    # ranges
    "range-without-bounds": Entry(
        Both("this range has neither `from` nor `upto`", "该取值范围既没有 `from` 也没有 `upto`"),
        (
            Both(
                "write the lowest or the highest figure that can be true, as `range: {{from: 0, upto: 100}}`, "
                "or delete `range`",
                "请填写可能的最小值或最大值，如 `range: {{from: 0, upto: 100}}`；不需要时请删除 `range`",
            ),
        ),
    ),
    "crossed-range": Entry(
        Both("nothing is from {from} up to {upto}", "从 {from} 到 {upto} 之间没有任何值"),
        (
            _TIME,
            Both("exchange `from` and `upto`", "请对调 `from` 与 `upto`"),
        ),
    ),
    "target-outside-range": Entry(
        Both(
            "the target {target} is outside the range of this KPI: {range}",
            "目标值 {target} 不在该指标的取值范围内：{range}",
        ),
        (_TIME, Both("correct the target, or widen the range", "请更正目标值，或放宽取值范围")),
    ),
    "curve-outside-range": Entry(
        Both(
            "all points or bands lie outside the range of this KPI: {range}",
            "所有折点或分档都不在该指标的取值范围内：{range}",
        ),
        (
            _TIME,
            Both(
                "correct them, or widen the range; points for attainments need `axis: attainment`",
                "请更正折点或分档，或放宽取值范围；若按达成率计分，请加上 `axis: attainment`",
            ),
        ),
    ),
    "punishes-higher": Entry(
        Both(
            "the score falls from {before} at {x_before} to {after} at {x_after}, though a higher {axis} is better",
            "{axis}越高越好，得分却从 {x_before} 处的 {before} 降到 {x_after} 处的 {after}",
        ),
        (
            Both(
                "raise the later score, or lower the earlier one; between bands: leave `upto` out",
                "请提高后一得分或降低前一得分；若为两档之间的空隙，请省略 `upto`",
            ),
        ),
    ),
    "punishes-lower": Entry(
        Both(
            "the score rises from {before} at {x_before} to {after} at {x_after}, though a lower {axis} is better",
            "{axis}越低越好，得分却从 {x_before} 处的 {before} 升到 {x_after} 处的 {after}",
        ),
        (
            Both(
                "lower the later score, or raise the earlier one; between bands: leave `from` out",
                "请降低后一得分或提高前一得分；若为两档之间的空隙，请省略 `from`",
            ),
        ),
    ),
    "punishes-within": Entry(
        Both(
            "the score rises again, from {before} at {x_before} to {after} at {x_after}",
            "得分在下降后又从 {x_before} 处的 {before} 升到 {x_after} 处的 {after}",
        ),
        (Both("for `within` the score rises and then falls, once each", "`within` 的得分应先升后降，各一次"),),
    ),
    "grades-out-of-order": Entry(
        Both(
            "`from: {bound}` is not below the `from: {above}` before it, at line {line}",
            "`from: {bound}` 没有低于第 {line} 行的 `from: {above}`",
        ),
        (Both("list the grades from the highest `from` to the lowest", "请按 `from` 从高到低排列等级"),),
    ),
    "duplicate-grade": Entry(
        Both("grade `{grade}` is there already, at line {line}", "等级 `{grade}` 重复，已见于第 {line} 行"),
        (Both("give each grade its own name", "请为每个等级使用不同的名称"),),
    ),
    **lint.ENTRIES,
}
