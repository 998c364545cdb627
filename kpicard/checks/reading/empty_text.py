"""A text that is there says something.

An empty text, or one of blanks, would leave a gap on the card. Fill it in, or delete the key where it is not needed.

中文：文本不能为空。空文本或只有空格的文本会在考核表上留下空白。请填写，或在不需要时删除该键。

Bad, `clerk.yaml` at 3:10::

    id: clerk
    title: Clerk
    purpose: ""
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
