"""What the schemas say of each kind and field of the rules, in Chinese, by the English of the models."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

_KINDS: Final = {
    "A job, with its responsibilities and its KPIs.": "岗位，包括岗位职责和考核指标。",
    "The roles that are scored by one grade scale.": "使用同一等级标准的各岗位。",
    "One duty of a role.": "岗位的一项职责。",
    "One measured indicator of a role.": "岗位的一项考核指标。",
    "A text in English, in Chinese, or in both.": "文本：英文、中文，或两种语言。",
    "A score below which the grade is held down, whatever the total.": (
        "否决项：得分低于此值时，无论总分多少，等级都受限制。"
    ),
    "A band of totals: from `from_` up to, not including, the `from_` of the band before it.": (
        "一个等级的总分范围：自 `from` 起（含），到上一等级的 `from` 为止（不含）。"
    ),
    "What can be true of a KPI at all; both bounds belong to it, and either may be left out.": (
        "指标可能的取值；两端都包含在内，可只写其一。"
    ),
    "What adds points to a total or takes them off; it is entered like a KPI, as a count.": (
        "加减分项：在总分上加分或减分，与指标一样填报，填写次数。"
    ),
    "`ratio`: the attainment itself; 0 below `zero_below`, never under 0, at most `cap` (比率法).": (
        "`ratio`（比率法）：得分即达成率；低于 `zero_below` 得 0 分，不低于 0，最高为 `cap`。"
    ),
    "`linear`: straight between the points, flat beyond them (线性插值, 减分法, 区间法, 功效系数法).": (
        "`linear`（线性插值、减分法、区间法、功效系数法）：折点之间按直线计分，首尾之外保持不变。"
    ),
    "`bands`: the score of the first band with from <= x <= upto, or `otherwise` (层差法, 非此即彼).": (
        "`bands`（层差法、非此即彼）：取第一个满足 from ≤ x ≤ upto 的档的得分，都不满足时取 `otherwise`。"
    ),
    "One band of `bands`; a bound left out is open.": "`bands` 的一档；省略的一端不设界限。",
    "The attainment is the score.": "得分即达成率。",
    "Straight lines between points.": "折点之间按直线计分。",
    "One score for each band.": "每档一个得分。",
}

_FIELDS: Final = {
    "In English.": "英文。",
    "In Chinese.": "中文。",
    "What actuals name it by, beside its title; the file is called after it.": (
        "标识：实际值文件中可用它代替名称；文件以它命名。"
    ),
    "What actuals name it by, beside its name.": "标识：实际值文件中可用它代替名称。",
    "What KPIs name it by, under `measures`.": "标识：考核指标在 `measures` 中引用。",
    "What the job is called.": "岗位名称。",
    "What the job is there for, in a sentence.": "岗位目的，一句话。",
    "What the job is responsible for.": "岗位职责。",
    "How the job is measured, in the order of the cards.": "考核指标，按考核表中的顺序。",
    "Points beside the 100, for this role.": "本岗位的加减分项，在 100 分之外。",
    "Points beside the 100, for every role.": "所有岗位共用的加减分项，在 100 分之外。",
    "The first period that this version holds in, until the next version; left out: from the beginning.": (
        "本版本自哪个考核周期起生效，到下一版本为止；省略时自始生效。"
    ),
    "The duty in a few words.": "职责，简短几个字。",
    "The duty in a sentence.": "职责说明，一句话。",
    "What cards call it.": "考核表上显示的名称。",
    "Its share of the total, in percent; a role's weights sum to exactly 100.": (
        "权重（%）；同一岗位的权重合计必须正好为 100。"
    ),
    "What its figures are in, as %, s, h or points.": "数值的单位，如 %、s、h、分。",
    "What can be true at all, as {from: 0, upto: 100}: a figure outside is reported and not scored.": (
        "可能的取值，如 {from: 0, upto: 100}：超出范围的数值会报错，不予计分。"
    ),
    "The lowest figure that can be true; left out: none for most units, 0 for a time.": (
        "可能的最小值；省略时一般不设下限，单位为时间的从 0 起。"
    ),
    "The highest figure that can be true; left out: there is none.": "可能的最大值；省略时不设上限。",
    "Whether more is better, less, or a range.": "越高越好、越低越好，或落在区间内为好。",
    "The value that counts as fully met, in the KPI's unit; or a list by period, as {2026-01: 30, 2026-07: 25}.": (
        "目标值，以指标单位计；也可按考核周期列出，如 {2026-01: 30, 2026-07: 25}。"
    ),
    "How its figure is computed.": "指标定义：数值如何计算。",
    "Where its figure comes from.": "数据来源。",
    "Where the count comes from.": "次数的数据来源。",
    "The ids of the responsibilities that it is evidence for.": "对应的职责标识。",
    "How an actual becomes a score; left out: by ratio.": "计分方法；省略时按比率法。",
    "Where the KPI's score is below `score_below`, the card's grade is at most `grade_at_most` (否决项).": (
        "否决项：指标得分低于 `score_below` 时，考核表的等级最高为 `grade_at_most`。"
    ),
    "How months become a quarter: sum, mean, last, min, max or ratio; left out: ratio if given as two, else mean.": (
        "各月如何汇总为季度或年度：sum 求和、mean 平均、last 取最后一个月、min 最小、max 最大、"
        "ratio 分子合计除以分母合计；省略时，分别填写分子和分母的按 ratio，否则按 mean。"
    ),
    "The attainment below which the score is 0.": "达成率低于此值得 0 分。",
    "The highest score; left out: the department's.": "最高得分；省略时按部门的规定。",
    "What x is: the actual, or the attainment in percent.": "横坐标：实际值（actual）或达成率（attainment，%）。",
    "The points, as [x, score], by rising x.": "折点 [x, 得分]，按 x 从小到大排列。",
    "The bands; the first that holds x counts.": "各档，取第一个包含 x 的档。",
    "The score where no band holds x.": "各档均不包含 x 时的得分。",
    "The lowest x of the band; left out: it is open.": "本档的下限；省略时不设下限。",
    "The highest x of the band; left out: it is open.": "本档的上限；省略时不设上限。",
    "The score of the band.": "本档的得分。",
    "The score that must at least be reached.": "至少应达到的得分。",
    "The best grade that a card can still have below it.": "得分不足时，考核表最高能得的等级。",
    "What counts.": "计什么：加减分项的含义。",
    "What is counted, as times.": "计数单位，如“次”。",
    "The points for each that is counted, below 0 to take points off.": "每一项的分值；减分写负数。",
    "The most points that it comes to.": "最多加到的分值。",
    "The fewest points that it comes to.": "最低分值；减分时即最多扣到的分值。",
    "What the department is called.": "部门名称。",
    "The highest score that `ratio` gives, unless the KPI says otherwise; 120 where it is left out.": (
        "比率法的最高得分，指标另有规定的除外；省略时为 120。"
    ),
    "The grade scale, best grade first.": "等级标准，从高到低。",
    "How many people may have a grade, as {S: 10%} of those assessed, or {S: {up_to_5: 1, else: 2}} by how many are. "
    "It never changes a grade: reports say who would be over.": (
        "各等级的名额：考核人数的百分比，如 {S: 10%}；或按人数分段，如 {S: {up_to_5: 1, else: 2}}。\n\n"
        "名额不改变任何人的等级，报告只列出超出名额的人员。"
    ),
    "What the grade is called, as A.": "等级名称，如 A。",
    "The lowest total of the grade; the last grade takes all below it too.": (
        "该等级的最低总分；最末等级也包括更低的总分。"
    ),
    "The bonus multiplier.": "绩效系数。",
    "What the grade means.": "等级说明。",
}

DESCRIPTIONS: Final[Mapping[str, str]] = MappingProxyType({**_KINDS, **_FIELDS})


def in_chinese(schema: Any) -> Any:
    """Return a schema with its descriptions in Chinese."""
    if isinstance(schema, list):
        return [in_chinese(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: DESCRIPTIONS.get(" ".join(value.split()), value)
        if key == "description" and isinstance(value, str)
        else in_chinese(value)
        for key, value in schema.items()
    }
