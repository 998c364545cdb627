"""Problems of the files that hold actuals: their encodings, workbooks and folders."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

ENTRIES = {
    "unknown-encoding": Entry(
        Both(
            "this is no text in UTF-8, UTF-16 or GB18030: byte {byte}",
            "不是 UTF-8、UTF-16 或 GB18030 文本：字节 {byte}",
        ),
        (
            Both(
                "save it as CSV UTF-8, or name its encoding: `--encoding cp1252`",
                "请另存为“CSV UTF-8”，或用 `--encoding` 指定编码",
            ),
        ),
    ),
    "bad-encoding": Entry(
        Both("this is no {encoding} text: byte {byte}", "不是 {encoding} 文本：字节 {byte}"),
        (Both("leave `--encoding` out to have the encoding found out", "去掉 `--encoding` 可自动识别编码"),),
    ),
    "web-page": Entry(
        Both("this is a web page or XML, whatever its name says", "内容是网页或 XML，与文件扩展名不符"),
        (Both("open it in Excel or WPS, and save it as .xlsx", "请用 Excel 或 WPS 打开，并另存为 .xlsx"),),
    ),
    "missing-extra": Entry(
        Both("this is a workbook, which needs a reader that is not installed", "这是工作簿，但未安装读取组件"),
        (
            Both(
                '`pip install "{reason}"`, or save the sheet as CSV',
                '请执行 `pip install "{reason}"`，或将工作表另存为 CSV',
            ),
        ),
    ),
    "unreadable-workbook": Entry(
        Both(
            "this workbook cannot be read: it is damaged, or something else",
            "无法读取该工作簿：文件已损坏，或不是工作簿",
        ),
        (Both("open it in Excel or WPS, and save it again as .xlsx", "请用 Excel 或 WPS 打开，并重新另存为 .xlsx"),),
    ),
    "protected-workbook": Entry(
        Both("this workbook is protected by a password", "该工作簿受密码保护"),
        (Both("save it without the password", "请取消密码后另存"),),
    ),
    "large-workbook": Entry(
        Both(
            "this workbook is too large: hundreds of megabytes, or cells far to the right or below",
            "该工作簿过大：数百兆字节，或在很远的行列中有内容",
        ),
        (
            Both(
                "delete the columns and rows that are not needed, or save the sheet as CSV",
                "请删除多余的行列，或将工作表另存为 CSV",
            ),
        ),
    ),
    "doctype": Entry(
        Both(
            "this workbook has a DOCTYPE, which no spreadsheet program writes, and is not read",
            "该工作簿含有 DOCTYPE 声明，表格软件不会写入此内容，因此未读取",
        ),
        (
            Both(
                "ask where the file comes from; then open it in Excel or WPS, and save it again as .xlsx",
                "请先确认文件来源，再用 Excel 或 WPS 打开，并重新另存为 .xlsx",
            ),
        ),
    ),
    "endless-line": Entry(
        Both(
            "the line goes on for more than {limit} bytes: this is no table, and is not read",
            "本行超过 {limit} 字节，不是表格，未读取该文件",
        ),
        (Both("save the table as CSV, one row per line", "请把表格另存为 CSV，每行一条记录"),),
    ),
    "unreadable-parquet": Entry(
        Both("this Parquet file cannot be read", "无法读取该 Parquet 文件"),
        (Both("was it written to the end?", "请确认文件是否完整"),),
    ),
    "half-precision": Entry(
        Both(
            "column `{column}` is of type float16, which keeps only three digits of a figure",
            "列“{column}”的类型是 float16，数值只保留三位有效数字",
        ),
        (Both("write it as a decimal, as float64 or as text", "请改用 decimal、float64 或文本类型"),),
    ),
    "which-sheet": Entry(
        Both("several sheets have actuals: {sheets}", "多个工作表都有考核数据：{sheets}"),
        (Both("choose with `--sheet NAME`, which may be repeated", "请用 `--sheet 名称` 指定，可重复使用"),),
    ),
    "no-such-sheet": Entry(
        Both("there is no sheet `{sheet}`", "没有工作表“{sheet}”"),
        (NEAREST, Both("it has: {found}", "现有工作表：{found}")),
    ),
    "no-sheets": Entry(
        Both("a sheet was chosen, but this is no workbook", "指定了工作表，但这不是工作簿"),
        (Both("leave `--sheet` out for this file", "此文件请勿使用 `--sheet`"),),
    ),
    "sheet-not-used": Entry(
        Both("this sheet has no actuals, and is not used", "该工作表没有考核数据，未被使用"),
        (
            Both(
                "actuals have the columns employee and role; or hide the sheet",
                "考核数据应有“员工”和“岗位”列；如无需使用可隐藏该工作表",
            ),
        ),
        "warning",
    ),
    "ignored-file": Entry(
        Both("this file is of no kind that is read, and is not used", "不支持的文件类型，未被使用"),
        (
            Both(
                "in a folder .csv, .tsv, .xlsx, .xls and .parquet are read; name another file by itself",
                "文件夹中只读取 .csv、.tsv、.xlsx、.xls 和 .parquet；其他文件请单独指定",
            ),
        ),
        "warning",
    ),
    "ignored-table": Entry(
        Both(
            "this file may hold figures, but is of no kind that is read in a folder",
            "该文件可能有数据，但文件夹中不读取此类文件",
        ),
        (
            Both(
                "name it by itself, or save it as .csv, .xlsx or .parquet",
                "请单独指定该文件，或另存为 .csv、.xlsx 或 .parquet",
            ),
        ),
        "warning",
    ),
    "ignored-folder": Entry(
        Both("folders in a folder are not looked into", "不会读取下级文件夹"),
        (
            Both(
                "name it as well, or use a pattern such as `{folder}/**/*.csv`",
                "请另行指定，或使用 `{folder}/**/*.csv`",
            ),
            Both("name it as well", "请另行指定"),
        ),
        "warning",
    ),
    "no-actuals": Entry(
        Both("the folder has no file of actuals", "文件夹中没有考核数据文件"),
        (
            Both(
                "put .csv, .tsv, .xlsx, .xls or .parquet files into it",
                "请放入 .csv、.tsv、.xlsx、.xls 或 .parquet 文件",
            ),
        ),
    ),
    "changed-while-read": Entry(
        Both("it changed while it was read, and is not used", "读取过程中文件发生了变化，未被使用"),
        (Both("try again once nobody writes to it", "请等文件写入完成后重试"),),
    ),
    "remote-path": Entry(
        Both("this is an address; only files on this machine are read", "这是网络地址；只读取本机上的文件"),
        (Both("download the file first, and name that", "请先下载文件，再指定本机路径"),),
    ),
    "no-match": Entry(
        Both("no file matches this pattern", "没有与此通配符匹配的文件"),
        (Both("check the pattern and the folder", "请检查通配符和文件夹"),),
    ),
}
