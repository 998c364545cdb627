"""Values are written out: there are no aliases.

An alias stands for a value that is written elsewhere, so that the line itself does not say what holds. Write the
value.

中文：请直接写出内容，不使用别名（`*名称`）。别名的内容写在别处，单看本行不知道规则是什么。请直接写出该值。

Bad, `clerk.yaml` at 4:66::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: *t , definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
