"""Texts and numbers of a delivery: encodings, unseen characters, what Excel does, what is hardly true."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.loading.delivery import Delivery, read_delivery
from graph.loading.encoding import BadText, separator_of, text_of
from graph.loading.findings import Finding
from graph.loading.plausible import find_implausible
from tests.loading.samples import MANIFEST, write_delivery

LINES = ["编号,名称\n", "q-990102-1,样例小区一\n", "q-990102-2,样例小区二\n", "q-990102-3,东湖花园\n"]


def read(folder: Path) -> Delivery:
    delivery, findings = read_delivery(folder)
    assert delivery is not None, findings
    return delivery


def told(delivery: Delivery) -> list[tuple[str, int, str, str]]:
    return [(f.file, f.row, f.column, f.value) for f in delivery.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_encoding_is_recognised(encoding: str) -> None:
    """UTF-8, with a mark or without, GB18030, and Excel's Unicode text."""
    assert text_of("".join(LINES).encode(encoding)) == "".join(LINES)


@pytest.mark.parametrize(("most", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_file_of_two_encodings_is_refused_at_its_first_bad_line(most: str, other: str) -> None:
    """It would be read as strange words otherwise, and nobody would know."""
    data = b"".join(line.encode(other if n == 2 else most) for n, line in enumerate(LINES))
    with pytest.raises(BadText) as caught:
        text_of(data)
    assert caught.value.line == 3


def test_big5_is_not_read_as_strange_words() -> None:
    """It is valid GB18030 as well; traditional characters in GB18030 and rare names are read."""
    with pytest.raises(BadText, match="Big5"):
        text_of("id,name\nq-1,龍湖花園\nq-2,碧華新村\n".encode("big5"))
    for text in ("編號,名稱\nq-1,龍湖花園\nq-2,碧華新邨\n", "姓名\n朱镕某\n李喆\n陈珺玥\n"):
        assert text_of(text.encode("gb18030")) == text


@given(st.lists(st.text("小区花园名称一二三东西南北,\n abc123", min_size=1), min_size=1))
def test_every_text_is_read_in_either_encoding(parts: list[str]) -> None:
    """What was written in UTF-8 or GB18030 comes back the same."""
    text = "\n".join(parts)
    assert text_of(text.encode("utf-8")) == text
    assert text_of(text.encode("gb18030")) == text


def test_the_bad_line_of_a_file_is_named(tmp_path: Path) -> None:
    """With file and row, and the rest of the delivery is checked along."""
    folder = write_delivery(tmp_path / "in", nodes__Person="id,name\np-990102-1,\np-990102-2,乙\n")
    (folder / "nodes" / "Quarter.csv").write_bytes("".join(LINES[:2]).encode() + b"q-990102-2,\xff\xff\n")
    assert told(read(folder)) == [("nodes/Person.csv", 2, "name", ""), ("nodes/Quarter.csv", 3, "", "")]


def test_invisible_characters_are_not_stored(tmp_path: Path) -> None:
    """Names are composed (NFC), and without what was copied along unseen; ids too."""
    table = "id,name\n\u200bq-990102-1,样例\u200b小区\ufeff一\nq-990102-2,Cafe\u0301小区\n"
    delivery = read(write_delivery(tmp_path / "in", nodes__Quarter=table))
    names = {n.id: n.properties["name"] for n in delivery.nodes if n.label == "Quarter"}
    assert names == {"q-990102-1": "样例小区一", "q-990102-2": "Caf\u00e9小区"}


def test_a_name_that_was_saved_wrongly_is_refused(tmp_path: Path) -> None:
    """The sign that stands for lost characters is no name."""
    table = "id,name\nq-990102-1,样例\ufffd区\nq-990102-2,乙\n"
    delivery = read(write_delivery(tmp_path / "in", nodes__Quarter=table))
    assert told(delivery) == [("nodes/Quarter.csv", 2, "name", "样例\ufffd区")]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_as_tolerantly_as_a_workbook(separator: str, tmp_path: Path) -> None:
    """Chinese headings with a mark, dates as people write them, other separators, one at the line's end."""
    rows = [
        ("编号*", "名称", "类型", "选举产生日", ""),
        ("oc-990102-1", "一号业委会", "业主委员会", "2023/3/1", ""),
        ("oc-990102-2", "二号业委会", "业主委员会", "2023年3月1日", ""),
        ("oc-990102-3", "三号业委会", "业主委员会", "2023.03.01", ""),
    ]
    text = "".join(separator.join(row) + "\n" for row in rows)
    delivery = read(write_delivery(tmp_path / "in", nodes__OwnersCommittee=text))
    assert delivery.findings == []
    days = [n.properties["elected_on"] for n in delivery.nodes if n.label == "OwnersCommittee"]
    assert days == [date(2023, 3, 1)] * 3


def test_the_separator_is_that_of_the_headings() -> None:
    """Also where a heading holds another one."""
    assert separator_of("编号\t名称,旧名\n", ("编号", "名称")) == "\t"


@pytest.mark.parametrize(
    ("table", "text", "column"),
    [
        ("nodes__Quarter", "id,name,households\nq-990102-1,甲,1.2E+05\nq-990102-2,乙,\n", "households"),
        ("edges__COVERS", "from,to\noc-990102-1,9.90102E+11\n", "to"),
    ],
)
def test_scientific_notation_is_named_as_the_cause(
    table: str, text: str, column: str, tmp_path: Path
) -> None:
    """Excel loses digits when it saves CSV: the message says so."""
    (found,) = read(write_delivery(tmp_path / "in", **{table: text})).findings
    assert found.column == column
    assert "科学计数法" in found.zh


@pytest.mark.parametrize(("value", "word"), [("-3", "负数"), ("99999999999", "过大")])
def test_numbers_that_cannot_be_are_errors(value: str, word: str, tmp_path: Path) -> None:
    """Negative and absurd ones."""
    text = f"id,name,households\nq-990102-1,甲,{value}\nq-990102-2,乙,0\n"
    (found,) = read(write_delivery(tmp_path / "in", nodes__Quarter=text)).findings
    assert (found.value, found.level, word in found.zh) == (value, "error", True)


def implausible(folder: Path) -> list[Finding]:
    return find_implausible(read(folder), date(2025, 6, 30))


def test_a_place_far_from_the_others_of_its_area_is_told(tmp_path: Path) -> None:
    """Half a degree is fifty kilometres; the others lie within two."""
    places = [(26.90 + i / 200, 112.60) for i in range(5)] + [(27.40, 112.60)]
    quarters = "".join(f"q-990102-{i},小区{i},{lat},{lon}\n" for i, (lat, lon) in enumerate(places, start=1))
    parts = "".join(f"q-990102-{i},990102001000,\n" for i in range(1, 7))
    folder = write_delivery(
        tmp_path / "in",
        manifest=MANIFEST + 'coordinates = "wgs84"\n',
        nodes__Quarter=f"id,name,lat,lon\n{quarters}",
        edges__PART_OF=f"from,to,since\n990102001000,990102000000,\n{parts}",
    )
    (found,) = implausible(folder)
    assert (found.row, found.column, found.level) == (7, "lat", "warning")


def test_what_is_hardly_true_is_told(tmp_path: Path) -> None:
    """Floor area per household, one name twice in an area, days in the wrong order, days to come."""
    folder = write_delivery(
        tmp_path / "in",
        nodes__Quarter="id,name,households,floor_area_m2\nq-990102-1,东湖 花园,100,1.2\n"
        "q-990102-2,东湖花园,100,9000\n",
        nodes__OwnersCommittee="id,name,kind,elected_on,term_until\n"
        "oc-990102-1,会,owners_committee,2023-01-01,2022-01-01\n"
        "oc-990102-2,会,owners_committee,2026-01-01,2027-01-01\n",
    )
    found = {(f.file, f.row, f.column) for f in implausible(folder)}
    assert found == {
        ("nodes/Quarter.csv", 2, "floor_area_m2"),
        ("nodes/Quarter.csv", 3, "name"),
        ("nodes/OwnersCommittee.csv", 2, "term_until"),
        ("nodes/OwnersCommittee.csv", 3, "elected_on"),
    }
    assert implausible(write_delivery(tmp_path / "fine")) == []


def test_a_month_is_not_held_against_a_day_in_it(tmp_path: Path) -> None:
    """Elected on 15 July and filed in July is fine; filed in June is not, nor a term that ended in June."""
    heading = "id,name,kind,elected_on,filed_on,term_until,date_precision\n"
    rows = [
        "oc-990102-1,会,owners_committee,2023-07-15,2023-07-01,2023-08-01,filed_on:month;term_until:month\n",
        "oc-990102-2,会,owners_committee,2023-07-15,2023-06-01,2023-07-01,filed_on:month;term_until:month\n",
        "oc-990102-3,会,owners_committee,2023-07-15,2023-01-01,,filed_on:year\n",
    ]
    folder = write_delivery(tmp_path / "in", nodes__OwnersCommittee=heading + "".join(rows))
    found = {(f.row, f.column, f.value) for f in implausible(folder)}
    assert found == {(3, "filed_on", "2023.06"), (3, "term_until", "2023.06")}


def test_the_sample_has_no_findings(tmp_path: Path) -> None:
    """What these tests spoil is sound before."""
    assert read(write_delivery(tmp_path / "in")).findings == []


NOTED = (
    "id,name,households,note\nq-990102-1,样例小区一,120,找张三13911112222\n"
    "q-990102-2,样例小区二,,{} 1998年建成\nq-990102-3,样例小区三,,\n"
)


@pytest.mark.parametrize("last", ["", "x"], ids=["columns", "row by row"])
def test_numbers_of_persons_in_a_note_are_not_stored(tmp_path: Path, last: str) -> None:
    """As in registers: left out of the note, with a warning at its row, and years stay what they are."""
    quarters = NOTED.format("99030119900101123X") + (
        f"q-990102-4,样例四,{last},13911112222\n" if last else ""
    )
    delivery = read(write_delivery(tmp_path / "a", nodes__Quarter=quarters))
    notes = [n.properties.get("note") for n in delivery.nodes if n.label == "Quarter"]
    assert notes[:3] == ["找张三…", "… 1998年建成", None]
    warned = [(f.row, f.column, f.value) for f in delivery.findings if f.level == "warning"]
    assert warned == [(2, "note", ""), (3, "note", ""), *([(5, "note", "")] if last else [])]
    assert "1391111" not in repr((delivery.nodes, delivery.findings))
