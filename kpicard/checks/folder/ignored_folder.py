"""A folder of rules has no folders in it.

They are not looked into: a role in one is neither checked nor scored by. Name it as well where it is checked too, or
move its files. Hidden folders, whose names begin with a point, may be there.

Example: `roles/archive/clerk.yaml`, where `roles` is checked.

中文：规则文件夹中没有下级文件夹。下级文件夹不会被读取：其中的岗位既不检查，也不用于计分。如需检查请另行指定，
或移动其中的文件。以“.”开头的隐藏文件夹不受影响。

例：检查 `roles` 时，其中有 `roles/archive/clerk.yaml`。
"""
