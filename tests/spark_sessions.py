"""Sessions of Spark for tests: skipped with a word where Java or pyspark is missing, and quick on small tables."""

from __future__ import annotations

import importlib.util
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

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

INTERPRETED = """\
spark.sql.codegen.wholeStage      false
spark.sql.codegen.factoryMode     NO_CODEGEN
"""
"""Small tables are done before a compiler would be."""

pytestmark = pytest.mark.filterwarnings("ignore")
"""The mark of a module that uses Spark, which warns of what it imports and leaves open."""


def skip_without_spark() -> None:
    """Skip a test where Spark cannot run, and say what is missing."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is missing: pip install 'kpicard[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Java is missing: Spark needs Java 17 or newer on the path")


def configured(folder: Path, more: str = INTERPRETED) -> dict[str, str]:
    """Return the environment in which Spark finds its settings in `folder`."""
    text = _QUICK.format(folder=folder, more=more)
    (folder / "spark-defaults.conf").write_text(text, "utf-8")
    quiet = files("kpicard.spark").joinpath("log4j2.properties").read_text("utf-8")
    (folder / "log4j2.properties").write_text(quiet, "utf-8")
    return {"SPARK_CONF_DIR": str(folder)}
