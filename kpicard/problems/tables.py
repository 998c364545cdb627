"""Problems of tables of actuals: their headings and their rows."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

ENTRIES = {
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
                "columns of KPIs of {broken} are not known, since the role's file has errors: mend that first",
                "岗位 {broken} 的文件有错误，无法识别其指标列：请先修正岗位文件",
            ),
            Both(
                "the columns are: period, employee, role and kpi, actual (or one column per KPI); "
                "`kpicard template` writes a file to fill in",
                "表头应有：考核周期、员工、岗位，以及考核指标、实际值（或每个指标一列）；"
                "可用 `kpicard template` 生成模板",
            ),
        ),
    ),
    "wrong-separator": Entry(
        Both(
            "the columns are separated by `{separator}`, which is not understood", "列之间用“{separator}”分隔，无法识别"
        ),
        (Both("separate them by commas, tabs or semicolons", "请以逗号、制表符或分号分隔"),),
    ),
    "doubled-column": Entry(
        Both(
            "columns `{other}` and `{column}` may both be the {meaning}", "列“{other}”和“{column}”都可能是“{meaning}”"
        ),
        (Both("keep one, and head the other `note`", "请保留一列，另一列的表头改为“备注”"),),
    ),
    "unclear-column": Entry(
        Both(
            "columns `{other}` and `{column}` may both be the {meaning}: neither is used",
            "列“{other}”和“{column}”都可能是“{meaning}”，两列均未使用",
        ),
        (Both("keep one, and head the other `note`", "请保留一列，另一列的表头改为“备注”"),),
        "warning",
    ),
    "scale-above": Entry(
        Both(
            "by this title the figures below may be in another unit, but they are read in their KPIs' own: {text}",
            "按此标题，下方数据可能使用其他单位，但均按各指标自己的单位读取：{text}",
        ),
        (
            Both(
                "write the unit behind each figure (3.2万), or figures in the KPI's unit",
                "请在每个数值后写明单位（3.2万），或按指标单位填写",
            ),
        ),
        "warning",
    ),
    "other-column": Entry(
        Both("column `{column}` is not used, since there is `{other}`", "已有“{other}”列，未使用“{column}”列"),
        (Both("head it `note` if it is a remark", "如为说明文字，请将表头改为“备注”"),),
        "warning",
    ),
    "target-in-wide": Entry(
        Both(
            "column `{column}` is not used where there is one row per person: it does not say which KPI it is about",
            "每人一行的文件不使用“{column}”列：无法得知属于哪个指标",
        ),
        (Both("give it in the long form, one row per KPI", "如需填写，请用每个指标一行的格式"),),
        "warning",
    ),
    "above-heading": Entry(
        Both("this row stands above the heading, and is not used: {text}", "本行在表头之上，未被使用：{text}"),
        (
            Both(
                "if it holds figures, move it below the heading; if not, delete it",
                "如含有数据，请移到表头下方；否则请删除",
            ),
        ),
        "warning",
    ),
    "unknown-column": Entry(
        Both("column `{column}` is not known, and is not used", "未知的列“{column}”，其内容未被使用"),
        (
            NEAREST,
            Both(
                "it may be a KPI of {broken}, where the role's file has errors: mend that first",
                "可能是岗位 {broken} 的指标，而其岗位文件有错误：请先修正岗位文件",
            ),
            Both("name it `note` if it is a remark", "如为说明文字，请将表头改为“备注”"),
        ),
        "warning",
    ),
    "kpi-in-long": Entry(
        Both(
            "column `{column}` is a KPI's, in a table with a row per KPI, and is not used",
            "列“{column}”是考核指标，但本表每行一个指标，其内容未被使用",
        ),
        (
            Both(
                "give the KPI rows of its own, or head the column `note`",
                "请将该指标另起一行填写，或将表头改为“备注”",
            ),
        ),
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
    "doubled-cell": Entry(
        Both(
            "this cell is in the workbook twice, or out of order: it is not clear what its row says",
            "该单元格在工作簿中重复出现或顺序错乱，无法确定本行内容",
        ),
        (
            Both(
                "the file is damaged: open it in Excel or WPS, check the row, and save it again as .xlsx",
                "文件已损坏：请用 Excel 或 WPS 打开，核对本行后重新另存为 .xlsx",
            ),
        ),
    ),
    "unreadable-cell": Entry(
        Both(
            "this cell is meant to hold a number or a date, but holds `{value}`",
            "该单元格应为数字或日期，实际内容为“{value}”",
        ),
        (Both("type the figure anew in Excel or WPS, and save the file", "请用 Excel 或 WPS 重新输入该值并保存"),),
    ),
    "too-many-columns": Entry(
        Both("the heading has {found} columns, more than {limit}", "表头有 {found} 列，超过 {limit} 列"),
        (
            Both(
                "delete the columns that hold no actuals, also empty ones on the right",
                "请删除没有考核数据的列，包括右侧的空列",
            ),
        ),
    ),
    "too-long": Entry(
        Both("the row has more than {limit} bytes", "本行超过 {limit} 字节"),
        (Both("is a line break or a quote missing?", "是否缺少换行或引号？"),),
    ),
}
