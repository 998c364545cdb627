"""The seven roles that come with the package are the department's own, complete, and fair at target."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest

import kpicard
from kpicard.text import LANGUAGES, Text

RULES, PROBLEMS = kpicard.load(Path(__file__).parents[2] / "roles")

# The department's document: each role, its responsibilities (-) and its KPIs (%), by their ids and names.
DOCUMENT = """
operations-manager 运营经理 Operations manager
- market-analysis 市场分析
- operating-plans 运营方案制定
- team-management 团队管理
- campaigns 活动策划与执行
- appraisal-and-feedback KPI考核与反馈
% market-share-growth 市场份额增长率
% user-activity-growth 用户活跃度提升
% sales-target-attainment 销售目标达成率
% team-satisfaction 团队满意度评分

marketing-specialist 市场推广专员 Marketing specialist
- promotion-plans 推广方案制定
- channel-management 渠道管理
- effect-monitoring 效果监测
- content-creation 内容创作
- market-research 市场调研
% campaign-roi 推广活动的ROI
% user-conversion-rate 用户转化率
% brand-awareness-growth 品牌知名度提升
% campaign-participants 活动参与人数

merchandise-manager 商品经理 Merchandise manager
- product-planning 产品规划
- supply-chain 供应链管理
- pricing 价格策略制定
- sales-analysis 销售数据分析
- new-product-launch 新品上市策划
% product-sales-growth 产品销售增长率
% inventory-turnover 库存周转率
% launch-success-rate 新品上市成功率
% market-feedback-score 市场反馈评分

customer-service 客服专员 Customer service specialist
- enquiries 客户咨询处理
- complaints 投诉处理
- after-sales 售后服务管理
- records-and-feedback 数据记录与反馈
- knowledge-base 知识库建设
% customer-satisfaction 客户满意度评分
% complaint-resolution-time 投诉处理时效
% response-time 服务响应时间
% repurchase-rate 客户复购率

data-analyst 数据分析师 Data analyst
- data-collection 数据收集与整理
- analysis-reports 数据分析报告
- metric-monitoring 指标监测
- forecast-models 预测模型建立
- cross-team-support 跨部门协作
% report-accuracy 数据分析报告的准确性
% decision-support-timeliness 决策支持的及时性
% monitoring-response-time 数据监测的响应速度
% business-metric-attainment 业务指标的达成率

technical-support-engineer 技术支持工程师 Technical support engineer
- incident-handling 技术问题处理
- technical-documents 技术文档维护
- system-optimisation 系统优化
- user-training 用户培训
- support-coordination 技术支持协调
% incident-resolution-time 技术故障处理时效
% user-satisfaction 用户满意度评分
% document-timeliness 文档更新及时性
% system-stability 系统稳定性

content-operator 内容运营专员 Content operations specialist
- content-planning 内容策划
- content-editing 内容编辑
- publishing 内容发布与推广
- user-interaction 用户互动管理
- content-analysis 内容数据分析
% content-reads 内容阅读量
% interaction-rate 用户互动率
% content-conversion-rate 内容转化率
% content-feedback-score 用户反馈评分
"""
ROLES = {block.split(maxsplit=1)[0]: block for block in DOCUMENT.strip().split("\n\n")}
LOWER = {
    "complaint-resolution-time",
    "response-time",
    "monitoring-response-time",
    "incident-resolution-time",
}
each_role = pytest.mark.parametrize("role", RULES.roles.values(), ids=RULES.roles)
each_kpi = pytest.mark.parametrize(
    "kpi", [pytest.param(kpi, id=kpi.id) for role in RULES.roles.values() for kpi in role.kpis]
)


def _line(mark: str, id_: str, name: Text) -> str:
    return f"{mark} {id_} {name if isinstance(name, str) else name.zh}"


def test_the_seven_roles_have_no_problem_and_are_all_there() -> None:
    """7 roles, 35 responsibilities, 28 KPIs, and the department with its grades."""
    assert () == PROBLEMS
    assert set(ROLES) == set(RULES.roles)
    assert 35 == sum(len(role.responsibilities) for role in RULES.roles.values())
    assert 28 == sum(len(role.kpis) for role in RULES.roles.values())
    assert RULES.department is not None
    assert Decimal(120) == RULES.department.cap
    expected = [("S", "110", "1.5"), ("A", "95", "1.2"), ("B", "80", "1.0"), ("C", "60", "0.8"), ("D", "0", "0.5")]
    assert expected == [(each.grade, str(each.from_), str(each.coefficient)) for each in RULES.department.grades]


@each_role
def test_a_role_is_the_one_of_the_departments_document(role: kpicard.Role) -> None:
    """Every responsibility and KPI by its id and its Chinese name, in the document's order."""
    assert not isinstance(role.title, str)
    lines = [f"{role.id} {role.title.zh} {role.title.en}"]
    lines += [_line("-", each.id, each.title) for each in role.responsibilities]
    lines += [_line("%", each.id, each.name) for each in role.kpis]
    assert ROLES[role.id].split("\n") == lines


@each_role
def test_every_text_is_in_both_languages(role: kpicard.Role) -> None:
    """Whoever reads Chinese and whoever reads English get the whole duty sheet."""
    assert RULES.department is not None
    duties = chain.from_iterable((each.title, each.detail) for each in role.responsibilities)
    kpis = chain.from_iterable((each.name, each.definition, each.source) for each in role.kpis)
    grades = (grade.label for grade in RULES.department.grades)
    for text in (role.title, role.purpose, RULES.department.title, *duties, *kpis, *grades):
        assert text is not None
        assert not isinstance(text, str), text
        for language in LANGUAGES:
            assert getattr(text, language), text
        assert any("\u4e00" <= character <= "\u9fff" for character in text.zh or "")
        assert not any("\u4e00" <= character <= "\u9fff" for character in text.en or "")


@each_role
def test_weights_sum_to_exactly_100(role: kpicard.Role) -> None:
    """Nobody starts from a total that cannot be reached."""
    assert Decimal(100) == sum(kpi.weight for kpi in role.kpis)


@each_role
def test_every_responsibility_has_evidence(role: kpicard.Role) -> None:
    """No duty is without a KPI, and no KPI without a duty."""
    assert {each.id for each in role.responsibilities} == {id_ for kpi in role.kpis for id_ in kpi.measures}
    assert all(kpi.measures for kpi in role.kpis)


@each_kpi
def test_on_target_scores_exactly_100(kpi: kpicard.Kpi) -> None:
    """Whoever meets a target gets 100 for it, whatever the method."""
    assert kpi.target is not None
    curve = RULES.curve(kpi)
    x = kpi.target if curve.axis == "actual" else Decimal(100)
    assert 100 == curve.score_at(x)


@each_kpi
def test_better_than_target_never_scores_less_and_worse_never_more(kpi: kpicard.Kpi) -> None:
    """The direction is the document's, and the curve follows it; a total beyond 120 cannot be reached."""
    assert ("lower" if kpi.id in LOWER else "higher") == kpi.better
    assert kpi.target is not None
    curve = RULES.curve(kpi)
    steps = [Decimal(step) / 50 for step in range(-50, 151)]
    xs = [100 * step if curve.axis == "attainment" else kpi.target * step for step in steps]
    scores = [curve.score_at(round(x, 6)) for x in xs]
    falls = curve.axis == "actual" and kpi.better == "lower"
    assert sorted(scores, reverse=falls) == scores
    assert 0 <= min(scores)
    assert 100 <= max(scores) <= 120


def test_units_are_signs_or_in_both_languages() -> None:
    """A unit is a sign that all read alike, or a word in each language."""
    for role in RULES.roles.values():
        for kpi in role.kpis:
            assert kpi.unit is not None
            if isinstance(kpi.unit, str):
                assert kpi.unit in {"%", "s", "min", "h"}
            else:
                assert kpi.unit.en
                assert kpi.unit.zh


def test_all_three_methods_are_in_real_use() -> None:
    """The roles are also the examples of how KPIs can be scored."""
    methods = [kpi.scoring.method for role in RULES.roles.values() for kpi in role.kpis]
    for method in ("ratio", "linear", "bands"):
        assert methods.count(method) >= 3
