"""What each field of the rules is, from the text below it in its model.

Pydantic could read these texts too, but for every command; here they are read for the one that shows them.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent

from kpicard.rules.fields import Model


def field_docs() -> dict[str, dict[str, str]]:
    """Return by the names of all models what each key of a file is."""
    return {model.__name__: dict(_docs(model)) for model in _below(Model)}


def _below(model: type[Model]) -> Iterator[type[Model]]:
    for each in model.__subclasses__():
        yield each
        yield from _below(each)


def _docs(model: type[Model]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a model and of those that it builds on, with the texts below them."""
    for each in model.__mro__:
        if issubclass(each, Model):
            (definition,) = ast.parse(dedent(inspect.getsource(each))).body
            for field, below in pairwise(getattr(definition, "body", ())):
                match field, below:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                        yield model.model_fields[name].alias or name, inspect.cleandoc(text)
