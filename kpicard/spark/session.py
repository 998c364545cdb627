"""A session of Spark to score in: started here, on a cluster by its master, or on a server of Spark Connect."""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Lacking = Literal["pyspark", "connect", "java"]
"""What is not installed: the extra, what Spark Connect needs beside it, or Java."""

_QUIET: Final = {
    "spark.ui.showConsoleProgress": "false",
}
"""What Spark would write between the problems; whoever configures Spark's logging has that."""

_PATIENCE: Final = 20
"""The seconds in which a server of Spark Connect must answer."""


class SparkLacksError(Exception):
    """Something that Spark needs is not installed."""

    def __init__(self, lacking: Lacking) -> None:
        super().__init__(lacking)
        self.lacking: Lacking = lacking


def reason_of(error: BaseException) -> str | None:
    """Return why Spark failed, in one line; None for an error that is not Spark's."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    if not isinstance(error, Py4JError | PySparkException):
        return None
    lines = [line for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith(("Caused by: ", ": "))]
    return (causes or lines or [type(error).__name__])[-1].removeprefix("Caused by: ").removeprefix(": ")


class NoSessionError(Exception):
    """Spark does not start, or cannot be reached; the text is Spark's reason, in one line."""


@contextmanager
def session(master: str | None = None, remote: str | None = None) -> Iterator[SparkSession]:
    """Give a session, and end it if it was started here.

    `master` is a cluster's as Spark takes it (`local[*]`, `spark://…`, `yarn`), `remote` a server's of Spark Connect
    (`sc://…`). Without either, the environment and Spark's own settings say where. Raises SparkLacksError and
    NoSessionError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the versions of what Spark would use for other things
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise SparkLacksError("pyspark") from None
        remote = remote or (None if master else os.environ.get("SPARK_REMOTE"))
        if not remote and not _has_java():
            raise SparkLacksError("java")
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # it repeats each error in JSON
        builder = SparkSession.builder.appName("kpicard")
        started = _remote(builder, remote) if remote else _started(_here(builder, master))
    try:
        yield started
    finally:
        started.stop()


def _here(builder: SparkSession.Builder, master: str | None) -> SparkSession.Builder:
    """Return the builder of a session that is started here; its log is quiet, unless Spark is set up elsewhere."""
    if master:
        builder = builder.master(master)
    if not {"SPARK_CONF_DIR", "SPARK_HOME"} & set(os.environ):
        for name, value in _QUIET.items():
            builder = builder.config(name, value)
        quiet = files("kpicard.spark").joinpath("log4j2.properties")
        builder = builder.config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile=file:{quiet}")
    return builder


def _remote(builder: SparkSession.Builder, remote: str) -> SparkSession:
    """Return a session of a server that answers: by itself, Spark's client tries for some ten minutes."""
    try:
        import grpc
        from pyspark.sql.connect.client import DefaultChannelBuilder
    except ImportError:  # pyspark says by it what Spark Connect lacks
        raise SparkLacksError("connect") from None
    if remote.startswith("sc://"):
        try:
            with DefaultChannelBuilder(remote).toChannel() as channel:
                grpc.channel_ready_future(channel).result(timeout=_PATIENCE)
        except grpc.FutureTimeoutError:
            message = f"no answer from {remote} within {_PATIENCE} s"
            raise NoSessionError(message) from None
        except Exception as error:
            raise NoSessionError(_first_line(error)) from error
    return _started(builder.remote(remote))


def _started(builder: SparkSession.Builder) -> SparkSession:
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise NoSessionError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=os.path.join(home, "bin") if home else None) is not None  # noqa: PTH118 - a search path
