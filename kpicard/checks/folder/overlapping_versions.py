"""Each version of a role, or of the department, begins in a month of its own.

A version holds from its `from` until the next one. Of two from the same month nobody can tell which holds.

中文：岗位或部门的各个版本，起始月份不能相同。每个版本自其 `from` 起生效，直到下一版本为止；两个版本自同一月份起，
就无法判断以哪个为准。

Bad, `clerk.2026-07.yaml`::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Bad, `clerk.yaml` at 2:7::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 25, definition: Hours, source: Orders}

Good, `clerk.2026-07.yaml`::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 25, definition: Hours, source: Orders}
"""
