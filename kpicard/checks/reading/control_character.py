"""A file of rules has no control characters.

They cannot be seen, and come along when text is pasted from a terminal or a PDF. Delete the character at the place
said.

Example: `title: Clerk` with a bell (U+0007) before the `C`.

中文：规则文件不能含有控制字符。这类字符看不见，常在从终端或 PDF 粘贴时带入。请在所示位置删除。

例：`title: Clerk` 的 `C` 前面有一个响铃字符（U+0007）。
"""
