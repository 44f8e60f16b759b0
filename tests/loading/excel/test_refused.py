"""Files that are refused before anything reads them: each kept apart, and never a crash."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.loading.excel import bounds
from graph.loading.excel.archive import look_over
from graph.loading.excel.bounds import BadWorkbook
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


def shown(path: Path) -> str:
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
    assert words in shown(tmp_path / name)
    assert "无法读取" in shown(tmp_path / "nowhere.xlsx")


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
    assert words in shown(spoil(plain))


def _sharing(path: Path) -> Path:
    """Two hundred cells that show one text of a million characters."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(2, 202))
    sharing = _sheet(b"</sheetData>", rows + b"</sheetData>")(path)
    root = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    texts = root + b"<si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    return _with("xl/sharedStrings.xml", texts)(
        rewritten(sharing, lambda n, d: d, but="xl/sharedStrings.xml")
    )


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_with("docProps/more.xml", b"<x>" + bytes(10_000_000) + b"</x>"), "解压后过大"),
        (_with("docProps/more.xml", b"<x>" + b"<y/>" * 400_000 + b"</x>"), "单元格极多"),
        (_sheet(b"</row>", b'</row><row r="2">' + b"<c/>" * 400_000 + b"</row>"), "单元格极多"),
        (_sheet(b"</row>", b'</row><row r="9000"><c r="CV9000"><v>1</v></c></row>'), "各表范围共 900000 格"),
        (
            _sheet(b"</sheetData>", b'</sheetData><mergeCell ref="A1:XFD1048576"/>'),
            "合并单元格或链接的范围过大",
        ),
        (_sheet(b"</sheetData>", b'</sheetData><hyperlink ref="A:XFD"/>'), "合并单元格或链接的范围过大"),
        (_sharing, "文字总量过大"),
    ],
)
def test_a_small_file_cannot_make_the_reader_work_for_long(
    spoil: Callable[[Path], Path], words: str, plain: Path
) -> None:
    """A few kilobytes that would take minutes or gigabytes are refused at once, with what to do."""
    spoiled = spoil(plain)
    assert spoiled.stat().st_size < 100_000
    begun = time.process_time()
    why = shown(spoiled)
    assert words in why
    assert "cobuild template" in why
    assert time.process_time() - begun < 2


def test_a_long_value_is_read_once(plain: Path) -> None:
    """One attribute of eight megabytes: read again with every two kilobytes, it took 20 s."""
    begun = time.process_time()
    look_over(_sheet(b"<sheetData>", b'<x y="%s"/><sheetData>' % (b"z" * 8_000_000))(plain).read_bytes())
    assert time.process_time() - begun < 5


def test_what_is_too_large_is_refused(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, unpacked bytes and sheets have limits."""
    bomb = _with("xl/media/zeros.xml", bytes(4_000_000))(plain)
    assert bomb.stat().st_size < 20_000
    with monkeypatch.context() as patch:
        patch.setattr(bounds, "MOST_UNPACKED", 3_000_000)
        assert "解压后过大" in shown(bomb)
    with monkeypatch.context() as patch:
        patch.setattr(bounds, "MOST_BYTES", 1_000)
        assert "超过" in shown(bomb)
    with monkeypatch.context() as patch:
        patch.setattr(bounds, "MOST_SHEETS", 0)
        patch.setattr(bounds, "MOST_UNPACKED", 8_000_000)
        assert "超过" in shown(rewritten(plain, lambda n, d: b"<x/>" if "zeros" in n else d))


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
    assert "已损坏" in shown(plain)


def test_the_facts_of_a_sheet_count_what_holds_something(plain: Path) -> None:
    """A styled empty cell far away takes no memory and is no fact."""
    far = _sheet(b"</row>", b'</row><row r="900000"><c r="Z900000" s="0"/></row>')(plain)
    assert look_over(far.read_bytes())["Sheet"].rows == 1


def test_a_workbook_that_cannot_be_copied_is_still_told(plain: Path) -> None:
    """A look that is not there, which the reader of values passes over: findings without a marked copy."""
    spoiled = _sheet(b"</row>", b'</row><row r="2"><c r="A2" s="999"><v>7</v></c></row>')(plain)
    assert "交付说明" in str(read_workbook(spoiled)[1])
    with pytest.raises(BadWorkbook):
        mark_findings(spoiled, [])
