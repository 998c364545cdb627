"""A key stands only once in a map.

Other readers of YAML keep the last one without a word, and a weight that was corrected above stays wrong. Keep one.

中文：同一层级中，一个键只能出现一次。一般的 YAML 程序会不声不响地取最后一个，前面的修改便不起作用。请只保留一个。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    title: Order clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Order clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
