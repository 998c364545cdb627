"""Problems that only scoring on Spark has."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

ENTRIES = {
    "no-such-table": Entry(
        Both("Spark knows no such table", "Spark 中没有该表"),
        (Both("name it as `table:catalog.schema.name`", "请写成 `table:目录.库.表`"),),
    ),
    "not-for-spark": Entry(
        Both("Spark reads CSV and Parquet; this is `{value}`", "Spark 读取 CSV 和 Parquet，而这是“{value}”"),
        (
            Both(
                "save it as one of these, or score it without `--engine spark`",
                "请另存为其中一种格式，或不使用 `--engine spark`",
            ),
        ),
    ),
    "mixed-files": Entry(
        Both("this is CSV and Parquet together", "其中同时有 CSV 和 Parquet 文件"),
        (Both("name each kind as an input of its own", "请将两种文件分别指定"),),
    ),
    "unlike-headings": Entry(
        Both(
            "several files with a heading that is empty or there twice: `{column}`",
            "多个文件的表头中有空白或重复的列：“{column}”",
        ),
        (
            Both(
                "give each column a heading of its own, or name each file as an input",
                "请为每列填写不同的表头，或分别指定每个文件",
            ),
        ),
    ),
    "column-not-on-spark": Entry(
        Both("column `{column}` is not read on Spark, though cards hang on it", "Spark 不读取影响考核表的“{column}”列"),
        (
            Both(
                "leave it out of this input, or score without `--engine spark`",
                "请从该输入中去掉此列，或不使用 `--engine spark`",
            ),
        ),
    ),
    "broken-text": Entry(
        Both("`{value}` has bytes that are not UTF-8", "“{value}”中有不是 UTF-8 的字节"),
        (Both("write the file as UTF-8", "请将文件保存为 UTF-8"),),
    ),
    "too-many-texts": Entry(
        Both(
            "more than {limit} different texts in place of periods, roles, KPIs or plain numbers: nothing is scored",
            "考核周期、岗位、指标或非纯数字的写法超过 {limit} 种，未出具任何考核表",
        ),
        (
            Both(
                "write periods as months (2026-10) and figures as plain numbers",
                "请将考核周期写成月份（2026-10），将数值写成纯数字",
            ),
        ),
    ),
}
