"""A value is of the kind that its key asks for.

A list or a map stands where a text or a number is expected, or nothing stands where something must.

中文：值的类型必须与键相符。例如该写文本或数字的地方写了列表或映射，或者该填写的地方空着。

Bad, `clerk.yaml` at 2:8::

    id: clerk
    title: [Clerk]
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
