"""`kpicard schema`: JSON Schema of the rules files, for editors."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kpicard.cli.options import Lang, environment_language, one_of

EXAMPLES = """\b
Examples:
  kpicard schema role >role.schema.json
  kpicard schema department >department.schema.json

\b
In a role's file, for editors with the YAML language server:
  # yaml-language-server: $schema=role.schema.json"""

KINDS = ("role", "department")


def schema(
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), parser=one_of(KINDS), help="The kind of rules file.")],
    lang: Lang = None,
) -> None:
    """Print the JSON Schema of a role's file, or of the department's."""
    from kpicard.rules.schema import schema as schema_of

    made = schema_of(kind)
    if (lang or environment_language()) == "zh":
        from kpicard.rules.schema import in_chinese

        made = in_chinese(made)
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))
