"""A file of rules holds something.

A file with nothing in it, or with comments only, is more likely a save that failed than a role without rules.

中文：规则文件不能为空。只有空白或注释的文件，多半是保存出了问题，而不是真的没有规则。

Bad, `clerk.yaml` at 1:1::

    # to be written

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
