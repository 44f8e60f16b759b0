"""What a clerk says of a register: its form, kept or proposed, corrections, the lists that it closes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from graph.errors import BadParameter
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.register.forms import Form, applied, best_kind, corrected, made_of, path_of, read_form
from graph.loading.register.headings import DROP, SKIP, Proposal, propose
from graph.loading.register.kinds import RegisterKind, find_kind
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import Sheet
from graph.model.vocabulary import Register

SHOWN = {SKIP: "不读", DROP: "不读（证件、联系方式不入库）", None: "？未识别，不读"}
"""What stands for a column that is not read."""


def sheets_of(file: Path) -> list[Sheet]:
    """The sheets of a file; raises `BadParameter` with what is wrong with it."""
    try:
        return read_sheets(file)
    except BadWorkbook as bad:
        raise BadParameter(f"{file}：{bad.zh}。", f"{file}: {bad.en}.", subject="file") from None


def take_form(
    sheets: list[Sheet],
    data_dir: Path,
    kind: str | None,
    name: str | None,
    corrections: Mapping[str, str],
    *,
    constants: Mapping[str, str] | None = None,
) -> tuple[Path, Form, list[Proposal]]:
    """The form of a file, kept or proposed, with its path and the sheets that it reads."""
    chosen = find_kind(kind) if kind else None
    if name is None:
        chosen = chosen or best_kind(sheets)
        if chosen is None:
            raise _no_heading(sheets)
        name = chosen.title
    path = path_of(data_dir, name)
    if path.exists():
        found = corrected(kept := read_form(path), find_kind(kept.kind), corrections, constants)
    else:
        chosen = chosen or best_kind(sheets)
        proposals = [p for s in sheets if chosen and (p := propose(s, chosen)) is not None]
        if chosen is None or not proposals:
            raise _no_heading(sheets)
        found = corrected(made_of(proposals, chosen), chosen, corrections, constants)
    read = [p for sheet in sheets if (p := applied(found, sheet)) is not None]
    if not read:
        raise _no_heading(sheets)
    return path, found, read


def what(kind: RegisterKind, field: str | None) -> str:
    """What a column is taken for, in words."""
    return SHOWN[field] if field in SHOWN else kind.shown(str(field))


def closed_lists(text: str | None, kind: RegisterKind) -> frozenset[str]:
    """Lists by their Chinese names; raises `BadParameter` for one that the register cannot close."""
    known = {subject: Register[subject].zh for subject in kind.complete}
    found = set()
    for word in re.split(r"[,，、;；]", text or ""):
        subject = next((s for s, zh in known.items() if word.strip() in (s, zh)), None)
        if subject is not None:
            found.add(subject)
        elif word.strip():
            listed = "、".join(known.values())
            raise BadParameter(
                f"{kind.title}不能列全“{word}”；可用：{listed}。",
                f"{kind.title} cannot be complete in {word!r}; known: {', '.join(known)}.",
                subject="complete",
            )
    return frozenset(found)


def _no_heading(sheets: list[Sheet]) -> BadParameter:
    names = "、".join(sheet.name for sheet in sheets) or "（空）"
    return BadParameter(
        f"前 15 行里找不到表头（工作表：{names}）；请说明是哪一类台账（--kind，接口为 register）。",
        f"no heading in the first 15 rows (sheets: {names}): say which register it is by --kind.",
        subject="file",
    )
