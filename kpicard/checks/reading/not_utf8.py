"""A file of rules is UTF-8 text.

In another encoding, Chinese names would come out garbled, and figures on them would be matched to nobody. Save the
file as UTF-8; the problem stands at the first byte that is not.

Example: a file saved as GBK, whose first Chinese character is the byte 0xBF.

中文：规则文件必须是 UTF-8 文本。其他编码会使中文变成乱码，名称也无法匹配。请另存为 UTF-8；
问题位置是第一个不符合的字节。

例：以 GBK 保存的文件，第一个汉字的字节为 0xBF。
"""
