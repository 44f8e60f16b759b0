"""A form: which column of a department's sheet is what, kept as TOML in the data folder.

The next delivery uses it without a question; the file may be corrected by hand.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.characters import forbidden_in
from graph.errors import BadParameter
from graph.loading.register.headings import (
    DROP,
    LEAST,
    SHEET_HEADING,
    SHEET_NAME,
    SKIP,
    HeadingColumn,
    HeadingProposal,
    columns_of,
    headed,
    known_as,
    may_be_read,
    meant,
    propose,
    said_by_sheet,
    sampled,
)
from graph.loading.register.kinds import RegisterKind, find_kind, kinds, several
from graph.loading.register.shown import ShownSheet
from graph.model.vocabulary import Register
from graph.spelling import fold

FOLDER = "forms"
SPLIT = "、,，;；/|\n"
"""What stands between several names in one cell."""
WORDS = {"不读": SKIP, "不读取": SKIP, "-": SKIP, SKIP: SKIP, DROP: DROP}
_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|.]{1,60}")


@dataclass(frozen=True)
class Form:
    """`columns` maps headings to fields; `constants` are fields of all rows that do not say them.

    `complete` are by area the lists that its register is known to close.
    """

    kind: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    split: str = SPLIT
    complete: Mapping[str, frozenset[str]] = field(default_factory=dict)


def path_of(data_dir: Path, name: str) -> Path:
    """Where a form of this name is kept; raises `BadParameter` for a name that is no file's."""
    if _NAME.fullmatch(name) is None or forbidden_in(name):
        raise BadParameter(
            f"名称“{name}”不能作文件名。", f"{name!r} cannot be the name of a file.", subject="form"
        )
    return data_dir / FOLDER / f"{name}.toml"


def read_form(path: Path) -> Form:
    """A form as it was kept or corrected; raises `BadParameter` with what is wrong in it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
        kind = find_kind(str(raw["kind"]))
        columns = {str(h): _field(kind, str(f)) for h, f in raw["columns"].items()}
        constants = {_field(kind, str(f)): str(value) for f, value in raw.get("constants", {}).items()}
        complete = {str(area): _lists(kind, said) for area, said in raw.get("complete", {}).items()}
        return Form(kind.title, columns, constants, str(raw.get("split", SPLIT)), complete)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError) as error:
        raise BadParameter(
            f"表样文件 {path} 有误：{error}", f"the form {path} is faulty: {error}", subject="form"
        ) from None


def list_forms(data_dir: Path) -> list[tuple[str, Form]]:
    """Every kept form with its name; one that was spoilt is left out."""
    found = []
    for path in sorted((data_dir / FOLDER).glob("[!.]*.toml")):
        with suppress(BadParameter):
            found.append((path.stem, read_form(path)))
    return found


def keep_form(path: Path, form: Form) -> None:
    """Write a form where it is kept, whole or not at all."""
    keep_whole(path, form_text(form, find_kind(form.kind)))


def keep_whole(path: Path, text: str) -> None:
    """Write a file of the folder of forms in one step, whatever other processes write meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def form_text(form: Form, kind: RegisterKind) -> str:
    """A form as TOML, with the Chinese name of every field beside it."""
    lines = [
        "# 表样：本单位表格的哪一列是什么。可以修改；不读的列写 skip。",
        f"kind = {_quoted(form.kind)}",
        f"split = {_quoted(form.split)}",
        "",
        "[columns]",
    ]
    for heading, what in form.columns.items():
        lines.append(f"{_quoted(heading)} = {_quoted(what)}  # {kind.shown(what)}")
    lines += ["", '[constants]  # 表中没写时每行都是的内容，如 "community.name" = "某某社区"']
    lines += [f"{_quoted(what)} = {_quoted(value)}" for what, value in form.constants.items()]
    if form.complete:
        lines += ["", "[complete]  # 哪个辖区的台账列全了哪些：没列的就是没有"]
        for area, lists in sorted(form.complete.items()):
            said = ", ".join(_quoted(Register[each].zh) for each in sorted(lists))
            lines.append(f"{_quoted(area)} = [{said}]")
    return "\n".join(lines) + "\n"


def corrected(
    form: Form, kind: RegisterKind, corrections: Mapping[str, str], constants: Mapping[str, str] | None = None
) -> Form:
    """The form with what the clerk says of columns, and of every row whose cell says nothing.

    Raises `BadParameter` for an unknown field.
    """
    columns = {heading: _field(kind, word) for heading, word in corrections.items()}
    same = {_field(kind, word): text for word, text in (constants or {}).items()}
    return replace(form, columns={**form.columns, **columns}, constants={**form.constants, **same})


def made_of(proposals: list[HeadingProposal], kind: RegisterKind) -> Form:
    """The form that a proposal is, once it is accepted."""
    columns = {c.heading: c.field for p in proposals for c in p.columns if c.field is not None}
    return Form(kind.title, columns, {})


def widened(form: Form, sheets: Iterable[ShownSheet]) -> Form:
    """The form with columns of a file that it does not have and whose headings are known words.

    Of those only what no column of the sheet is yet: a department may add 任职时间 to the register it has.
    """
    kind, columns = find_kind(form.kind), dict(form.columns)
    for sheet in sheets:
        found = headed(sheet, [heading for heading, what in form.columns.items() if what != SKIP])
        here = columns_of(sheet, *found) if found is not None else []
        taken = {columns.get(heading) for _, heading in here}
        for _, heading in here:
            # In one row 业委会主任/电话 is one cell.
            one = found is not None and found[0] == found[1]
            own = heading.replace("/", "及") if one else heading
            field = None if heading in columns else meant(own, kind)
            if field in kind.either and (proposal := propose(sheet, kind)) is not None:
                # 党员类型 has 预备党员 in it in one register, 在职党员 in another.
                field = next((c.field for c in proposal.columns if c.heading == heading), field)
            if field in (None, SKIP, DROP) or (field in taken and not several(str(field))):
                continue
            columns[heading] = str(field)
            taken.add(field)
        for extra in said_by_sheet(sheet, kind, taken) if here and may_be_read(sheet) else ():
            columns.setdefault(SHEET_HEADING, str(extra.field))
    return replace(form, columns=columns)


def applied(form: Form, sheet: ShownSheet) -> HeadingProposal | None:
    """A sheet read by a form: columns that the form does not have are unknown; None without heading.

    One word of the form is no heading, as in a proposal.
    """
    named = [heading for heading, what in form.columns.items() if what != SKIP]
    found = headed(sheet, named) if may_be_read(sheet) else None
    if found is None:
        return None
    kind = find_kind(form.kind)
    columns = []
    for index, heading in columns_of(sheet, *found):
        field = form.columns.get(heading)
        if field is None and known_as(heading.rpartition("/")[2], kind) in (SKIP, DROP):
            field = known_as(heading.rpartition("/")[2], kind)
        columns.append(HeadingColumn(index, heading, field))
    if SHEET_HEADING in form.columns and form.columns[SHEET_HEADING] not in [c.field for c in columns]:
        columns.append(HeadingColumn(SHEET_NAME, SHEET_HEADING, form.columns[SHEET_HEADING]))
    proposal = HeadingProposal(sheet, *found, columns)
    return sampled(proposal) if proposal.known >= min(LEAST, len(named)) else None


def best_kind(sheets: list[ShownSheet]) -> RegisterKind | None:
    """The kind of register that most columns of a file fit, where it is not said which it is."""
    best, found = (0, False, False, False), None
    for kind in kinds().values():
        proposals = [p for sheet in sheets if (p := propose(sheet, kind)) is not None]
        titles = "".join(
            f"{p.sheet.name}{''.join(str(c) for row in p.sheet.rows[: p.last] for c in row)}"
            for p in proposals
        )
        named = any(fold(mark) in fold(titles) for mark in kind.marks)
        fields = {str(c.field) for p in proposals for c in p.columns}
        # A remark may be about anything.
        about = {part for f in fields if not f.endswith(".note") for part in (f, f.partition(".")[0])}
        told = bool(about & {*kind.about})
        if not (named or told) and any(edge["type"] == "HOLDS_POST" for edge in kind.edges):
            continue  # that every row is somebody in a post is not said by a name and a day
        size = sum(p.known for p in proposals), named, f"{kind.main}.name" in fields, told
        if size > best:
            best, found = size, kind
    return found


def with_complete(form: Form, area: str, lists: frozenset[str]) -> Form:
    """The form that remembers which lists the register of an area closes, or that it closes none."""
    others = {a: said for a, said in form.complete.items() if a != area}
    return replace(form, complete={**others, area: lists} if lists else others)


def _lists(kind: RegisterKind, words: Iterable[str]) -> frozenset[str]:
    return frozenset(s for word in words for s in kind.complete if word in (s, Register[s].zh))


def _field(kind: RegisterKind, word: str) -> str:
    return WORDS[word] if word in WORDS else kind.column(word)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(c, c) for c in text) + '"'
