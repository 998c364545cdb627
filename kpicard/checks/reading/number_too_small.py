"""A number is not below the least that makes sense at its place.

A weight and a cap are above 0; a coefficient and `zero_below` are at least 0.

中文：数字不能小于该处的下限。权重和封顶分必须大于 0；绩效系数和 `zero_below` 不得小于 0。

Bad, `clerk.yaml` at 5:36::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: ratio, cap: 0}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: ratio, cap: 110}}
"""
