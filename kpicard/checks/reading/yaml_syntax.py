"""A file of rules is valid YAML.

The place is where the parser gave up; the slip is there or on the line above. Most often a text holds a `: ` or
begins with a quote or a bracket: put it in quotes.

中文：规则文件必须符合 YAML 语法。所示位置是解析中断之处，错误就在该处或上一行。最常见的是文本中含有 `: `，或以引号、
括号开头：请给文本加上引号。

Bad, `clerk.yaml` at 2:13::

    id: clerk
    title: Clerk: orders
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: "Clerk: orders"
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
