"""A file can be opened and read.

Nothing can be said of a file that the system does not let us read. Check its permissions.

Example: a file that belongs to another user, with the mode 600.

中文：文件必须可以打开和读取。系统不允许读取的文件无法检查，请检查访问权限。

例：文件属于另一个用户，权限为 600。
"""
