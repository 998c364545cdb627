"""Keys are written out: there is no merge key.

With `<<` a KPI gets keys that its own lines do not show. Write them out.

中文：请直接写出各个键，不使用合并键 `<<`。合并键带来的内容在本行看不到，请逐一写出。

Bad, `clerk.yaml` at 4:6::

    id: clerk
    title: Clerk
    kpis:
      - {<<: {unit: s}, id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours,
         source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {unit: s, id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours,
         source: Orders}
"""
