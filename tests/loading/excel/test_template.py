"""Templates: every type and property of the model, its words, notes and formats."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from graph.errors import BadParameter
from graph.loading.cells import read_cell
from graph.loading.excel.template import make_template
from graph.model import EDGES, NODES
from tests.loading.excel.filled import headings, opened

COMPUTED = {"synthetic", "since_known"}
KINDS = {k.zh: k for k in (*NODES.values(), *(e for e in EDGES.values() if not e.derived))}


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The whole template."""
    return opened(make_template())


def rules_of(sheet: Any) -> dict[str, Any]:
    """Validation by column letter."""
    return {str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation}


def test_every_type_and_property_has_its_place(book: Workbook) -> None:
    """A sheet per type, a column per property that can be delivered, and nothing else."""
    assert book.sheetnames == ["说明", "交付说明", *KINDS, "词表"]
    assert book["词表"].sheet_state == "hidden"
    for title, kind in KINDS.items():
        wanted = set(kind.properties()) - COMPUTED
        if kind in EDGES.values():
            wanted |= {"from", "to"}
        assert set(headings(book[title])) == wanted, title
        shown = {cell.value for cell in book[title][1]}
        assert shown - {"起点编号", "终点编号"} == {
            kind.properties()[n].prop.zh for n in wanted if n in kind.properties()
        }


def test_a_heading_says_what_belongs_below_it(book: Workbook) -> None:
    """Property, unit and every option are in its note; required ones look different."""
    for title, kind in KINDS.items():
        for name, number in headings(book[title]).items():
            cell = book[title].cell(1, number)
            found = kind.properties().get(name)
            must = found is None or (found.required and name != "source")
            assert (cell.fill.fgColor.rgb == "00C00000") is must, (title, name)
            assert ("必填" in cell.comment.text) is must
            assert ("不知道请留空" in cell.comment.text) is not must
            if found is not None and found.prop.unit:
                assert found.prop.unit in cell.comment.text
            for term in (found.vocabulary if found is not None else None) or ():
                assert f"{term.zh}（{term.value}）" in cell.comment.text


def test_drop_downs_offer_words_that_the_import_takes(book: Workbook) -> None:
    """Each word of a list, as it is shown, means its own code; 是/否 for truth values."""
    listed = book["词表"]
    for title, kind in KINDS.items():
        rules = rules_of(book[title])
        for name, number in headings(book[title]).items():
            found = kind.properties().get(name)
            rule = rules.get(get_column_letter(number))
            if found is None or found.kind in ("text", "list"):
                assert rule is None
            elif found.kind == "enum":
                where = rule.formula1.partition("!")[2].replace("$", "")
                words = [row[0].value for row in listed[where]]
                assert [read_cell(w, found) for w in words] == [t.value for t in found.vocabulary]
            else:
                assert rule.formula1 == '"是,否"' if found.kind == "bool" else rule.errorStyle == "warning"


def test_what_is_typed_is_text_unless_it_is_a_number_or_a_date(book: Workbook) -> None:
    """Column formats: ids and codes text, so that no zero is lost; dates shown as dates."""
    for title, kind in KINDS.items():
        sheet = book[title]
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref
        for name, number in headings(sheet).items():
            found = kind.properties().get(name)
            wanted = {"int": "0", "float": "General", "date": "yyyy-mm-dd"}.get(
                found.kind if found else "text", "@"
            )
            assert sheet.column_dimensions[get_column_letter(number)].number_format == wanted


def test_some_types_alone() -> None:
    """By label, edge type or Chinese name; the sources come along; another name is refused."""
    book = opened(make_template(["小区", "HOLDS_POST"]))
    assert book.sheetnames == ["说明", "交付说明", "小区", "来源", "属于", "任职", "词表"]
    with pytest.raises(BadParameter) as caught:
        make_template(["Quarters"])
    assert "Quarter 小区" in caught.value.zh


def test_what_places_need_comes_along() -> None:
    """A body is in no area without 覆盖, a quarter without 属于, whether one asked for them or not."""
    book = opened(make_template(["小区", "业委会", "党组织", "人员", "任职"]))
    assert {"属于", "覆盖"} <= set(book.sheetnames)
    assert "服务" not in book.sheetnames
    assert "服务" in opened(make_template(["物业项目"])).sheetnames


def test_words_and_titles_are_unique() -> None:
    """No two types share a sheet, no two columns of a type a heading."""
    assert len(KINDS) == len(NODES) + sum(not e.derived for e in EDGES.values())
    for kind in KINDS.values():
        shown = [p.prop.zh for n, p in kind.properties().items() if n not in COMPUTED]
        assert len(shown) == len(set(shown))
