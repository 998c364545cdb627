"""A key is a plain word.

A list or a map in the place of a key is nearly always a pair of brackets too many, as in `{{shop}}`.

中文：键必须是普通文本。列表或映射出现在键的位置，几乎都是多写了一层括号，例如 `{{shop}}`。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    [speed]: 30
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
