"""An id is in lower case, with single hyphens between its words.

Ids are in file names, CSV columns and commands: letters a-z and digits only, at most 64 characters. What people read
is the `title` or the `name`, which may be anything.

中文：标识只能用小写字母、数字和单个连字符。标识会出现在文件名、CSV 表头和命令中，最多 64 个字符；
供人阅读的名称写在 `title` 或 `name` 中，不受此限。

Bad, `clerk.yaml` at 4:10::

    id: clerk
    title: Clerk
    kpis:
      - {id: order_speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: order-speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
