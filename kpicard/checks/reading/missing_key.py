"""Every key that is needed is there.

A role needs `id`, `title` and `kpis`; a KPI needs `id`, `name`, `weight` and `better`. The place is the map that
lacks the key.

中文：必填的键不能缺少。岗位须有 `id`、`title`、`kpis`；指标须有 `id`、`name`、`weight`、`better`。
所示位置是缺少该键的那一层。

Bad, `clerk.yaml` at 1:1::

    id: clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
