"""Registers in a department's own form: what their columns are, proposed, corrected and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.files import write_whole
from cli.output import console
from graph.errors import BadParameter
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.register.forms import (
    Form,
    applied,
    best_kind,
    corrected,
    form_text,
    made_of,
    path_of,
    read_form,
)
from graph.loading.register.headings import DROP, SKIP, Proposal, propose
from graph.loading.register.kinds import Kind, find_kind
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import Sheet, letters
from graph.settings import Settings

SHOWN = {SKIP: "不读", DROP: "不读（证件、联系方式不入库）", None: "？未识别，不读"}


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("register")(read_register)


def read_register(
    file: Annotated[Path, typer.Argument(help="台账文件 .xlsx .xls .ods .csv，原样 / a register as it is")],
    kind: Annotated[
        str | None, typer.Option(help="哪一类台账，如 小区台账；默认按表头判断 / kind of register")
    ] = None,
    form: Annotated[
        str | None, typer.Option(help="表样名称，默认同台账类别 / name under which the form is kept")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="更正一列：列名=内容，如 联络人=物业负责人；不读写“不读” / correct a column"),
    ] = None,
) -> None:
    """按单位自己的表样读台账：识别表头，列出每列是什么，存为表样。 Read a register in its own form."""
    sheets = _sheets(file)
    data_dir = Settings.from_environment().data_dir
    path, kept, proposals = take_form(sheets, data_dir, kind, form, _corrections(column or []))
    print_proposal(kept, proposals)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, form_text(kept, find_kind(kept.kind)).encode())
    console.print(
        f"表样存于 {path}；有误请改该文件，或用 --column 列名=内容 更正。/ The form is kept there.",
        highlight=False,
        markup=False,
    )


def take_form(
    sheets: list[Sheet], data_dir: Path, kind: str | None, name: str | None, corrections: dict[str, str]
) -> tuple[Path, Form, list[Proposal]]:
    """The form of a file, kept or proposed, with its path and the sheets that it reads."""
    chosen = find_kind(kind) if kind else None
    if name is None and chosen is None:
        chosen = best_kind(sheets)
    path = path_of(data_dir, name or (chosen.title if chosen else "?"))
    if path.exists():
        found = corrected(kept := read_form(path), find_kind(kept.kind), corrections)
    else:
        chosen = chosen or best_kind(sheets)
        proposals = [p for s in sheets if chosen and (p := propose(s, chosen)) is not None]
        if chosen is None or not proposals:
            raise _no_heading(sheets)
        found = corrected(made_of(proposals, chosen), chosen, corrections)
    read = [p for sheet in sheets if (p := applied(found, sheet)) is not None]
    if not read:
        raise _no_heading(sheets)
    return path, found, read


def print_proposal(form: Form, proposals: list[Proposal]) -> None:
    """What each column is taken for, with values from it."""
    kind = find_kind(form.kind)
    for proposal in proposals:
        table = Table(title=f"{form.kind}：{proposal.sheet.name}，表头第 {proposal.last + 1} 行")
        for heading in ("列", "表头", "作为", "样例"):
            table.add_column(heading, overflow="fold")
        for column in proposal.columns:
            table.add_row(
                letters(column.index), column.heading, _what(kind, column.field), "；".join(column.samples)
            )
        console.print(table)


def _what(kind: Kind, field: str | None) -> str:
    return SHOWN[field] if field in SHOWN else kind.shown(str(field))


def _sheets(file: Path) -> list[Sheet]:
    try:
        return read_sheets(file)
    except BadWorkbook as bad:
        raise BadParameter(f"{file}：{bad.zh}。", f"{file}: {bad.en}.", subject="file") from None


def _corrections(given: list[str]) -> dict[str, str]:
    parted = [text.replace("＝", "=").rpartition("=") for text in given]
    for heading, _, word in parted:
        if not heading or not word:
            raise BadParameter("--column 写作 列名=内容。", "--column is HEADING=FIELD.", subject="column")
    return {heading.strip(): word.strip() for heading, _, word in parted}


def _no_heading(sheets: list[Sheet]) -> BadParameter:
    names = "、".join(sheet.name for sheet in sheets) or "（空）"
    return BadParameter(
        f"前 15 行里找不到表头（工作表：{names}）；请用 --kind 说明是哪一类台账。",
        f"no heading in the first 15 rows (sheets: {names}): say which register it is by --kind.",
        subject="file",
    )
