"""What is changed in Python, one node at a time: operators, conditions, constants, returns; and SQL inside of texts."""

from __future__ import annotations

import ast
import copy
import re
from typing import Final

from tests.mutation.sql_mutants import sql_changes

_SQL: Final = re.compile(r"\b(SELECT|CREATE|CASE WHEN|LEFT JOIN|WHERE)\b")

_COMPARE: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_BINARY: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NAMES: Final = {"min": "max", "max": "min", "floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}

Change = tuple[int, int, str]


class Changes(ast.NodeVisitor):
    """Collects the changes of a module, each from where to where in bytes, and by what."""

    def __init__(self, source: bytes) -> None:
        self.found: list[Change] = []
        self._source = source
        lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def _replace(self, node: ast.expr | ast.stmt, new: ast.AST) -> None:
        text = ast.unparse(ast.fix_missing_locations(new))
        self.found.append((*self._span(node), f"({text})" if isinstance(node, ast.expr) else text))

    def visit_Compare(self, node: ast.Compare) -> None:
        for index, operator in enumerate(node.ops):
            for other in _COMPARE[type(operator)]:
                new = copy.deepcopy(node)
                new.ops[index] = other()
                self._replace(node, new)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _BINARY:
            new = copy.deepcopy(node)
            new.op = _BINARY[type(node.op)]()
            self._replace(node, new)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        new = copy.deepcopy(node)
        new.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._replace(node, new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self._replace(node, node.operand)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._replace(node, node.body)
        self._replace(node, node.orelse)
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._condition(test)
        self.generic_visit(node)

    def _condition(self, test: ast.expr) -> None:
        self._replace(test, ast.Constant(value=True))
        self._replace(test, ast.Constant(value=False))

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not isinstance(node.value, ast.Constant):
            self._replace(node.value, ast.Constant(value=None))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in _NAMES:
            self._replace(node.func, ast.Name(id=_NAMES[node.func.id]))
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node.value, ast.Call):
            self._replace(node, ast.Pass())
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._replace(node, ast.Pass())
        self.generic_visit(node)

    def visit_Break(self, node: ast.Break) -> None:
        self._replace(node, ast.Continue())

    def visit_Continue(self, node: ast.Continue) -> None:
        self._replace(node, ast.Break())

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._sql(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self._replace(node, ast.Constant(value=not node.value))
        elif isinstance(node.value, int):
            self._replace(node, ast.Constant(value=node.value + 1))
        elif isinstance(node.value, str) and not self._sql(node):
            self._replace(node, ast.Constant(value=f"{node.value}§" if node.value else "§"))

    def _sql(self, node: ast.expr) -> bool:
        """Change the SQL that a text is; return whether it is any."""
        start, end = self._span(node)
        text = self._source[start:end].decode()
        if not _SQL.search(text):
            return False
        for first, last, new in sql_changes(text):
            self.found.append((start + len(text[:first].encode()), start + len(text[:last].encode()), new))
        return True

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        is_alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
        if node.value is not None and not is_alias:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not (isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"):
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for each in (*node.args.defaults, *(each for each in node.args.kw_defaults if each), *node.body):
            self.visit(each)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.body:  # not its decorators: that a value is frozen is mypy's to see
            self.visit(each)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Nothing is changed in an import."""

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if not isinstance(node.value, ast.Name) or not node.value.id[:1].isupper():  # not one of a type
            self.visit(node.slice)


def python_changes(source: bytes) -> list[Change]:
    """Return the changes of a module, by their places."""
    changes = Changes(source)
    changes.visit(ast.parse(source))
    return sorted(set(changes.found))
