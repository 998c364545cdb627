"""Problems of the rules: the department's file and the roles' files."""

from __future__ import annotations

from kpicard.problems.entry import Entry, words

_NEAREST = words("did you mean `{nearest}`?", "是否想写 `{nearest}`？")

ENTRIES = {
    # the folder
    "no-roles": Entry(
        words("no role in this folder", "该文件夹中没有岗位文件"),
        (words("put one file per role here, `<id>.yaml`", "请为每个岗位放置一个文件 `<id>.yaml`"),),
    ),
    "no-department": Entry(
        words("no `department.yaml` in this folder", "该文件夹中没有 `department.yaml`"),
        (words("it holds the title and the grades", "该文件用于填写部门名称和等级标准"),),
    ),
    "duplicate-role": Entry(
        words("role `{id}` is there twice in {path}", "岗位 `{id}` 在 {path} 中重复"),
        (words("keep one of the two files", "请只保留其中一个文件"),),
    ),
    # YAML, read strictly
    "yaml-syntax": Entry(
        words("this is no valid YAML: {reason}", "YAML 语法错误：{reason}"),
        (
            words(
                "look at the line and the one above: indentation, brackets, quotes, `: ` inside a text",
                "请检查本行和上一行的缩进、括号、引号，以及文本中的 `: `",
            ),
        ),
    ),
    "duplicate-key": Entry(
        words("key `{key}` is there already, at line {line}", "键 `{key}` 重复，已见于第 {line} 行"),
        (words("keep one of the two", "请只保留一个"),),
    ),
    "bad-key": Entry(
        words("a key must be a plain word", "键必须是普通文本"),
        (words("write it as `key: value`", "请写成 `key: value`"),),
    ),
    "anchor": Entry(
        words("anchors are not read here: {name}", "不支持锚点：{name}"),
        (words("write the value out at each place", "请在每处直接写出内容"),),
    ),
    "alias": Entry(
        words("aliases are not read here: {name}", "不支持别名：{name}"),
        (words("write the value out at each place", "请在每处直接写出内容"),),
    ),
    "tag": Entry(
        words("tags are not read here: {name}", "不支持标签：{name}"),
        (words("delete the tag", "请删除该标签"),),
    ),
    "merge-key": Entry(
        words("merge keys are not read here: `<<`", "不支持合并键：`<<`"),
        (words("write the keys out", "请直接写出各个键"),),
    ),
    "second-document": Entry(
        words("a second document begins here", "此处开始了第二个文档"),
        (words("one file, one document: delete the `---`", "一个文件只能有一个文档，请删除 `---`"),),
    ),
    "too-deep": Entry(
        words("nested deeper than {limit} levels", "嵌套超过 {limit} 层"),
        (words("no rule needs this; check the brackets", "规则无需如此嵌套，请检查括号"),),
    ),
    # fields
    "unknown-key": Entry(
        words("unknown key `{key}`", "未知的键 `{key}`"),
        (_NEAREST, words("known here: {known}", "此处可用：{known}")),
    ),
    "missing-key": Entry(
        words("key `{key}` is missing", "缺少键 `{key}`"),
        (words("add `{key}:` here", "请在此处补充 `{key}:`"),),
    ),
    "wrong-type": Entry(
        words("{expected} is expected, not {found}", "此处应为{expected}，而不是{found}"),
        (words("write {expected} here", "请改为{expected}"),),
    ),
    "wrong-value": Entry(
        words("{expected} is expected, not `{value}`", "此处应为{expected}，而不是 `{value}`"),
        (words("write {expected} here", "请改为{expected}"),),
    ),
    "not-a-number": Entry(
        words("a number is expected, not `{value}`", "此处应为数字，而不是 `{value}`"),
        (words("write it plainly, as 1250 or -0.5", "请直接写数字，如 1250 或 -0.5"),),
    ),
    "bad-choice": Entry(
        words("`{value}` is none of: {choices}", "`{value}` 不在可选值之内：{choices}"),
        (_NEAREST, words("choose one of: {choices}", "请从中选择：{choices}")),
    ),
    "bad-id": Entry(
        words("`{value}` is no id", "`{value}` 不是有效的标识"),
        (
            words(
                "use lower-case letters a-z, digits and single hyphens, at most 64, as `response-time`",
                "请用小写字母 a-z、数字和单个连字符，最多 64 个字符，如 `response-time`",
            ),
        ),
    ),
    "bad-point": Entry(
        words("a point is two numbers: [x, score]", "一个折点由两个数字组成：[x, 得分]"),
        (words("write it as `[30, 100]`", "请写成 `[30, 100]`"),),
    ),
    "empty-text": Entry(
        words("the text is empty", "文本为空"),
        (words("fill it in, or delete the key", "请填写内容，或删除该键"),),
    ),
    "too-few": Entry(
        words("at least {limit} needed here", "此处至少需要 {limit} 项"),
        (words("add what is missing", "请补充"),),
    ),
    "too-many": Entry(
        words("at most {limit} allowed here", "此处最多 {limit} 项"),
        (words("take away what is too much", "请删减"),),
    ),
    "number-out-of-range": Entry(
        words("{value} has more than 12 digits before the point", "{value} 的整数部分超过 12 位"),
        (words("use a larger unit", "请换用更大的单位"),),
    ),
    "number-too-small": Entry(
        words("{value} is too small here", "{value} 过小"),
        (
            words("it must be above {above}", "必须大于 {above}"),
            words("it must be at least {bound}", "不得小于 {bound}"),
        ),
    ),
    "number-too-large": Entry(
        words("{value} is too large here", "{value} 过大"),
        (words("it must be at most {bound}", "不得大于 {bound}"),),
    ),
    # across fields
    "id-not-file-name": Entry(
        words("id `{id}` does not match the file's name `{stem}`", "标识 `{id}` 与文件名 `{stem}` 不一致"),
        (words("make both the same", "请保持二者一致"),),
    ),
    "duplicate-id": Entry(
        words("id `{id}` is there already, at line {line}", "标识 `{id}` 重复，已见于第 {line} 行"),
        (words("give each its own id", "请分别使用不同的标识"),),
    ),
    "unknown-responsibility": Entry(
        words("the role has no responsibility `{id}`", "该岗位没有职责 `{id}`"),
        (
            _NEAREST,
            words("it has: {known}", "现有职责：{known}"),
            words("list the role's `responsibilities` first", "请先填写该岗位的 `responsibilities`"),
        ),
    ),
    "weights-not-100": Entry(
        words("the weights sum to {total}, not to 100", "权重合计为 {total}，不等于 100"),
        (
            words(
                "{missing} is missing: for instance `weight: {mended}` at line {line}",
                "还差 {missing}：例如将第 {line} 行的权重改为 {mended}",
            ),
            words(
                "{difference} too much: for instance `weight: {mended}` at line {line}",
                "多出 {difference}：例如将第 {line} 行的权重改为 {mended}",
            ),
            words("{difference} too much: lower several of them", "多出 {difference}：请下调多项权重"),
        ),
    ),
    "points-out-of-order": Entry(
        words("x is {x}, not above the {before} before it", "横坐标 {x} 没有大于前一点的 {before}"),
        (words("list the points by rising x", "请按横坐标从小到大排列折点"),),
    ),
    "empty-band": Entry(
        words("nothing is from {from} up to {upto}", "从 {from} 到 {upto} 之间没有任何值"),
        (words("exchange `from` and `upto`", "请对调 `from` 与 `upto`"),),
    ),
    "unreachable-band": Entry(
        words("no value reaches this band: the bands before it take all of it", "没有值能落入此档：前面的档已全部覆盖"),
        (words("the first band that fits counts: put the narrower one first", "自上而下取第一个符合的档，请把较窄的档放在前面"),),
    ),
    "within-attainment": Entry(
        words("it is `within`, so that it has no attainment to score", "类型为 `within`，没有可供计分的达成率"),
        (words("score the actual: `method: linear` or `bands` on `axis: actual`", "请按实际值计分：`linear` 或 `bands`，`axis: actual`"),),
    ),
    "no-target": Entry(
        words("this KPI is scored on its attainment, but has no target", "该指标按达成率计分，但没有目标值"),
        (
            words(
                "add `target:` (above 0), or score the actual with `linear` or `bands`",
                "请补充 `target:`（大于 0），或改用 `linear`、`bands` 按实际值计分",
            ),
        ),
    ),
    "target-not-above-0": Entry(
        words("this KPI is scored on its attainment, but its target is {target}", "该指标按达成率计分，但目标值为 {target}"),
        (
            words(
                "a target above 0 is needed; or score the actual with `linear` or `bands`",
                "目标值须大于 0；或改用 `linear`、`bands` 按实际值计分",
            ),
        ),
    ),
    "punishes-higher": Entry(
        words(
            "the score falls from {before} at {x_before} to {after} at {x_after}, though higher is better",
            "数值越高越好，得分却从 {x_before} 处的 {before} 降到 {x_after} 处的 {after}",
        ),
        (
            words(
                "let the score never fall as x rises; leave `upto` out so that no value falls between two bands",
                "得分不得随数值升高而下降；省略 `upto` 可避免数值落在两档之间",
            ),
        ),
    ),
    "punishes-lower": Entry(
        words(
            "the score rises from {before} at {x_before} to {after} at {x_after}, though lower is better",
            "数值越低越好，得分却从 {x_before} 处的 {before} 升到 {x_after} 处的 {after}",
        ),
        (
            words(
                "let the score never rise as x rises; leave `from` out so that no value falls between two bands",
                "得分不得随数值升高而上升；省略 `from` 可避免数值落在两档之间",
            ),
        ),
    ),
    "punishes-within": Entry(
        words(
            "the score rises again, from {before} at {x_before} to {after} at {x_after}",
            "得分在下降后又从 {x_before} 处的 {before} 升到 {x_after} 处的 {after}",
        ),
        (words("for `within` the score rises and then falls, once each", "`within` 的得分应先升后降，各一次"),),
    ),
    "grades-out-of-order": Entry(
        words(
            "`from: {bound}` is not below the `from: {above}` before it, at line {line}",
            "`from: {bound}` 没有低于第 {line} 行的 `from: {above}`",
        ),
        (words("list the grades from the highest `from` to the lowest", "请按 `from` 从高到低排列等级"),),
    ),
    "duplicate-grade": Entry(
        words("grade `{grade}` is there already, at line {line}", "等级 `{grade}` 重复，已见于第 {line} 行"),
        (words("give each grade its own name", "请为每个等级使用不同的名称"),),
    ),
}
