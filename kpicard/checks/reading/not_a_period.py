"""A period is a month, written as `2026-07`.

The year has four digits and the month two, so that the text sorts as time goes by.

中文：周期必须是月份，写成 `2026-07`。年份四位、月份两位，这样按文本排序就是时间顺序。

Bad, `clerk.yaml` at 2:7::

    id: clerk
    from: 2026-7
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
