"""A number has at most twelve digits before its point.

All is reckoned exactly within this range. Use a larger unit: thousands, or millions.

中文：数字的整数部分最多 12 位。在此范围内一切计算都是精确的；更大的数请换用更大的单位，如万、亿。

Bad, `clerk.yaml` at 4:67::

    id: clerk
    title: Clerk
    kpis:
      - {id: sales, name: Sales, weight: 100, better: higher, target: 5000000000000, definition: Sum, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: sales, name: Sales, weight: 100, better: higher, target: 5000000, definition: Sum, source: Orders}
"""
