"""Sessions of Spark for tests: skipped with a word where Java or pyspark is missing, and quick on small tables."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_QUICK = """\
spark.ui.enabled                  false
spark.ui.showConsoleProgress      false
spark.sql.shuffle.partitions      2
spark.sql.warehouse.dir           {folder}/warehouse
spark.driver.host                 127.0.0.1
spark.driver.bindAddress          127.0.0.1
spark.driver.extraJavaOptions     -XX:TieredStopAtLevel=1 -Dderby.system.home={folder} \
-Dlog4j2.configurationFile=file:{folder}/log4j2.properties
{more}
"""

SMALL = """\
spark.sql.codegen.wholeStage      false
spark.sql.codegen.factoryMode     NO_CODEGEN
spark.sql.adaptive.enabled        false
"""
"""Small tables are done before a compiler would be, and need no second plan."""

CLUSTER = "local-cluster[2,1,1024]"
"""Two workers, each a process of its own with one core and 1024 MB."""

pytestmark = pytest.mark.filterwarnings("ignore")
"""The mark of a module that uses Spark, which warns of what it imports and leaves open."""


def skip_without_spark() -> None:
    """Skip a test where Spark cannot run, and say what is missing."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is missing: pip install 'kpicard[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Java is missing: Spark needs Java 17 or newer on the path")


def configured(folder: Path, more: str = SMALL) -> dict[str, str]:
    """Return the environment in which Spark finds its settings in `folder`."""
    text = _QUICK.format(folder=folder, more=more)
    (folder / "spark-defaults.conf").write_text(text, "utf-8")
    quiet = files("kpicard.spark").joinpath("log4j2.properties").read_text("utf-8")
    (folder / "log4j2.properties").write_text(quiet, "utf-8")
    return {"SPARK_CONF_DIR": str(folder)}


@contextmanager
def a_worker_killed(spark: SparkSession) -> Iterator[list[int]]:
    """Kill a worker's process while it runs a task; give the list of those that were killed so."""
    killed: list[int] = []
    over = Event()
    with ThreadPoolExecutor(1) as threads:
        killer = threads.submit(_kill, spark, killed, over)
        try:
            yield killed
        finally:
            over.set()
        killer.result()


def _kill(spark: SparkSession, killed: list[int], over: Event) -> None:
    while not over.is_set():
        for worker in _workers(spark):
            if worker.isActive() and worker.activeTasks():
                pid = _pid(spark, worker.id())
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
        time.sleep(0.02)


def _workers(spark: SparkSession) -> list[Any]:
    """Return what Spark's driver knows of its workers, without itself."""
    found = spark.sparkContext._jsc.sc().statusStore().executorList(False)  # noqa: SLF001 - the Python API does not tell
    return [worker for worker in map(found.apply, range(found.size())) if worker.id() != "driver"]


def _pid(spark: SparkSession, id_: str) -> int:
    """Return the process of a worker, which the driver started."""
    java: Any = spark.sparkContext._jvm  # noqa: SLF001 - likewise
    driver = java.java.lang.ProcessHandle.current().pid()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        parent = stat.read_text().rpartition(")")[2].split()[1]
        words = stat.with_name("cmdline").read_bytes().decode().split("\0")
        if parent == str(driver) and "--executor-id" in words and words[words.index("--executor-id") + 1] == id_:
            return int(stat.parent.name)
    message = f"worker {id_} has no process"
    raise LookupError(message)
