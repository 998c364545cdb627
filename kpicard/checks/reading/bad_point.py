"""A point of `linear` is two numbers: x and its score.

Write each as `[30, 100]`; a score alone, or three numbers, are no point.

中文：`linear` 的每个折点由两个数字组成：横坐标和得分。请写成 `[30, 100]`；只有一个或三个数字都不行。

Bad, `clerk.yaml` at 5:52::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[30, 100], [60]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[30, 100], [60, 0]]}}
"""
