"""The workbook in which proposals are written: the headings, with the actions and posts to choose from."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from graph.appointments.sheets.words import ACTIONS, HEADINGS
from graph.model import PostRole

TITLE, WORDS = "任免方案", "选项"
COLUMNS = {
    "person": "姓名或编号；同名的写编号 / name or id",
    "body": "组织的名称或编号 / name or id of the body",
    "role": "如 书记、委员、主任；按组织理解 / the post, read in the body",
    "as_of": "生效日，整个方案同一天，如 2025-07-01 / one day for the whole proposal",
    "kind": "任命、免职、延期、待遇；空为任命 / what is done, 任命 if empty",
    "until": "延期至（不含），仅延期 / extended until, exclusive",
    "approved_by": "批准机关 / who approved",
    "term_until": "任期截止（不含）/ end of the term, exclusive",
    "paid": "是或否，仅待遇 / 是 or 否, of the pay",
}
LAST_ROW = 1_000
_HEAD = PatternFill("solid", fgColor="1F4E78")


def make_proposal_template() -> bytes:
    """An empty workbook with a sheet for proposals and one with the words to choose from."""
    book = Workbook()
    sheet = book[book.sheetnames[0]]
    sheet.title = TITLE
    words = book.create_sheet(WORDS)
    options = {
        "kind": [names[0] for names in ACTIONS.values()],
        "role": list(dict.fromkeys(role.zh for role in PostRole)),
        "paid": ["是", "否"],
    }
    for column, listed in enumerate(options.values(), start=1):
        for row, word in enumerate(listed, start=1):
            words.cell(row, column, word)
    for column, (name, note) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(1, column, HEADINGS[name][0])
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(horizontal="center")
        cell.comment = Comment(note, "Cobuild", width=320, height=80)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = 24 if name in ("person", "body", "role") else 14
        sheet.column_dimensions[letter].number_format = "@"
        if name in options:
            at = get_column_letter([*options].index(name) + 1)
            formula = f"{WORDS}!${at}$1:${at}${len(options[name])}"
            choice = DataValidation(type="list", formula1=formula, allow_blank=True)
            choice.showErrorMessage = name == "kind"
            choice.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
