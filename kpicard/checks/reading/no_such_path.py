"""A file or folder that is named is there.

Nothing is checked at a path that does not exist; a slip in a script would otherwise pass for "no problems".

Example: `kpicard validate rolls`, where the folder is called `roles`.

中文：指定的文件或文件夹必须存在。路径写错时没有内容可检查，不能当作“没有问题”。

例：文件夹叫 `roles`，却写成 `kpicard validate rolls`。
"""
