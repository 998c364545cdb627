"""A comment that switches a check off names one that there is.

`kpicard validate --list` names them all; the hint names the nearest.

中文：用注释关闭检查时，所写的检查必须存在。`kpicard validate --list` 可列出全部检查；提示会给出最接近的一个。

Bad, `clerk.yaml` at 2:33::

    id: clerk
    title: Clerk  # kpicard: ignore extreme-wait: the law asks for it
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 47, better: lower, target: 2, definition: Count, source: Orders}
      # kpicard: ignore extreme-weight: the law asks for it
      - {id: returns, name: Returns, weight: 3, better: lower, target: 9, definition: Count, source: Orders}
"""
