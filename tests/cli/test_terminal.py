"""What is printed is shown: no name, text or value can move a terminal's cursor or set its colour."""

from __future__ import annotations

import io
import json

import pytest
from rich.table import Table

from cli.output import json_text, print_csv
from cli.terminal import make_console

NASTY = "甲\x1b[31m\x1b]0;title\x07\x9b2J\r\u202e乙"
SHOWN = "甲�[31m�]0;title�2J�乙"
"""Rich itself takes off the bell and the carriage return."""


@pytest.mark.parametrize("terminal", [True, False])
def test_printed_text_holds_no_escape_sequence(terminal: bool) -> None:
    """Neither as a line, nor in a table, nor as an error; rich's own styles stay."""
    stream = io.StringIO()
    console = make_console(
        file=stream, force_terminal=terminal, color_system="standard" if terminal else "auto", width=100
    )
    table = Table("名称")
    table.add_row(NASTY)
    console.print(NASTY, style="bold", markup=False, highlight=False)
    console.print(table)
    text = stream.getvalue()
    assert text.count(SHOWN) == 2
    assert not [c for c in ("\x1b[31m", "\x1b]", "\x07", "\x9b", "\r", "\u202e") if c in text]
    assert ("\x1b[1m" in text) == terminal


def test_json_says_the_same_in_escapes() -> None:
    """A terminal gets no control character, a program reads back what was there."""
    text = json_text({"name": NASTY, "list": ["\ud800"]})
    assert not [c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
    assert json.loads(text) == {"name": NASTY, "list": ["\ud800"]}


def test_csv_holds_no_escape_sequence(capsys: pytest.CaptureFixture[str]) -> None:
    """In what is printed as in files."""
    print_csv([{"name": NASTY}])
    assert not [c for c in capsys.readouterr().out if c in "\x1b\x07\x9b"]
