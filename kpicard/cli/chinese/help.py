"""The help in Chinese, by the English that the commands have: a paragraph each, or a line where lines are kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_COMMANDS: Final = {
    "KPI scorecards from YAML rules and a month's CSV: exact, checked, reviewable.": (
        "按 YAML 考核规则和当月 CSV 数据出具绩效考核表：结果精确，数据经过校验，过程可复核。"
    ),
    "Score monthly actuals and report the scorecards.": "按月度实际值计分，出具考核表。",
    "Show how people and KPIs came along over several periods.": "查看员工和考核指标在多个考核周期中的变化。",
    "Show the whole department: grades, spread by role and team, quotas, ranking.": (
        "查看整个部门：等级分布、各岗位和团队的得分离散情况、等级名额和排名。"
    ),
    "Show how a scorecard is calculated, step by step, with each KPI's curve.": (
        "逐步说明考核表的计算过程，并画出各指标的计分曲线。"
    ),
    "Score the same actuals by the rules before and after a change, and report whose total and grade move.": (
        "用变更前后的规则对同一批实际值分别计分，列出哪些人的总分和等级会变。"
    ),
    "List the roles, or print duty sheets: responsibilities, KPIs, how they are scored, and the grades.": (
        "列出各岗位，或打印岗位说明书：岗位职责、考核指标、计分方法和等级标准。"
    ),
    "Check roles and department, and say what is wrong at which line and column.": (
        "检查岗位文件和部门文件，指出问题所在的行和列。"
    ),
    "A warning is switched off beside its line: `# kpicard: ignore ID: the reason`.": (
        "如需关闭某条警告，请在该行旁写注释：`# kpicard: ignore 检查标识: 原因`。"
    ),
    "Write a file to fill in with a month's actuals: for the people of a roster, or for each role.": (
        "生成当月实际值的填报模板：按人员名单，或每个岗位一份。"
    ),
    "Print the JSON Schema of a role's file, or of the department's.": "输出岗位文件或部门文件的 JSON Schema。",
    "Print a script that scores a table of actuals in a database: the rules, the checks, and the query.": (
        "输出一个 SQL 脚本，在数据库中对实际值表计分：包含规则、检查和计分查询。"
    ),
    "Write a department, two roles, a roster and a month to fill in, to start from. Overwrites nothing.": (
        "生成一套起步文件：部门、两个岗位、人员名单和一个月的填报表。不覆盖任何已有文件。"
    ),
    "Examples:": "示例：",
    "In a role's file, for editors with the YAML language server:": (
        "使用 YAML language server 的编辑器，请在岗位文件中写："
    ),
    "Show the version and exit.": "显示版本号并退出。",
    "Show this message and exit.": "显示本帮助并退出。",
    "Install completion for the current shell.": "为当前 shell 安装命令补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的补全脚本，可复制或自行安装。"
    ),
}

_ACTUALS: Final = {
    "CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input.": (
        "实际值文件（CSV、Excel 或 Parquet）、文件夹或通配符；- 表示标准输入。"
    ),
    "CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input. "
    "[default: the folder ./actuals]": (
        "实际值文件（CSV、Excel 或 Parquet）、文件夹或通配符；- 表示标准输入。[默认：文件夹 ./actuals]"
    ),
    "Only this period; it also dates a file that says none.": "只看该考核周期；文件中没有写明周期时，也以此为准。",
    "Only this employee; may be repeated.": "只看该员工；可重复使用。",
    "Only this role, by id or title; may be repeated.": "只看该岗位（标识或名称）；可重复使用。",
    "Only this KPI, by id or name, in any role that has it; may be repeated.": (
        "只看该考核指标（标识或名称），不限岗位；可重复使用。"
    ),
    "One card for each quarter or year, from its months.": "按季度或年度出具考核表，由各月合成。",
    "With --by: the mean of the months' totals, or score the actuals of the months brought together. "
    "[default: totals]": (
        "与 --by 一起使用：取各月总分的平均值（totals），或将各月实际值汇总后再计分（actuals）。[默认：totals]"
    ),
    "A KPI not reported: withhold the card, score it 0, or leave it out and scale the other weights up.": (
        "指标未填报时：暂不出具考核表（refuse）、按 0 分计（zero），或不计入并按比例调高其余权重（exclude）。"
    ),
    "Encoding of text files. [default: found out]": "文本文件的编码。[默认：自动识别]",
    "Sheet of a workbook; may be repeated. [default: the one with actuals]": (
        "工作簿中的工作表；可重复使用。[默认：含有实际值的工作表]"
    ),
    "Only by these rules, as cards name them; may be repeated.": (
        "只按指定的规则计分，以考核表上的规则指纹为准；可重复使用。"
    ),
    "Say how each file was read.": "说明每个文件是如何读取的。",
    "On this machine, or on Spark: CSV, Parquet or table:NAME in, CSV, Parquet or table:NAME out.": (
        "在本机计分（duckdb），或在 Spark 上计分（spark）：输入和输出均可为 CSV、Parquet 或 table:表名。"
    ),
    "Spark's master, as local[*] or yarn. [default: Spark's own]": (
        "Spark 的 master，如 local[*] 或 yarn。[默认：Spark 自身的设置]"
    ),
    "A server of Spark Connect, as sc://host. [default: none]": ("Spark Connect 服务器，如 sc://主机。[默认：无]"),
    "The most memory to take, as 4GB; what is beyond it goes to disk. [default: most of the machine's]": (
        "内存使用上限，如 4GB；超出部分转存到磁盘。[默认：本机大部分内存]"
    ),
}

_OUTPUT: Final = {
    "The report.": "报告格式。",
    "The report. [default: by the ending of --output, else terminal]": (
        "报告格式。[默认：按 --output 的扩展名，否则为 terminal]"
    ),
    "The report. [default: text; github in GitHub's CI]": "报告格式。[默认：text；在 GitHub 的 CI 中为 github]",
    "Write to a file.": "写入文件。",
    "Write to a file; or to a folder (ending in /): one Markdown file per card, and an index.": (
        "写入文件；或写入文件夹（以 / 结尾）：每张考核表一个 Markdown 文件，并附目录。"
    ),
    "Write into a folder of others too: overwrites files of the same name, removes nothing.": (
        "文件夹中有其他文件时也写入：覆盖同名文件，不删除任何文件。"
    ),
    "Language of the report. [default: the environment's]": "报告和提示的语言。[默认：与系统环境相同]",
    "Folder of the roles. [default: $KPICARD_ROLES, ./roles, or the packaged ones]": (
        "岗位文件夹。[默认：$KPICARD_ROLES、./roles 或软件自带的岗位]"
    ),
    "Folder of the roles. [default: $KPICARD_ROLES, or ./roles]": "岗位文件夹。[默认：$KPICARD_ROLES 或 ./roles]",
}

_IMPACT: Final = {
    "The rules before: the folder of the roles at a git revision.": "变更前的规则：岗位文件夹在 git 中的某一版本。",
    "The rules after, likewise. [default: the folder as it is]": "变更后的规则，同上。[默认：文件夹的现状]",
    "The rules before: a folder.": "变更前的规则：文件夹。",
    "The rules after: a folder. [default: as for --roles]": "变更后的规则：文件夹。[默认：同 --roles]",
    "Exit with status 1 if there is such a card; may be repeated.": (
        "有此类考核表（等级变化、等级下降、系数变化、总分变化）时，以状态码 1 退出；可重复使用。"
    ),
}

_RULES: Final = {
    "Roles by id or title. [default: list all]": "岗位的标识或名称。[默认：列出全部岗位]",
    "As they hold in this month. [default: the newest]": "以该月份生效的规则为准。[默认：最新版本]",
    "Files or folders. [default: $KPICARD_ROLES, or ./roles]": "文件或文件夹。[默认：$KPICARD_ROLES 或 ./roles]",
    "Only these checks; may be repeated.": "只做这些检查；可重复使用。",
    "Not these checks; may be repeated.": "不做这些检查；可重复使用。",
    "Exit with 1 on warnings too.": "有警告时也以状态码 1 退出。",
    "List the checks, and check nothing.": "列出全部检查项，不做检查。",
    "Explain one check, with examples, and check nothing.": "说明某项检查并举例，不做检查。",
    "The kind of rules file.": "规则文件的种类：岗位（role）或部门（department）。",
}

_TEMPLATES: Final = {
    "The month to fill in.": "要填报的月份。",
    "CSV, Excel or Parquet file of the people: employee, role and, if wanted, name and team. "
    "[default: each role once, for nobody yet]": (
        "人员名单（CSV、Excel 或 Parquet）：员工、岗位，还可有姓名、团队。[默认：每个岗位一份，不含人员]"
    ),
    "One row per person and a column per KPI. [default: one row per KPI]": (
        "每人一行，每个指标一列。[默认：每个指标一行]"
    ),
    "Write to a file that ends in .csv or .xlsx. [default: CSV to standard output]": (
        "写入扩展名为 .csv 或 .xlsx 的文件。[默认：以 CSV 写到标准输出]"
    ),
    "Overwrite the file, and what was filled in there.": "覆盖已有文件，其中已填内容会丢失。",
    "The folder; it is made if need be.": "文件夹；不存在时自动新建。",
    "The first month. [default: the current one]": "第一个月份。[默认：当月]",
}

_SQL: Final = {
    "The database that runs it.": "运行脚本的数据库。",
    "The table or view of actuals, or whatever stands behind FROM.": "实际值所在的表或视图，或 FROM 之后的任何内容。",
    "The table has this column too; may be repeated.": "表中还有这一列；可重复使用。",
    "Only this period; may be repeated.": "只看该考核周期；可重复使用。",
    "Leave problems and scores in the database as tables. [default: show them]": (
        "将问题和计分结果作为表保留在数据库中。[默认：直接显示]"
    ),
}

HELP: Final[Mapping[str, str]] = MappingProxyType(
    {**_COMMANDS, **_ACTUALS, **_OUTPUT, **_IMPACT, **_RULES, **_TEMPLATES, **_SQL}
)
