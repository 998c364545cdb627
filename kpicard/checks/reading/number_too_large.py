"""A number is not above the most that makes sense at its place.

A weight is a share of the total, in percent: at most 100.

Example: `weight: 250`, meant as 25.0; it also makes the weights miss 100.

中文：数字不能大于该处的上限。权重是占总分的百分比，不得大于 100。

例：把 25.0 写成了 `weight: 250`；权重合计也因此不等于 100。
"""
