"""A comment switches off warnings only.

With an error there is no score, so that there is nothing to be switched off: mend it. What is said about such
comments themselves cannot be switched off by one either.

中文：注释只能关闭警告。有错误就无法计分，不能关闭，只能改正；对这类注释本身的提示也不能用注释关闭。

Bad, `clerk.yaml` at 3:26::

    id: clerk
    title: Clerk
    kpis:  # kpicard: ignore weights-not-100: to be decided
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
