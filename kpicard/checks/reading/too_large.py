"""A file of rules has at most 1 MiB, 10,000 values, and 1,000 checks that its comments switch off.

A role needs some kilobytes. What is a hundred times as large is another file under a wrong name.

Example: a year's export of orders, saved as `clerk.yaml`.

中文：规则文件不得超过 1 MiB、10,000 个值，注释中最多忽略 1,000 处检查。
一个岗位只需几 KB，过大的文件多半是放错或改错了名字。

例：把全年订单导出文件存成了 `clerk.yaml`。
"""
