"""Where there are fixed words to choose from, one of them is used.

`better` is `higher`, `lower` or `within`; `method` is `ratio`, `linear` or `bands`; `axis` is `actual` or
`attainment`.

中文：有固定选项的键只能从选项中选择。`better` 为 `higher`、`lower` 或 `within`；`method` 为 `ratio`、
`linear` 或 `bands`；`axis` 为 `actual` 或 `attainment`。

Bad, `clerk.yaml` at 4:51::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: less, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
