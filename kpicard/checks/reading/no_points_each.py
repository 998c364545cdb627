"""An adjustment has points for each.

With `points_each: 0` it would never change a total, however many are counted.

中文：加减分项必须写明每项的分值。`points_each: 0` 无论计数多少都不影响总分。

Bad, `clerk.yaml` at 6:51::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    adjustments:
      - {id: ideas, name: Ideas adopted, points_each: 0}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    adjustments:
      - {id: ideas, name: Ideas adopted, points_each: 2}
"""
