"""Makes the appraisal forms in this folder: `python tests/data/forms/make.py`.

The first four follow public forms in their shape; all words are our own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent


def rows(sheet: Worksheet, lines: list[list[Any]]) -> None:
    for line in lines:
        sheet.append(line)


def pay_form() -> Workbook:
    """Tiers for every KPI, scores out of 100, and rules for shifts below the table."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "客服薪资考核"
    rows(
        sheet,
        [
            ["天猫店客服专员月度绩效考核表"],
            ["抽查会话数：", None, None, "本月目标销售额：", None, None],
            ["考核指标", "指标说明", "评分标准", "满分", "权重", "数据来源"],
            [
                "销售目标完成率",
                "个人销售额 ÷ 个人目标",
                "≥100% 得100分；≥90% 得85分；≥80% 得70分；≥70% 得55分；≥60% 得40分；≥50% 得25分；≥40% 得10分；否则0分",
                100,
                0.3,
                "赤兔",
            ],
            ["询单转化率", "付款人数 ÷ 询单人数", "≥45% 100分\n≥40% 80分\n≥35% 60分\n其他 0分", 100, 0.2, "赤兔"],
            ["客单价", "销售额 ÷ 付款人数", "≥250元 100分，＞230元 80分，≥210元 60分，其余0分", 100, 0.2, "赤兔"],
            [
                "答问比",
                "客服消息数 ÷ 买家消息数",
                "1、≥98%：100分；2、≥95%：80分；3、≥92%：60分；4、否则0分",
                100,
                0.2,
                "赤兔",
            ],
            ["平均响应时间", "平均每次回复用时", "≤35秒 100分，≤45秒 80分，≤55秒 60分，否则 0分", 100, 0.05, "赤兔"],
            ["出勤", "当月迟到次数", "全勤100分，迟到3次以内80分，3次以上60分", 100, 0.05, "考勤机"],
            ["合计", None, None, None, "=SUM(E4:E9)", None],
            ["午餐轮班：11:30 和 12:30 两批，轮到时须有人在线。"],
            ["节假日值班按公司规定另计。"],
        ],
    )
    for row in range(4, 10):
        sheet.cell(row, 5).number_format = "0%"
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A11:F11")
    sheet.merge_cells("A12:F12")
    return book


def quality_form() -> Workbook:
    """One weight for each dimension, over KPIs that have none; steps away from the target."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "质量考核"
    rows(
        sheet,
        [
            ["客服绩效考核表"],
            ["姓名", None, "直属上级", None, "部门", "客服部"],
            ["岗位", "售后客服", "考核周期", None, None, None],
            ["考核维度", "考核指标", "权重", "目标值", "评分标准", "得分"],
            ["服务质量", "客户满意度", 40, "4.5分（满分5分）", "达到4.5分得满分，每低0.1分扣1分，扣完为止", None],
            [None, "投诉率", None, "≤5%", "每高0.5%扣2分", None],
            [None, "首次响应时间", None, "30秒以内", "每超10秒扣1分", None],
            [None, "问题解决率", None, "≥95%", "每低1%扣2分", None],
            [None, "回访满意度（季度）", None, "90%", "每低5%扣2分", None],
            ["工作效率", "日均处理工单", 25, "≥20单", "每少1单扣1分", None],
            [None, "超时工单率", None, "≤3%", "每高1个百分点扣2分，不足1个百分点按1个百分点计", None],
            ["规范执行", "质检违规", 20, None, "每发现一次扣1分", None],
            ["团队协作", "协作评价", 15, None, "由直属上级根据平时表现评定", None],
            ["总分", None, 100, None, None, None],
            ["被考核人签字：", None, None, "直属上级签字：", None, None],
        ],
    )
    sheet.merge_cells("A1:F1")
    for merge in ("A5:A9", "C5:C9", "A10:A11", "C10:C11"):
        sheet.merge_cells(merge)
    return book


def designer_form() -> Workbook:
    """Full marks for each item, and columns in which the designer and the manager give theirs."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Designer"
    rows(
        sheet,
        [
            ["Designer monthly appraisal form"],
            ["Group", "Item", "Description", "Full marks", "Marks given", None],
            [None, None, None, None, "Self", "Manager"],
            ["KPI", "Design output", "Pages and banners delivered as planned", 30, None, None],
            [None, "Design quality", "Accepted without a second revision", 20, None, None],
            [None, "Delivery on time", "Share of jobs delivered by the agreed day", 20, None, None],
            ["Ability", "Taste and craft", "Judged on three works of the month", 6, None, None],
            [None, "Learning", "New tools and trends brought in", 3, None, None],
            [None, "Communication", "Briefs understood, feedback taken", 3, None, None],
            [None, "Problem solving", "Finds a way without being led", 3, None, None],
            ["Attitude", "Initiative", "Takes on work beyond the brief", 5, None, None],
            [None, "Discipline", "Report left out: 3 off each", 5, None, None],
            [None, "Teamwork", "Helps colleagues to meet their dates", 5, None, None],
            ["Total", None, None, 100, None, None],
            ["Employee:", None, "Manager:", "HR:", "General manager:", None],
        ],
    )
    for merge in ("A1:F1", "E2:F2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "A4:A6", "A7:A10", "A11:A13"):
        sheet.merge_cells(merge)
    return book


def streamer_form() -> Workbook:
    """Items with a standard each, some in words that no method can be made of."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "主播"
    rows(
        sheet,
        [
            ["岗位：", "带货主播", None, None],
            ["考核项目", "权重", "考核标准", "数据提供"],
            ["直播间销售额", "30%", "目标30万元，按完成率计分，低于60%为0分，最高120分", "直播后台"],
            ["团队销售额", "20%", "按完成率计分；本人无自有商品上播时，该项权重并入团队销售额", "直播后台"],
            ["开播时长", "20%", "达到80小时得满分，每少1小时扣2分", "直播后台"],
            ["成交转化率", "10%", "95分位以上100分，其余由运营评定", "直播后台"],
            ["出勤", "10%", "无迟到得100分，迟到1次80分，2次以上0分", "考勤机"],
            ["平台违规", "10%", "每违规一次扣10分；严重违规时等级不高于C", "平台通知"],
            ["提成：月销售额 30 万以下 1%，30 万以上 1.5%"],
        ],
    )
    sheet.merge_cells("A9:D9")
    return book


def support_forms() -> Workbook:
    """A workbook in English: one role on each of two sheets, and a list of people on a third."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Support engineer"
    rows(
        sheet,
        [
            ["Position", "Support engineer"],
            [
                "Dimension",
                "KPI",
                "Weight (%)",
                "Target",
                "Unit",
                "Scoring standard",
                "Definition",
                "Data source",
                "Frequency",
            ],
            [
                "Results",
                "First reply",
                30,
                "≤ 30",
                "min",
                "1 point off per 5 min longer, not under 0",
                "Minutes to the first human answer / tickets",
                "Ticket system",
                "monthly",
            ],
            [
                "Results",
                "Tickets solved",
                30,
                "≥ 200",
                "tickets",
                "by attainment, below 60% no points, at most 120",
                "Tickets closed in the month",
                "Ticket system",
                "monthly",
            ],
            [
                "Results",
                "Reopened tickets",
                15,
                "≤ 5%",
                None,
                "2 off per 0.5 % higher",
                "Reopened / closed tickets",
                "Ticket system",
                "monthly",
            ],
            [
                "Conduct",
                "Knowledge articles",
                15,
                "4",
                "articles",
                "4 or more 100, 2 or more 60, else 0",
                "Articles written and approved",
                "Wiki",
                "quarterly",
            ],
            [
                "Conduct",
                "Handover",
                10,
                None,
                None,
                "As judged by the shift lead",
                "Handovers without a question back",
                "Shift lead",
                "monthly",
            ],
            ["Total", None, 100],
        ],
    )
    other = book.create_sheet("Shift lead")
    rows(
        other,
        [
            ["Shift lead scorecard"],
            ["KPI", "Weight", "Target", "Standard"],
            ["Rota filled", "60%", "100%", "≥ 100% 100, ≥ 95% 80, else 0"],
            ["Overtime", "40%", "< 40 h", "under 40 h 100, under 60 h 60, otherwise 0"],
        ],
    )
    people = book.create_sheet("People")
    rows(people, [["No.", "Name", "Team"], [1, "Lin", "East"], [2, "Mo", "West"]])
    return book


def buyer_form() -> Workbook:
    """In two languages, with the groups as rows of their own, and weights that sum to 100 in each group."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "采购 Buyer"
    rows(
        sheet,
        [
            ["采购专员 Buyer 绩效考核表 2026"],
            ["序号", "考核指标 KPI", "英文名称", "权重 Weight", "目标值 Target", "计分方法 Scoring", "数据来源 Source"],
            ["一、成本与交付（70%）"],
            [1, "采购成本下降率", "Cost reduction", "40%", "≥5%", "每高1%加5分，每低1%扣10分，最高120分", "ERP"],
            [2, "到货及时率", "On-time delivery", "40%", "98%", "≥98% 100分，95%-98% 80分，95%以下 0分", "WMS"],
            [3, "到货合格率", "Accepted deliveries", "20%", "≥99.5%", "达到目标值得100分，未达标不得分", "质检"],
            ["二、供应商（30%）"],
            [
                4,
                "供应商评审完成数",
                "Supplier reviews",
                "50%",
                "6家",
                "完成率≥100%得100分，≥80%得80分，否则0分",
                "采购部",
            ],
            [5, "供应商投诉处理时长", "Answer to suppliers", "50%", "≤2天", "90-100 100分，80-90 80分", "采购部"],
        ],
    )
    for merge in ("A1:G1", "A3:G3", "A7:G7"):
        sheet.merge_cells(merge)
    return book


def warehouse_form() -> Workbook:
    """Marks in place of weights, tiers in these marks, and two tables in one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    rows(
        sheet,
        [
            ["被考核人岗位：仓库主管"],
            ["类别", "指标名称", "分值", "评分标准", "指标定义", "备注"],
            [
                "业绩",
                "发货及时率",
                "40分",
                "≥99%得40分，≥97%得30分，≥95%得20分，否则0分",
                "当日发货订单 ÷ 应发订单",
                None,
            ],
            ["业绩", "库存准确率", "30分", "目标99.8%，每低0.1%扣3分，扣完为止", "盘点相符件数 ÷ 盘点件数", None],
            [None, None, None, None, None, None],
            ["类别", "指标名称", "分值", "评分标准", "指标定义", "备注"],
            ["安全", "安全事故", "20分", "无事故得20分，否则0分", "当月事故起数", None],
            ["安全", "5S检查", "10分", "每发现一处扣1分", "检查发现的问题数", None],
        ],
    )
    return book


def example_form() -> Workbook:
    """The form of the tutorial."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Form"
    rows(
        sheet,
        [
            ["Customer service: monthly appraisal form"],
            ["KPI", "Weight", "Target", "Scoring standard", "Definition", "Data source"],
            [
                "Sales against plan",
                0.4,
                "≥ 100%",
                "100 % or more: 100. 90 % or more: 85. 80 % or more: 70. Less: 0",
                "100 × paid sales / planned sales",
                "Shop report",
            ],
            [
                "First response",
                0.3,
                "30 s",
                "1 point off for each second above 30, not below 0",
                "Seconds to the first answer / conversations",
                "Chat report",
            ],
            [
                "Satisfaction",
                0.3,
                "4.5 of 5",
                "20 points off for each 0.1 below 4.5",
                "Sum of the ratings / number of ratings",
                "Chat report",
            ],
            ["Total", 1],
        ],
    )
    for row in range(3, 7):
        sheet.cell(row, 2).number_format = "0%"
    sheet.merge_cells("A1:F1")
    return book


def example_form_in_chinese() -> Workbook:
    """The form of the Chinese README."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "考核表"
    rows(
        sheet,
        [
            ["客服专员月度绩效考核表"],
            ["考核维度", "考核指标", "权重", "目标值", "评分标准", "指标定义", "数据来源"],
            ["业绩", "销售额", 0.4, "≥20万元", "按完成率计分，低于60%为0分，最高120分", "已付款订单金额减退款", "赤兔"],
            [
                "业绩",
                "询单转化率",
                0.2,
                None,
                "≥45% 100分，≥40% 80分，≥35% 60分，否则0分",
                "付款人数 / 询单人数",
                "赤兔",
            ],
            ["服务", "首次响应时间", 0.2, "≤30秒", "每超10秒扣5分，扣完为止", "首次答复总秒数 / 咨询数", "千牛"],
            ["服务", "客户满意度", 0.2, "4.5分（满分5分）", "每低0.1分扣10分", "评分之和 / 评分个数", "千牛"],
            ["合计", None, 1],
            ["被考核人签字：", None, "直属上级签字：", None, "人力资源签字："],
        ],
    )
    for row in range(3, 8):
        sheet.cell(row, 3).number_format = "0%"
    for merge in ("A1:G1", "A3:A4", "A5:A6"):
        sheet.merge_cells(merge)
    return book


if __name__ == "__main__":
    for make in (pay_form, quality_form, designer_form, streamer_form, support_forms, buyer_form, warehouse_form):
        make().save(HERE / f"{make.__name__.replace('_', '-')}.xlsx")
    example_form().save(HERE.parents[2] / "examples" / "form.xlsx")
    example_form_in_chinese().save(HERE.parents[2] / "examples" / "考核表.xlsx")
