"""A proposal as a file, standard input or options give it, and who signs it."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cli.output import errors
from graph.appointments.decide import Signature
from graph.errors import BadParameter
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.search import told_apart
from graph.validation import complain

M = TypeVar("M", bound=BaseModel)
SIGNED = ("decided_by", "reason", "waivers")
"""What a file may say beside the proposal: who decides."""


def read_given(file: Path | None, options: Mapping[str, str | None]) -> dict[str, Any]:
    """A proposal from a file, standard input or options."""
    if file is None:
        change = {k: v for k, v in options.items() if v is not None}
        if len(change) < len(options):
            raise BadParameter(
                "请给方案文件，或 --person、--body、--role 三项。",
                "give a file, or all of --person, --body and --role.",
                subject="file",
            )
        return {"changes": [{"kind": "appoint", **change}]}
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadParameter(
            f"方案文件 {file} 无法读取：{error}。", f"{file} cannot be read: {error}.", subject=str(file)
        ) from None
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadParameter(
            f"方案文件 {file} 不是 JSON：{error}。", f"{file} is no JSON: {error}.", subject=str(file)
        ) from None
    if not isinstance(given, dict):
        raise BadParameter(
            f"方案文件 {file} 应为一个对象。", f"{file} must hold an object.", subject=str(file)
        )
    return given


def signature_of(signed: Mapping[str, Any], reason: str | None, decided_by: str | None) -> Signature:
    """Who decides and why: of the file, unless the options say otherwise. Raises `BadParameter`."""
    given = {"decided_by": getpass.getuser(), **signed}
    given |= {k: v for k, v in (("reason", reason), ("decided_by", decided_by)) if v is not None}
    return checked(Signature, given)


def checked(model: type[M], given: Mapping[str, Any]) -> M:
    """What is given, as the model wants it. Raises `BadParameter` for the first mistake."""
    try:
        return model.model_validate({k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        zh, en = complain(first)
        raise BadParameter(f"{name}：{zh}。", f"{name}: {en}.", subject=name) from None


async def say_who(graph: Graph, given: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """On standard error, what names were taken for: there may be others whom the graph does not know."""
    changes = given.get("changes")
    pairs = [*zip(changes, found["changes"], strict=True)] if isinstance(changes, list) else []
    named = {
        subject: {
            c[subject]: f[subject]
            for c, f in pairs
            if isinstance(c, dict) and c.get(subject) != f.get(subject)
        }
        for subject in ("person", "body")
    }
    names = await read_names(graph, named["body"].values())
    told = dict(zip(named["person"], await told_apart(graph, named["person"].values()), strict=True))
    told |= {word: f"{names[id_]['name']} {id_}" for word, id_ in named["body"].items()}
    for word, shown in told.items():
        errors.print(f"“{word}”即 {shown}。", markup=False, highlight=False)
