"""A folder of rules has a `department.yaml`.

It holds the grades: without them a total says nothing.

Example: a folder with `clerk.yaml` alone.

中文：规则文件夹中必须有 `department.yaml`。等级标准写在其中，没有它，总分就没有意义。

例：文件夹中只有 `clerk.yaml`。
"""
