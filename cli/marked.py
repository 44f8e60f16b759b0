"""The copy of a workbook or register that was refused, with what is wrong marked in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from cli.files import say_written, write_whole
from graph.errors import BadParameter
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.marks import mark_findings
from graph.loading.findings import DeliveryRejected, Finding

MARKED = ".错误.xlsx"


@contextmanager
def marked_copy(
    path: Path, target: Path | None, mark: Callable[[Path, Sequence[Finding]], bytes] = mark_findings
) -> Iterator[None]:
    """Where a file is refused, write a copy with the findings in it; it stays refused."""
    try:
        yield
    except DeliveryRejected as error:
        if path.is_file():
            copy = target or path.with_name(f"{path.stem}{MARKED}")
            if copy.resolve() == path.resolve():
                raise BadParameter(
                    "--errors-to 不能是原文件。",
                    "--errors-to names the workbook itself.",
                    subject="errors_to",
                ) from None
            with suppress(BadWorkbook):
                written = write_whole(copy, mark(path, error.findings))
                zh = "标注了错误的副本，请在原件或副本中改正后重新导入"
                say_written(written, zh, "a copy with the errors marked")
        raise
