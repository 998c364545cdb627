"""Values are nested at most 32 levels deep.

No rule needs more than seven. What is deeper is a slip of brackets, or made to bring a parser down.

中文：内容嵌套不得超过 32 层。规则最多只需七层，更深的多半是括号写错，或有意使程序崩溃。

Bad, `clerk.yaml` at 1:39::

    title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Clerk]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
