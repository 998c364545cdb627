"""Reasons that come from below the program, from the system or from the reader of YAML, in Chinese too."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kpicard.text import Language

_SYSTEM: Final = {
    os.strerror(number): words
    for number, words in {
        errno.EACCES: "没有权限",
        errno.EBUSY: "文件正被占用",
        errno.EEXIST: "文件已存在",
        errno.EFBIG: "文件过大",
        errno.EINVAL: "参数无效",
        errno.EIO: "磁盘读写出错",
        errno.EISDIR: "这是文件夹",
        errno.ELOOP: "链接层数过多",
        errno.EMFILE: "打开的文件过多",
        errno.ENAMETOOLONG: "文件名过长",
        errno.ENOENT: "没有该文件或文件夹",
        errno.ENOSPC: "磁盘空间不足",
        errno.ENOTDIR: "路径中有一部分不是文件夹",
        errno.EPERM: "不允许此操作",
        errno.EROFS: "磁盘是只读的",
    }.items()
}

_OURS: Final = {
    "the name of the folder for temporary files (TMPDIR) is no UTF-8": "临时文件夹（TMPDIR）的名称不是 UTF-8",
    "it is no ordinary file": "不是普通文件",
    "it did not answer within a minute": "一分钟内没有回应",
    "its name is a path on this system": "文件名在本系统中是一个路径",
    "its name differs from another's only in case": "文件名与另一文件仅大小写不同",
    "it is not installed, or not on the path": "尚未安装，或不在 PATH 中",
}

_YAML: Final = {
    # what is wrong
    "could not find expected ':'": "缺少冒号“:”",
    "mapping values are not allowed in this context": "此处不能再出现“键: 值”",
    "mapping keys are not allowed in this context": "此处不能出现键",
    "block sequence entries are not allowed in this context": "此处不能出现以“- ”开头的列表项",
    "did not find expected key": "缩进不一致，此处应为键",
    "did not find expected '-' indicator": "缩进不一致，此处应为以“- ”开头的列表项",
    "did not find expected ',' or ']'": "缺少“,”或“]”",
    "did not find expected ',' or '}'": "缺少“,”或“}”",
    "did not find expected node content": "此处缺少内容",
    "did not find expected <document start>": "此处应为文档的开头",
    "did not find expected comment or line break": "此处应换行",
    "did not find expected whitespace or line break": "此处应为空格或换行",
    "did not find expected alphabetic or numeric character": "此处应为字母或数字",
    "did not find expected digit or '.' character": "此处应为数字或“.”",
    "did not find expected version number": "缺少版本号",
    "did not find expected whitespace": "此处应为空格",
    "did not find expected tag URI": "标签不完整",
    "did not find expected '!'": "缺少“!”",
    "did not find the expected '>'": "缺少“>”",
    "did not find URI escaped octet": "标签中的转义不完整",
    "did not find expected hexdecimal number": "此处应为十六进制数",
    "found character that cannot start any token": "此处的字符（如 @、% 或制表符）不能作为开头",
    "found a tab character where an indentation space is expected": "缩进应使用空格，不能使用制表符",
    "found a tab character that violates indentation": "缩进应使用空格，不能使用制表符",
    "found an indentation indicator equal to 0": "缩进数不能为 0",
    "found unexpected end of stream": "文件在此处意外结束",
    "found unexpected document indicator": "此处意外出现文档分隔符",
    "found unexpected ':'": "此处意外出现“:”，如属于文本请加引号",
    "found unknown escape character": "未知的转义字符",
    "found invalid Unicode character escape code": "无效的 Unicode 转义",
    "found undefined tag handle": "未定义的标签",
    "found unexpected non-alphabetical character": "此处应为字母",
    "found unknown directive name": "未知的指令",
    "found duplicate %YAML directive": "指令 %YAML 重复",
    "found duplicate %TAG directive": "指令 %TAG 重复",
    "found extremely long version number": "版本号过长",
    "could not find expected directive name": "缺少指令名称",
    "found incompatible YAML document": "不支持的 YAML 版本",
    "control characters are not allowed": "不能含有控制字符",
    # where it was found
    "while scanning a simple key": "读取键时",
    "while scanning for the next token": "读取下一项时",
    "while scanning a quoted scalar": "读取引号中的文本时",
    "while parsing a quoted scalar": "读取引号中的文本时",
    "while scanning a plain scalar": "读取文本时",
    "while scanning a block scalar": "读取多行文本时",
    "while scanning an anchor": "读取锚点时",
    "while scanning an alias": "读取别名时",
    "while scanning a tag": "读取标签时",
    "while parsing a tag": "读取标签时",
    "while scanning a directive": "读取指令时",
    "while scanning a %YAML directive": "读取指令 %YAML 时",
    "while scanning a %TAG directive": "读取指令 %TAG 时",
    "while parsing a %TAG directive": "读取指令 %TAG 时",
    "while parsing a block mapping": "读取“键: 值”时",
    "while parsing a block collection": "读取列表时",
    "while parsing a block node": "读取内容时",
    "while parsing a flow sequence": "读取 [ ] 中的列表时",
    "while parsing a flow mapping": "读取 { } 中的内容时",
    "while parsing a flow node": "读取内容时",
    "while parsing a node": "读取内容时",
}

_CHINESE: Final[Mapping[str, str]] = MappingProxyType({**_SYSTEM, **_OURS, **_YAML})


def reason_in(reason: str, language: Language) -> str:
    """Return a reason in `language`, as far as it is known there; other reasons stay what they are.

    The reader of YAML gives two parts: what is wrong, and what was being read.
    """
    if language == "en":
        return reason
    whole, comma, context = reason.rpartition(", while ")
    if comma and f"while {context}" in _CHINESE:
        return f"{_CHINESE.get(whole, whole)}（{_CHINESE[f'while {context}']}）"
    return _CHINESE.get(reason, reason)
