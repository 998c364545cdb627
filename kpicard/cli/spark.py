"""`kpicard score --engine spark`: the same scores on Apache Spark, for actuals of any size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import typer

from kpicard import reports
from kpicard.cli.inputs import role_ids, roles_folder
from kpicard.cli.options import USED_WRONGLY, WrongUse, tell_error
from kpicard.cli.output import tell_written
from kpicard.cli.progress import shown
from kpicard.cli.scoring import Asked, finish, status_without_cards, tell_problems, write_problems_file
from kpicard.progress import Step
from kpicard.text import Both, printable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from kpicard.spark.output import Format
    from kpicard.text import Language

FORMATS: Final = ("csv", "parquet")

_NOT_ON_SPARK: Final = Both("is not there with --engine spark", "不能与 --engine spark 一起使用")
_NEEDS_OUTPUT: Final = Both(
    "Spark writes its result itself: name a folder, or table:NAME", "结果由 Spark 写出：请指定文件夹或 table:表名"
)
_FORMATS: Final = Both("Spark writes {known}, not {format}", "Spark 只能写出 {known}，不能写出 {format}")
_NO_STANDARD_INPUT: Final = Both("Spark does not read standard input", "Spark 不能读取标准输入")
_ONE_OF_BOTH: Final = Both("give --master or --remote, not both", "--master 和 --remote 请二选一")
_LACKING: Final = {
    "pyspark": Both(
        'scoring on Spark needs pyspark: pip install "kpicard[spark]"',
        '使用 Spark 计分需要 pyspark：pip install "kpicard[spark]"',
    ),
    "connect": Both(
        '--remote needs what Spark Connect needs: pip install "pyspark[connect]"',
        '--remote 需要 Spark Connect 的组件：pip install "pyspark[connect]"',
    ),
    "java": Both(
        "Spark needs Java 17 or newer on the path, or its folder in JAVA_HOME; or name a server: --remote sc://HOST",
        "Spark 需要 Java 17 或更高版本：请安装并加入 PATH 或设置 JAVA_HOME；或用 --remote sc://主机 指定服务器",
    ),
}
_NO_SESSION: Final = Both("Spark does not start: {reason}", "Spark 无法启动：{reason}")
_TAKEN: Final = Both(
    "there is something at {path} already, and Spark overwrites nothing", "{path} 已存在，Spark 不会覆盖已有内容"
)
_CANNOT_WRITE: Final = Both("cannot write {path}: {reason}", "无法写入 {path}：{reason}")
_FAILED: Final = Both("Spark failed: {reason}", "Spark 运行失败：{reason}")


def refuse_others(others: Mapping[str, object], inputs: Sequence[str], master: str | None, remote: str | None) -> None:
    """Refuse the options that are not there on Spark, by name and value."""
    for name, value in others.items():
        if value:
            raise WrongUse(_NOT_ON_SPARK, where=name)
    if "-" in inputs:
        raise WrongUse(_NO_STANDARD_INPUT, where="FILE")
    if master and remote:
        raise WrongUse(_ONE_OF_BOTH, where="--remote")


class SparkTo(NamedTuple):
    """Where the rows go, and in which format; and the problems."""

    format: str | None
    output: str | None
    problems_file: Path | None


def score_on_spark(
    asked: Asked, others: Mapping[str, object], to: SparkTo, *, master: str | None, remote: str | None
) -> None:
    """Score the inputs on Spark, which writes the rows; the problems go to standard error.

    Nothing is written where all is so wrong that there is no card: it would be in the way of the next run.
    """
    from kpicard.rules.load import load

    inputs, request, language = asked.actuals.files, asked.request, asked.language
    format_, output, problems_file = to
    refuse_others(others, inputs, master, remote)
    if not output or output == "table:":
        raise WrongUse(_NEEDS_OUTPUT, where="--output")
    if format_ not in {None, *FORMATS}:
        raise WrongUse(_FORMATS, where="--format", known=FORMATS, format=format_)
    meant = reports.SUFFIXES.get(PurePath(output).suffix.lower())
    if format_ is None and meant not in {None, *FORMATS}:
        raise WrongUse(_FORMATS, where="--output", known=FORMATS, format=meant)
    rules, problems = load(roles_folder(asked.roles_folder, language))
    with _session(master, remote, language) as spark:
        from kpicard.spark.output import format_of, refuse_taken, write
        from kpicard.spark.scorecards import score_request

        with _writing(output, language):
            refuse_taken(spark, output)
        with shown(language) as progress:
            wanted = replace(request, roles=role_ids(request.roles, rules))
            result = score_request(rules, inputs, wanted, spark, progress).with_problems(problems)
            is_written = not status_without_cards(result)
            if is_written:
                progress(Step("writing", output))
                with _writing(output, language):
                    write(result, output, cast("Format | None", format_) or format_of(output))
        if problems_file:
            write_problems_file(result.all_problems(), problems_file, language)
    tell_problems(result, language)
    if is_written:
        tell_written(printable(output), language, result.count)
    finish(result)


@contextmanager
def _session(master: str | None, remote: str | None, language: Language) -> Iterator[SparkSession]:
    """Give a session; where there is none, or where Spark fails, say so and end the command."""
    from kpicard.spark.session import NoSessionError, SparkLacksError, reason_of, session

    try:
        with session(master, remote) as spark:
            yield spark
    except SparkLacksError as error:
        tell_error(_LACKING[error.lacking], language)
        raise typer.Exit(USED_WRONGLY) from None
    except NoSessionError as error:
        tell_error(_NO_SESSION, language, reason=str(error))
        raise typer.Exit(USED_WRONGLY) from None
    except Exception as error:
        reason = reason_of(error)
        if reason is None:
            raise
        tell_error(_FAILED, language, reason=reason)
        raise typer.Exit(USED_WRONGLY) from None


@contextmanager
def _writing(output: str, language: Language) -> Iterator[None]:
    """Say why the output cannot be written, and end the command."""
    from kpicard.spark.output import NotWrittenError, TakenError

    try:
        yield
    except TakenError:
        tell_error(_TAKEN, language, path=output)
        raise typer.Exit(USED_WRONGLY) from None
    except NotWrittenError as error:
        tell_error(_CANNOT_WRITE, language, path=output, reason=str(error))
        raise typer.Exit(USED_WRONGLY) from None
