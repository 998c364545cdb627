"""The department is there only once, or its versions begin in different months.

Of two grade scales nobody can tell which holds. Keep one, or give the newer one a `from`.

中文：部门文件只能有一份，或各版本的起始月份不同。有两套等级标准时，无法判断以哪套为准。请只保留一个，
或为较新的一份填写 `from`。

Bad, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]

Bad, `department.yml` at 1:1::

    title: Shop
    grades: [{grade: A, from: 80, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
"""
