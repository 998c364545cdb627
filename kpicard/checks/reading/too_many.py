"""A list has no more items than are read.

A role has at most 62 KPIs; grades, responsibilities, points and bands are at most 200 each. A card with more says
nothing to anybody.

Example: a role with 63 KPIs.

中文：列表的项数不能超过上限。一个岗位最多 62 个指标；等级、职责、折点和分档各最多 200 项。
再多的考核表没有人看得明白。

例：一个岗位有 63 个指标。
"""
