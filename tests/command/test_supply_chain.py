"""What the product is made of and what it touches: few packages, no network, no code out of data, no other files."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from kpicard.engines.duckdb import connect
from tests.fault_runs import MONTH, ROLES, ROOT, WRITERS, environment

Run = Callable[..., subprocess.CompletedProcess[str]]

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "load_extension", "install_extension"}
FORBIDDEN_MODULES = {
    *("pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"),  # code out of data
    *("socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib"),
    *("asyncio", "xmlrpc", "telnetlib", "socketserver", "webbrowser"),
}


def _nodes() -> Iterator[tuple[Path, ast.AST]]:
    for file in sorted((ROOT / "kpicard").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            yield file, node


def test_no_code_is_made_of_data() -> None:
    """No `eval`, no pickle, no loader of YAML's objects, no shell."""
    found: list[tuple[str, str]] = []
    for file, node in _nodes():
        if isinstance(node, ast.Call):
            called = node.func
            name = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            is_pattern = (
                isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
            )
            is_page = name == "compile" and file.name == "pdf.py"  # Typst sets a template of ours from data
            if name in FORBIDDEN_CALLS and not is_pattern and not is_page:
                found.append((file.name, name))
            if any(each.arg == "shell" for each in node.keywords):
                found.append((file.name, "shell"))
        elif isinstance(node, ast.Attribute) and re.fullmatch("((safe|full|unsafe)_)?load(_all)?", node.attr):
            found.append((file.name, node.attr))
    assert [] == found


def test_no_module_for_the_network_or_for_code_out_of_data_is_imported() -> None:
    found = []
    for file, node in _nodes():
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        found += [(file.name, name) for name in names if {name, name.partition(".")[0]} & FORBIDDEN_MODULES]
    assert [] == found


def test_every_dependency_is_explained() -> None:
    """In SECURITY.md: those that everybody has, and those of the extras for users."""
    extras = PROJECT["optional-dependencies"]
    for requirement in (*PROJECT["dependencies"], *extras["excel"], *extras["frames"], *extras["spark"]):
        name = re.split("[><=]", requirement)[0]
        assert re.search(rf"^\| {name} \|", SECURITY, re.MULTILINE | re.IGNORECASE), name
    assert 7 == len(PROJECT["dependencies"])


def test_every_range_has_a_lower_end() -> None:
    """So that both ends of what is allowed can be tried: `.ci/floors` runs the tests on the lower one."""
    for requirement in PROJECT["dependencies"]:
        assert re.fullmatch(r"[a-z0-9]+>=[0-9.]+", requirement)


def test_the_engine_fetches_nothing() -> None:
    """Neither extensions, which it would load as code, nor tables by their addresses."""
    database = connect()
    for setting in (
        *("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"),
        *("allow_persistent_secrets", "python_enable_replacements"),
    ):
        assert [(False,)] == database.execute(f"SELECT CAST(current_setting('{setting}') AS BOOLEAN)").fetchall()
    for address in ("https://localhost/a.csv", "s3://bucket/a.parquet", "hf://datasets/a/b.csv"):
        with pytest.raises(duckdb.Error) as caught:
            database.execute(f"FROM '{address}'")
        assert "download" not in str(caught.value).lower()


@pytest.mark.parametrize(
    "address",
    ["https://localhost/2026-10.csv", "s3://bucket/*.csv", "hf://datasets/a/2026-10.parquet", "ftp://x/y.xlsx"],
)
def test_an_address_is_refused(kpicard: Run, address: str) -> None:
    """As a file of actuals, and as a roster."""
    done = kpicard("score", address, "--roles", ROLES)
    assert 2 == done.returncode
    assert f"{address}: error: this is an address; only files on this machine are read [remote-path]" in done.stderr


# What a run does, as the system sees it: sockets, and files that are opened to be written or are moved.
TRACE = (
    "trace=socket,connect,bind,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link"
)
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^(creat|mkdir|rename|unlink|link)")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.xlsx", "out.html", "trend.md", "fill-in.xlsx"])
def test_a_run_opens_no_socket_and_writes_nowhere_else(tmp_path: Path, name: str) -> None:
    """Python, the engine and all other packages together: the output, and the folder for temporary files."""
    work, temporary, home = tmp_path / "work", tmp_path / "temporary", tmp_path / "home"
    for folder in (work, temporary, home):
        folder.mkdir()
    log = tmp_path / "log"
    words = [str(shutil.which("strace")), "-f", "-qq", "-y", "-e", TRACE, "-o", str(log)]
    words += [sys.executable, "-m", "kpicard", *WRITERS[name]]
    env = {**environment(temporary), "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=work, env=env, capture_output=True, check=False, timeout=300)
    if not log.exists() or b"PTRACE" in done.stderr:
        pytest.skip("strace may not trace here")
    assert 0 == done.returncode
    calls = [line.split(maxsplit=1)[1] for line in log.read_text("utf-8", "replace").splitlines()]
    assert any(call.startswith("openat") for call in calls)
    assert [] == [call for call in calls if re.match("socket|connect|bind", call)]
    written = [call for call in calls if _WRITES.search(call) and "= -1" not in call]
    places = tuple(map(str, (work, temporary)))
    assert written
    for call in written:
        paths = re.findall(r'"((?:[^"\\]|\\.)*)"', call)
        assert all(path == os.devnull or path.startswith(places) or not path.startswith("/") for path in paths), call
    assert [] == [*home.iterdir(), *temporary.iterdir()]
    assert [name] == [path.name for path in work.iterdir()]


def test_the_month_of_the_traced_runs_is_there() -> None:
    assert Path(MONTH).is_file()
