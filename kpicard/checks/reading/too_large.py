"""A file of rules has at most 1 MiB.

A role needs some kilobytes. What is a hundred times as large is another file under a wrong name.

Example: a year's export of orders, saved as `clerk.yaml`.

中文：规则文件不得超过 1 MiB。一个岗位只需几 KB，过大的文件多半是放错或改错了名字。

例：把全年订单导出文件存成了 `clerk.yaml`。
"""
