"""The situation of one body as a page to print: HTML with its style inside, no scripts, no links.

Every value is escaped by the template's environment.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from graph import __version__
from graph.characters import writable
from graph.model.words import COUNTED, SEVERITIES
from graph.reading.answer import Answer
from graph.reports.shapes import BodyPage
from graph.reports.words import day_word, left_word, written_word
from graph.rules.shapes import CheckRow

HERE = Path(__file__).parent
STYLE = (HERE / "body.css").read_text("utf-8")
STYLE_HASH = f"sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}"
"""What a content security policy needs to allow this style and no other."""
LISTED = ("fail", "waived", "not_possible", "unknown")


def render_body(answer: Answer[BodyPage]) -> str:
    """The page of an answer of `read_body`."""
    stamp = answer.stamp

    def left(ends_on: date) -> str:
        return left_word(ends_on, stamp.as_of)

    return _template().render(
        **answer.data,
        stamp=stamp,
        style=Markup(STYLE),  # noqa: S704 - our own file, which the policy names by its hash
        program=__version__,
        verdicts=_by_verdict(answer.data["findings"]),
        severities=SEVERITIES,
        listed=LISTED,
        by_rule=_by_rule,
        left=left,
    )


def _by_verdict(rows: list[CheckRow]) -> list[tuple[str, str, list[CheckRow]]]:
    """Rows by verdict, as people look at them; what is waived is apart."""
    groups: dict[str, list[CheckRow]] = {verdict: [] for verdict in COUNTED}
    for row in rows:
        groups["waived" if row["waiver"] else row["verdict"]].append(row)
    return [(verdict, COUNTED[verdict], found) for verdict, found in groups.items() if found]


def _by_rule(rows: list[CheckRow]) -> list[tuple[str, int]]:
    """Rules with the number of their rows, for verdicts that are only counted."""
    counts = Counter((row["code"], row["title_zh"]) for row in rows)
    return [(f"{code} {title}", number) for (code, title), number in sorted(counts.items())]


def _number(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _writable(value: Any) -> Any:
    return writable(value) if type(value) is str else value


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, finalize=_writable
    )
    environment.filters |= {"day": day_word, "written": written_word, "number": _number}
    return environment.get_template("body.html.jinja")
