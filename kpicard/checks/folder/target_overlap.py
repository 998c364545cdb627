"""No target begins when a newer version of the role holds already.

A version's targets hold until the next version. A later one in the older file would be passed over, and whoever wrote
it would not know. Move it to the newer version, or delete it.

中文：目标值的起始月份必须早于下一版本的起始月份。旧版本的目标值只沿用到下一版本为止，
写在旧文件中的更晚的目标值不会生效，填写的人却不知道。请移到新版本中，或删除。

Bad, `clerk.yaml` at 4:80::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: {2026-01: 30, 2026-08: 25},
         definition: Hours, source: Orders}

Bad, `clerk.2026-07.yaml`::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 28, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.2026-07.yaml`::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: {2026-07: 28, 2026-08: 25},
         definition: Hours, source: Orders}
"""
