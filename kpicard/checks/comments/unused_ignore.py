"""A comment that switches a check off has something to switch off.

The warning is gone, or stands at another line: delete the comment, or move it to the end of that line or right above
it.

中文：用注释关闭的警告，在该行必须确实存在。警告已不存在，或不在这一行：请删除注释，或移到相应行的末尾或正上方。

Bad, `clerk.yaml` at 4:21::

    id: clerk
    title: Clerk
    kpis:
      # kpicard: ignore no-source: counted by hand
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      # kpicard: ignore no-source: counted by hand
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours}
"""
