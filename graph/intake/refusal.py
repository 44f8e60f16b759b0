"""What a refused delivery leaves: sentences, findings in files, the copy with errors marked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.appointments.sheets.read import SheetRejected
from graph.errors import GraphError
from graph.intake.kept import FINDINGS, MARKED, finding_rows, write_rows
from graph.intake.order import Order
from graph.intake.unpack import UNPACKED
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.marks import mark_findings
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.register.deliver import OpenQuestions
from graph.loading.register.marked import mark_register
from graph.loading.undo import UndoRefused


def message_of(order: Order, error: GraphError) -> dict[str, Any]:
    """The last line that the worker says of a refusal: code, sentences, open questions, findings."""
    said: dict[str, Any] = {"code": error.code, "zh": _shown(order, error.zh), "en": _shown(order, error.en)}
    if isinstance(error, OpenQuestions):
        said["questions"] = [asdict(q) for q in error.questions]
    return {"error": said, **_write_details(order, error)}


def _shown(order: Order, text: str) -> str:
    """A sentence with the name of what was handed in, not with where it lies."""
    for path in (str(order.file(UNPACKED)), order.path):
        text = text.replace(path, order.name) if path else text
    return text


def _write_details(order: Order, error: GraphError) -> dict[str, Any]:
    """Write the findings of a refusal into files; for each level its first row and how many, if any."""
    if isinstance(error, UndoRefused):
        found = [Finding("", 0, "", "", zh, en) for zh, en in error.reasons]
    elif isinstance(error, DeliveryRejected):
        found = error.findings
    elif isinstance(error, SheetRejected):
        # Its marked copy is there already: it has the form of the answer.
        found = error.found.findings
        return {"findings": write_rows(Path(order.out), FINDINGS, finding_rows(found)), "marked": True}
    else:
        return {}
    ranges = write_rows(Path(order.out), FINDINGS, finding_rows(found))
    marked = False
    own = order.register is not None or order.task == "answers"
    mark = mark_register if own else mark_findings
    if isinstance(error, DeliveryRejected) and (
        mark is mark_register or order.path.lower().endswith(".xlsx")
    ):
        with suppress(BadWorkbook):
            order.file(MARKED).write_bytes(mark(Path(order.path), found))
            marked = True
    return {"findings": ranges, "marked": marked}
