"""A file holds one document.

What stands below a second `---` would not be read by most programs. Make it a file of its own, or delete the line.

中文：一个文件只能有一个 YAML 文档。第二个 `---` 之后的内容会被许多程序忽略。请另存为单独的文件，或删除该行。

Bad, `clerk.yaml` at 5:1::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    ---
    id: packer

Good, `clerk.yaml`::

    ---
    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
