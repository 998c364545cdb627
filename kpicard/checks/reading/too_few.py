"""A list has as many items as it needs.

A role has at least one KPI, a department one grade, `linear` two points, `bands` one band.

中文：列表的项数不能少于下限。岗位至少有一个指标，部门至少有一个等级，`linear` 至少有两个折点，`bands` 至少有一档。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    kpis: []

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
