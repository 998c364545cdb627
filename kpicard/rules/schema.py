"""JSON Schema of the two kinds of rules file, for editors and for other validators.

It is made from the very models that read the files, so that it cannot say anything else than they do. What hangs on
several fields, such as weights that sum to 100, no schema can say: that is for `kpicard validate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kpicard.messages import chinese_of
from kpicard.rules.fields import NUMBER, Model, field_docs
from kpicard.rules.models import Department, Role

SCHEMAS: Final[Mapping[str, type[Model]]] = MappingProxyType({"role": Role, "department": Department})
"""The kinds of rules file."""

_SCALARS: Final = ["string", "number", "boolean"]
"""A text may be written without quotes where YAML takes it for something else: `title: 2026`."""

_BOUNDS: Final = {"gt": "exclusiveMinimum", "ge": "minimum", "le": "maximum"}
"""What JSON Schema calls pydantic's bounds, which it leaves as they are on a value that is read by a function."""


_USE: Final = "The id of a KPI that roles share, in kpis.yaml; what differs stands beside it."


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of rules file: `role` or `department`."""
    made = SCHEMAS[kind].model_json_schema(by_alias=True, schema_generator=_Generator)
    docs = field_docs()
    if "Kpi" in made["$defs"]:
        kpi = made["$defs"]["Kpi"]
        needed = [key for key in kpi.pop("required") if key != "weight"]
        ways = [["use"], [*needed, "weight"], [*needed, "section"]]  # the weight may follow from its section's
        kpi["anyOf"] = [{"required": way} for way in ways]
    for name, model in {SCHEMAS[kind].__name__: made, **made["$defs"]}.items():
        fields = model["properties"]
        model["properties"] = {key: {"description": docs[name][key], **field} for key, field in fields.items()}
    if "Kpi" in made["$defs"]:
        made["$defs"]["Kpi"]["properties"]["use"] = {"description": _USE, "type": "string"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"kpicard {kind}", **_tidy(made)}


class _Generator(GenerateJsonSchema):
    """Says what is written in a file, where pydantic would say what Python holds."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic's signature
        """Return what a number is, in quotes or not."""
        return dict(NUMBER)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Return what a text is, in quotes or not."""
        return {**super().str_schema(schema), "type": _SCALARS}


def _tidy(made: Any) -> Any:
    """Return a schema without the titles and defaults that only repeat names and Python's values."""
    if isinstance(made, list):
        return [_tidy(each) for each in made]
    if not isinstance(made, dict):
        return made
    names = {"properties", "$defs"}
    return {
        _BOUNDS.get(key, key): {name: _tidy(inner) for name, inner in each.items()} if key in names else _tidy(each)
        for key, each in made.items()
        if key not in {"title", "default"}
    }


def in_chinese(schema: Any) -> Any:
    """Return a schema with its descriptions in Chinese."""
    if isinstance(schema, list):
        return [in_chinese(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: chinese_of("schema").get(" ".join(value.split()), value)
        if key == "description" and isinstance(value, str)
        else in_chinese(value)
        for key, value in schema.items()
    }
