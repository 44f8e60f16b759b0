"""Files that are refused before anything reads them: told apart, and never a crash."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.loading.excel import archive
from graph.loading.excel.archive import BadWorkbook, look_over
from graph.loading.excel.marks import mark_findings
from graph.loading.excel.read import read_workbook
from tests.loading.excel.parts import rewritten

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small workbook of no consequence."""
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "编号"  # type: ignore[index]
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def told(path: Path) -> str:
    """Why a file is refused; no cell is meant then, and there is nothing to mark."""
    delivery, (finding,) = read_workbook(path)
    assert delivery is None
    assert (finding.file, finding.sheet, finding.cell) == (path.name, "", "")
    with pytest.raises(BadWorkbook):
        mark_findings(path, [finding])
    return f"{finding.zh} / {finding.en}"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", OLE, "旧格式 .xls"),
        ("a.xlsx", OLE, "旧格式 .xls"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("a.xlsx", "编号,名称\n".encode(), "不是 .xlsx"),
        ("a.csv", b"PK\x03\x04", "不是 .xlsx"),
        ("a.xlsx", b"", "不是 .xlsx"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "已损坏"),
    ],
)
def test_other_files_are_told_apart(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    """Old, encrypted, renamed, cut: each with what to do about it."""
    (tmp_path / name).write_bytes(content)
    assert words in told(tmp_path / name)
    assert "无法读取" in told(tmp_path / "nowhere.xlsx")


def _with(part: str, data: bytes) -> Callable[[Path], Path]:
    def add(path: Path) -> Path:
        with zipfile.ZipFile(path, "a") as archive_:
            archive_.writestr(part, data, zipfile.ZIP_DEFLATED)
        return path

    return add


def _sheet(old: bytes, new: bytes) -> Callable[[Path], Path]:
    def change(path: Path) -> Path:
        def part(name: str, data: bytes) -> bytes:
            assert name != SHEET or old in data
            return data.replace(old, new, 1) if name == SHEET else data

        return rewritten(path, part)

    return change


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_with("xl/vbaProject.bin", b"x"), "宏"),
        (_with("XL/workbook.xml", b"<x/>"), "重名"),
        (_with("docProps/more.xml", DOCTYPE + b"<x/>"), "DTD"),
        (_sheet(b"<worksheet", DOCTYPE + b"<worksheet"), "DTD"),
        (_sheet(b'<c r="A1"', b'<c r="XFD1048576"'), "工作表过大"),
        (_sheet(b'<c r="A1"', b'<c r="A600000"'), "工作表过大"),
        (_sheet(b'<c r="A1"', b'<c r="A0001$"'), "地址无效"),
        (_sheet(b"</worksheet>", b""), "已损坏"),
    ],
)
def test_what_would_harm_the_reader_is_refused(
    spoil: Callable[[Path], Path], words: str, plain: Path
) -> None:
    """Macros, doubled parts, entities, a cell at the far end that would fill the memory."""
    assert words in told(spoil(plain))


def test_what_is_too_large_is_refused(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, unpacked bytes and sheets have limits."""
    bomb = _with("xl/media/zeros.xml", bytes(4_000_000))(plain)
    assert bomb.stat().st_size < 20_000
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MOST_UNPACKED", 3_000_000)
        assert "解压后过大" in told(bomb)
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MOST_BYTES", 1_000)
        assert "超过" in told(bomb)
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MOST_SHEETS", 0)
        patch.setattr(archive, "MOST_UNPACKED", 8_000_000)
        assert "超过" in told(rewritten(plain, lambda n, d: b"<x/>" if "zeros" in n else d))


def test_a_part_that_lies_about_its_size_is_refused(plain: Path) -> None:
    """What is declared small and is not does not pass the checksum."""
    data = bytearray(plain.read_bytes())
    with zipfile.ZipFile(plain) as parts:
        size = parts.getinfo(SHEET).file_size
    central = data.index(b"PK\x01\x02")
    while SHEET.encode() not in data[central : central + 120]:
        central = data.index(b"PK\x01\x02", central + 4)
    data[central + 24 : central + 28] = (size // 2).to_bytes(4, "little")
    plain.write_bytes(bytes(data))
    assert "已损坏" in told(plain)


def test_the_facts_of_a_sheet_count_what_holds_something(plain: Path) -> None:
    """A styled empty cell far away takes no memory and is no fact."""
    far = _sheet(b"</row>", b'</row><row r="900000"><c r="Z900000" s="0"/></row>')(plain)
    assert look_over(far.read_bytes())["Sheet"].rows == 1
