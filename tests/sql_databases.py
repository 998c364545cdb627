"""The databases that run what `kpicard sql` prints, each by its own command, as its users do."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

Row = Mapping[str, str | None]

TEXTS: Mapping[str, str] = dict.fromkeys(("period", "employee", "role", "kpi", "actual", "target"), "VARCHAR(200)")
"""A table of actuals whose columns are all texts."""

_TOOLS = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
_SERVERS = os.pathsep.join([*map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"))), _TOOLS])
_SCORES = ["period", "employee", "role", "kpi", "weight"]


@dataclass(frozen=True)
class Found:
    """What a script shows."""

    problems: list[Row]
    scores: list[Row]


@dataclass(frozen=True)
class Table:
    """A table of actuals as a CSV file, and the types of its columns."""

    file: Path
    types: Mapping[str, str]

    @property
    def columns(self) -> str:
        return ", ".join(f"{name} {kind}" for name, kind in self.types.items())

    @property
    def casts(self) -> str:
        return ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in self.types.items())


Scored = Callable[[str, Table], Found]
"""Runs a script on a table that is called `actuals`."""


def table(folder: Path, rows: Sequence[Sequence[str]], types: Mapping[str, str] = TEXTS) -> Table:
    """Write the rows of a table of actuals."""
    file = folder / "actuals.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([list(types), *rows])
    return Table(file, types)


def run(*command: str | Path, env: Mapping[str, str] | None = None, stdin: str | None = None) -> str:
    """Run a command that must go well; return what it prints."""
    done = subprocess.run(
        list(map(str, command)),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PATH": _TOOLS, **(env or {})},
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def in_duckdb(folder: Path) -> Scored:
    """Return what runs scripts by DuckDB's command."""
    if not shutil.which("duckdb", path=_TOOLS):
        pytest.skip("DuckDB's command is not there: pip install duckdb-cli")

    def scored(script: str, actuals: Table) -> Found:
        warehouse = folder / "warehouse.duckdb"
        warehouse.unlink(missing_ok=True)
        read = f"SELECT {actuals.casts} FROM read_csv('{actuals.file}', all_varchar = true)"
        run("duckdb", warehouse, "-c", f"CREATE TABLE actuals AS {read}")
        return _read(csv.reader(run("duckdb", "-bail", "-csv", warehouse, stdin=script).splitlines()), null="NULL")

    return scored


def in_spark(folder: Path) -> Scored:
    """Return what runs scripts by Spark's command, on this machine."""
    spark = shutil.which("spark-sql", path=_TOOLS)
    if not spark or not shutil.which("java", path=_TOOLS):
        pytest.skip("Spark is not there: it needs Java, and pip install pyspark")

    def scored(script: str, actuals: Table) -> Found:
        first, file = folder / "first.sql", folder / "kpicard.sql"
        source = f"USING csv OPTIONS (path '{actuals.file}', header 'true')"
        first.write_text(
            f"CREATE TEMPORARY VIEW source {source}; "
            f"CREATE TEMPORARY VIEW actuals AS SELECT {actuals.casts} FROM source;",
            "utf-8",
        )
        file.write_text(script, "utf-8")
        settings = {
            "spark.sql.cli.print.header": "true",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.sql.catalogImplementation": "in-memory",
        }
        options = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
        where = {"PATH": os.pathsep.join([str(Path(spark).parent), _TOOLS]), "SPARK_LOCAL_IP": "127.0.0.1"}
        shown = run("spark-sql", "--master", "local[2]", *options, "-i", first, "-f", file, env=where)
        lines = [line.split("\t") for line in shown.splitlines()]
        return _read(iter(lines), null="NULL")

    return scored


def in_postgres(server: Path, folder: Path) -> Scored:
    """Return what runs scripts by PostgreSQL's command, on a server that listens in a folder."""

    def scored(script: str, actuals: Table) -> Found:
        def psql(*words: str | Path, text: str | None = None) -> str:
            options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(server), "-U", "postgres"]
            return run("psql", *options, *words, stdin=text, env={"PGCLIENTENCODING": "UTF8"})

        psql("-c", f"DROP TABLE IF EXISTS actuals CASCADE; CREATE TABLE actuals ({actuals.columns})")
        psql(text=f"\\copy actuals FROM '{actuals.file}' CSV HEADER\n")
        file = folder / "kpicard.sql"
        file.write_text(script, "utf-8")
        return _read(csv.reader(psql("--csv", "-P", "null=NULL", "-f", file).splitlines()), null="NULL")

    return scored


def postgres_server(folder: Path) -> Iterator[Path]:
    """Start a PostgreSQL server of one's own, which listens in a folder alone; stop it afterwards."""
    if not shutil.which("initdb", path=_SERVERS) or not shutil.which("psql", path=_TOOLS):
        pytest.skip("PostgreSQL's server is not there: apt-get install postgresql")
    where = {"PATH": _SERVERS, "LC_ALL": "C.UTF-8"}
    as_somebody: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        as_somebody = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run(*as_somebody, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", env=where)
    settings = f"-k {folder} -c listen_addresses= -c fsync=off"
    run(*as_somebody, "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start", env=where)
    try:
        yield folder
    finally:
        run(*as_somebody, "pg_ctl", "-D", data, "-m", "immediate", "stop", env=where)


def _read(lines: Iterator[list[str]], *, null: str) -> Found:
    """Return the rows of both tables that a script shows, each below its heading."""
    problems: list[Row] = []
    scores: list[Row] = []
    heading: list[str] = []
    for line in lines:
        if line[:1] == ["problem"] or line[:5] == _SCORES:
            heading = line
        elif heading and line != ["Response code"]:  # what Spark heads a statement without rows by
            cells = [None if cell in {"", null} else cell for cell in line]
            (problems if heading[0] == "problem" else scores).append(dict(zip(heading, cells, strict=True)))
    return Found(problems, scores)
