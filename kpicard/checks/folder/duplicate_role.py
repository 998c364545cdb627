"""A role is there only once, or its versions begin in different months.

Of two files for one role nobody can tell which holds. Keep one, or give the newer one a `from`.

中文：同一岗位只能有一份，或各版本的起始月份不同。两个文件写同一岗位时，无法判断以哪个为准。请只保留一个，
或为较新的一份填写 `from`。

Bad, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Bad, `clerk.yml` at 1:1::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 25, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
