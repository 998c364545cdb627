"""A range has a bound.

With neither `from` nor `upto` every figure lies in it, and nothing that is impossible is found.

中文：取值范围至少要写明一端。`from` 和 `upto` 都不写时，任何数值都在范围内，不可能出现的数值也查不出来。

Bad, `clerk.yaml` at 5:13::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         range: {}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         range: {from: 0}}
"""
