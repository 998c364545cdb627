"""A number is written plainly.

Digits, one sign and one point: `1250`, `-0.5`. Units, percent signs, thousands separators and `1e3` are refused,
since they are read differently by different programs; the unit has a key of its own.

中文：数字必须直接书写。只用数字、一个正负号和一个小数点，如 `1250`、`-0.5`；单位、百分号、
千位分隔符和 `1e3` 不同程序读法不一，因此不接受。单位请写在 `unit` 中。

Bad, `clerk.yaml` at 4:66::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30s, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
