"""A comment that switches a check off says which one, and why.

Whoever reads the file next year must be able to tell whether the reason still holds.

中文：用注释关闭检查时，必须写明是哪项检查以及原因。以后的读者才能判断这个原因是否仍然成立。

Bad, `clerk.yaml` at 4:90::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours}  # kpicard: ignore no-source

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      # kpicard: ignore no-source: counted by hand
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours}
"""
