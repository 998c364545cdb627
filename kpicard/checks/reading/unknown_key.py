"""Every key is one that is known at its place.

A key that is misspelled would be left out without a word: a `wieght` is no weight. The hint names the nearest key, or
all that are known there.

中文：每个键都必须是该处可用的键。拼错的键若被忽略，规则就少了一项，例如 `wieght` 不是权重。提示会给出最接近的键，
或列出全部可用的键。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    purpos: Order entry
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    purpose: Order entry
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
