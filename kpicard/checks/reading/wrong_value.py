"""A list or a map stands where one is expected, not a word.

One responsibility is still a list: write `- ` before it, or brackets around it.

中文：应为列表或映射的地方不能只写一个词。即使只有一项，也要写成列表：在前面加 `- `，或用方括号括起来。

Bad, `clerk.yaml` at 3:19::

    id: clerk
    title: Clerk
    responsibilities: orders
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    responsibilities: [{id: orders, title: Orders}]
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         measures: [orders]}
"""
