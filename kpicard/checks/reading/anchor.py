"""Values are written out: there are no anchors.

An anchor makes a value change where nobody looks for it, and the reviewer of one KPI would have to read all. Write
the value at each place.

中文：请直接写出内容，不使用锚点（`&名称`）。锚点会使一处修改影响别处，审阅者难以察觉。请在每处分别写出。

Bad, `clerk.yaml` at 4:66::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: &t 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
