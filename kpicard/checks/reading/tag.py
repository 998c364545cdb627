"""Values have no tags.

What is a number and what a text is known from the key, so that `!!str` and the like say nothing. Delete the tag.

中文：内容不使用标签。各键的值是数字还是文本早有规定，无需 `!!str` 之类的标签，请删除。

Bad, `clerk.yaml` at 2:8::

    id: clerk
    title: !!str Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
