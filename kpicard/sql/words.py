"""What the script says: its comments, and the hints to the problems that it finds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kpicard.text import Both

HEADING: Final = Both(
    """\
Scorecards in {title}, by the KPI rules of kpicard {version}. Run it, for instance:
  {run}

It reads {table}, a row for each period, employee, role and KPI, with the columns
  period         a month as text, as 2026-10
  employee       who
  role, kpi      ids, as in the rules
  actual         a number or text. NULL, an empty text or - is not reported, N/A is not applicable{columns}

{gives}
  kpicard_problems  what is wrong with the rows, and how to mend it
  kpicard_scores    what `kpicard score --format csv` prints: a row for each KPI, with the total of its card.
                    A card with a problem is not among them.

A KPI that is not reported: {missing}{chosen}

All arithmetic is in whole numbers: values and weights in millionths, points in ten-thousandths, attainment, score and
totals in hundredths. Each is rounded half away from zero: points to four decimals, and the total once, to two.

It checks periods, ids, figures, targets, their range, doubled and missing figures. Each problem is listed and withholds
its card. What kpicard reads and checks beyond that, this script does not: other spellings of figures (12.5%, 1,250) and
of periods, names in place of ids, numerators and denominators, rows that sum others up, employees that are formulas or
errors of a spreadsheet, and slips of the unit.""",
    """\
在 {title} 中按 kpicard {version} 的考核规则计分。运行方式示例：
  {run}

读取 {table}：每个考核周期、员工、岗位、考核指标一行，列如下
  period         考核周期，文本，如 2026-10
  employee       员工
  role, kpi      岗位和考核指标的标识，与规则文件一致
  actual         实际值，数字或文本。NULL、空文本或 - 表示未填报，N/A 表示不适用{columns}

{gives}
  kpicard_problems  数据中的问题和改法
  kpicard_scores    与 `kpicard score --format csv` 的输出一致：每个指标一行，附所在考核表的总分。
                    有问题的考核表不在其中。

未填报的指标：{missing}{chosen}

全部使用整数运算：数值和权重以百万分之一为单位，加权得分以万分之一为单位，达成率、得分、总分以百分之一为单位。
各步四舍五入：加权得分保留四位小数；总分只在最后取一次舍入，保留两位小数。

本脚本检查考核周期、标识、数值、目标值、取值范围、重复和缺失：每个问题都会列出，相应的考核表不予出具。
以下内容只有 kpicard 会识别和检查，本脚本不会：数值的其他写法（12.5%、1,250）和周期的其他写法、用名称代替标识、
分子和分母、合计行、员工列中的公式或表格错误值、单位错误。""",
)

COLUMNS: Final[Mapping[str, Both]] = MappingProxyType(
    {
        "target": Both("this row's own target. NULL: the KPI's", "本行的目标值。NULL 表示使用指标的目标值"),
        "status": Both(
            "scored, not_applicable or not_reported, as the actual is. NULL: by the actual",
            "scored（计分）、not_applicable（不适用）或 not_reported（未填报），须与实际值相符。NULL 表示以实际值为准",
        ),
    }
)
"""The columns that a table may have besides, and what they are."""

MISSING: Final[Mapping[str, Both]] = MappingProxyType(
    {
        "refuse": Both("its card is withheld.", "不出具该考核表。"),
        "zero": Both("it is scored 0.", "按 0 分计。"),
        "exclude": Both("it is left out, and the other weights are scaled up.", "不计入，并按比例调高其余权重。"),
    }
)

ONLY: Final = Both("\nOnly {chosen}.", "\n仅限：{chosen}。")
SHOWS: Final = Both(
    "and shows, one after the other, leaving nothing behind in the database:",
    "依次显示以下结果，不在数据库中留下任何内容：",
)
KEEPS: Final = Both("and leaves these tables, in place of those of an earlier run:", "生成以下表，替换上次的结果：")

STEPS: Final[Mapping[str, Both]] = MappingProxyType(
    {
        "kpicard_role": Both(
            "Rules: the roles. Each is scored so from the period `first` until before `until`. NULL: without end.\n"
            "`rules` is the fingerprint that a card names.",
            "规则：岗位。自 first 周期起、至 until 周期之前按此计分，NULL 表示不限。rules 为考核表上的规则指纹。",
        ),
        "kpicard_kpi": Both(
            "Rules: the KPIs, and adjustments, which have no weight. Weights, targets, x and ranges in millionths.\n"
            "`flag` is a power of two, another for each of a role: a sum of flags is a set of KPIs.",
            "规则：考核指标，以及没有权重的加分项和减分项。权重、目标值、x 和取值范围以百万分之一为单位。\n"
            "flag 是 2 的幂，同一岗位内各不相同：若干 flag 之和即表示一组指标。",
        ),
        "kpicard_segment": Both(
            "Rules: the curves. The score from `first` to `last`, in hundredths: (intercept + slope * x) / divisor.",
            "规则：计分方法。x 自 first 至 last 时，得分 = (intercept + slope * x) / divisor，以百分之一为单位。",
        ),
        "kpicard_grade": Both(
            "Rules: the grades. Totals from `first` to `last`, in hundredths. Rank 0 is the best.",
            "规则：等级。总分自 first 至 last，以百分之一为单位。rank 为 0 的等级最高。",
        ),
        "kpicard_cell": Both("The table as it is read: texts and what they say.", "读取数据：文本及其含义。"),
        "kpicard_reading": Both(
            "Each row with its role and KPI by number, and what is wrong with it.",
            "每一行对应的岗位和考核指标编号，以及该行的问题。",
        ),
        "kpicard_card": Both(
            "The cards: each period, role and employee with a row.", "考核表：数据中出现的每个周期、岗位和员工。"
        ),
        "kpicard_given": Both("What is given for each KPI of a card.", "每张考核表各指标的填报情况。"),
        "kpicard_figure": Both(
            "All figures that each card has by the rules, given or not.", "按规则每张考核表应有的全部数据，含未填报的。"
        ),
        "kpicard_fault": Both(
            "What is wrong with figures. One that is not reported may be a row that nobody can place.",
            "各项数据的问题。未填报的数据可能就在无法识别的行中。",
        ),
        "kpicard_problems": Both("The problems.", "问题清单。"),
        "kpicard_scored": Both(
            "The cards without a problem, scored: the query that kpicard itself runs.",
            "对没有问题的考核表计分：与 kpicard 自身所用的查询相同。",
        ),
        "kpicard_scores": Both("The scores.", "计分结果。"),
    }
)
"""What each step is."""

HINTS: Final[Mapping[str, Both]] = MappingProxyType(
    {
        "bad-period": Both("write year and month, as 2026-10", "请写年和月，如 2026-10"),
        "no-employee": Both("fill in the employee", "请填写员工"),
        "unknown-role": Both(
            "no role with this id has rules for this period", "没有使用该标识的岗位，或该岗位在此周期没有考核规则"
        ),
        "unknown-kpi": Both("the role has no KPI with this id", "该岗位没有使用该标识的考核指标"),
        "bad-value": Both("write a plain number, N/A, or nothing", "请填写不带单位的数字、N/A，或留空"),
        "bad-status": Both("status and actual contradict each other", "状态与实际值不符"),
        "bad-target-value": Both(
            "write a plain number with at most 12 digits before the point, or nothing",
            "请填写不带单位、整数部分最多 12 位的数字，或留空",
        ),
        "bad-target": Both(
            "the KPI is scored on its attainment: give a target above 0, or none",
            "该指标按达成率计分：目标值须大于 0，或留空",
        ),
        "negative-count": Both("write how many there were, without a sign", "请填写次数，不带负号"),
        "impossible-figure": Both(
            "the actual is outside the KPI's range, from `range_from` up to `range_upto`, in millionths",
            "实际值超出该指标的取值范围，即 range_from 至 range_upto（以百万分之一为单位）",
        ),
        "impossible-target": Both(
            "the target is outside the KPI's range, from `range_from` up to `range_upto`, in millionths",
            "目标值超出该指标的取值范围，即 range_from 至 range_upto（以百万分之一为单位）",
        ),
        "out-of-range": Both(
            "at most 12 digits before the point, and at most 10^12 percent of the target",
            "整数部分最多 12 位，且不得超过目标值的 10^12%",
        ),
        "doubled-figure": Both("it is given more than once: keep one row", "重复填报：请只保留一行"),
        "not-reported": Both("fill it in, or N/A where it does not apply", "请填写，不适用填 N/A"),
        "maybe-misread": Both(
            "not reported, unless it is one of the rows that cannot be placed: mend those first",
            "未填报，但可能就在无法识别的行中：请先修正那些行",
        ),
    }
)
"""How to mend each problem."""
