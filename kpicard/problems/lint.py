"""What `kpicard validate` warns of, and what is wrong with comments that switch such warnings off."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

ENTRIES = {
    "unmeasured-responsibility": Entry(
        Both("no KPI measures the responsibility `{id}`", "没有指标衡量职责 `{id}`"),
        (Both("add it to the `measures` of the KPI that shows it", "请加到能体现它的指标的 `measures` 中"),),
        "warning",
    ),
    "target-not-100": Entry(
        Both(
            "the target {target} itself scores {score}, not 100", "恰好达到目标值 {target} 时得 {score} 分，不是 100 分"
        ),
        (Both("let the curve be at 100 there, or correct the target", "请使曲线在此处为 100，或更正目标值"),),
        "warning",
    ),
    "unreachable-grade": Entry(
        Both(
            "no actuals give a total in {grades}: totals go from {lowest} to {highest}",
            "无论实际值如何，总分都不会落在等级 {grades}：总分范围为 {lowest} 至 {highest}",
        ),
        (
            Both(
                "change a cap or the scores of a curve, or the department's limits",
                "请调整封顶分、曲线的得分，或部门的分数线",
            ),
        ),
        "warning",
    ),
    "everybody-reaches": Entry(
        Both(
            "every card gets {grade}, whatever the actuals: totals go from {lowest} to {highest}",
            "无论实际值如何，人人都得 {grade}：总分范围为 {lowest} 至 {highest}",
        ),
        (Both("spread the scores, or change the department's limits", "请拉开得分差距，或调整部门的分数线"),),
        "warning",
    ),
    "missing-translation": Entry(
        Both("the file is in two languages, but this text lacks {missing}", "本文件为双语，此处缺少{missing}"),
        (Both("say it in both languages, under `en` and `zh`", "请在 `en` 和 `zh` 下分别写明"),),
        "warning",
    ),
    "extreme-weight": Entry(
        Both("a weight of {weight} is extreme", "权重 {weight} 过于极端"),
        (
            Both(
                "it can hardly be seen in a total: make it {least} or more, or leave the KPI out",
                "对总分几乎没有影响：请提高到 {least} 以上，或去掉该指标",
            ),
            Both(
                "beside it the others hardly matter: make it {most} or less",
                "其他指标几乎不起作用：请降到 {most} 以下",
            ),
        ),
        "warning",
    ),
    "no-definition": Entry(
        Both("this KPI has no definition", "该指标没有定义"),
        (Both("say under `definition:` how the figure is computed", "请在 `definition:` 中说明数值如何计算"),),
        "warning",
    ),
    "no-source": Entry(
        Both("this KPI does not say where its figure comes from", "该指标没有注明数据来源"),
        (Both("name the system and the report under `source:`", "请在 `source:` 中写明系统和报表"),),
        "warning",
    ),
    "no-range": Entry(
        Both(
            "this KPI has no range: an impossible figure would be scored like any other",
            "该指标没有取值范围：不可能出现的数值也会照常计分",
        ),
        (
            Both(
                "say what can be true at all, as `range: {{from: {from}, upto: {upto}}}`; either end may be left out",
                "请注明可能的取值，如 `range: {{from: {from}, upto: {upto}}}`，两端可只写其一",
            ),
        ),
        "warning",
    ),
    "flat-curve": Entry(
        Both(
            "from 80% to 120% of the target {target} every actual scores {score}",
            "在目标值 {target} 的 80% 至 120% 之间，得分都是 {score}",
        ),
        (
            Both(
                "let the score rise and fall around the target, where actuals lie",
                "请使得分在目标值附近随实际值变化",
            ),
        ),
        "warning",
    ),
    "duplicate-name": Entry(
        Both(
            "`{name}` is the name of another KPI already, at line {line}", "“{name}”已是另一指标的名称，见第 {line} 行"
        ),
        (Both("call one of them something else", "请为其中一个换一个名称"),),
        "warning",
    ),
    "unknown-check": Entry(
        Both("there is no check `{id}`", "没有检查项 `{id}`"),
        (
            Both("did you mean `{nearest}`?", "是否想写 `{nearest}`？"),
            Both("`kpicard validate --list` names them all", "`kpicard validate --list` 可列出全部检查项"),
        ),
    ),
    "cannot-ignore": Entry(
        Both("`{id}` cannot be switched off by a comment", "`{id}` 不能用注释关闭"),
        (
            Both(
                "only warnings can: mend what it says, and delete the comment", "只有警告可以关闭：请改正问题并删除注释"
            ),
        ),
    ),
    "ignore-without-reason": Entry(
        Both("this comment does not say which check it switches off, and why", "该注释没有写明关闭哪个检查项以及原因"),
        (
            Both(
                "write it as `# kpicard: ignore extreme-weight: the reason`",
                "请写成 `# kpicard: ignore extreme-weight: 原因`",
            ),
        ),
    ),
    "unused-ignore": Entry(
        Both("nothing is switched off: there is no `{id}` at line {line}", "没有可关闭的内容：第 {line} 行没有 `{id}`"),
        (
            Both(
                "delete the comment, or move it to the end of the line that is meant, or right above it",
                "请删除该注释，或移到相应行的末尾或正上方",
            ),
        ),
        "warning",
    ),
}
