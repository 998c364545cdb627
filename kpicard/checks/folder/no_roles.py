"""A folder of rules has a role in it.

Without one there is nobody to score; it is probably the wrong folder. Each role is a file `<id>.yaml` right in it.

Example: a folder with `department.yaml` alone.

中文：规则文件夹中至少要有一个岗位。没有岗位就没有可考核的人，多半是文件夹指定错了。
每个岗位是其中的一个文件 `<id>.yaml`。

例：文件夹中只有 `department.yaml`。
"""
