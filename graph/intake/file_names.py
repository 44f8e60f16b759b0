"""Names of files that are handed in: what they may contain, and which kind of delivery takes which."""

from __future__ import annotations

import re
from pathlib import Path

from graph.appointments.sheets.read import is_sheet
from graph.characters import forbidden_in
from graph.errors import BadParameter
from graph.intake.shapes import Kind
from graph.intake.unpack import MANIFEST, TABLE

_NAME = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|]{1,80}")
ONE_FILE = (".xlsx", ".zip")
"""Endings of a delivery that is a single file."""


def file_name(text: str) -> str:
    """A name under which a file may lie and be spoken of; raises `BadParameter`."""
    if _NAME.fullmatch(text) is None or forbidden_in(text) or text.startswith("."):
        raise BadParameter(
            f'文件名“{text[:80]}”不能用；应为 1 到 80 字，不含 / \\ : * ? " < > | 和控制字符。',
            f'the name {text[:80]!r} cannot be used: 1 to 80 characters, none of / \\ : * ? " < > |.',
            subject="name",
        )
    return text


def check_name(kind: Kind, name: str) -> None:
    """Raises `BadParameter` for the name of a file that cannot be all of a delivery."""
    file_name(name)
    if kind in ("appointments", "answers"):
        check_sheet(name)
    if kind == "delivery" and not name.lower().endswith(ONE_FILE):
        raise BadParameter(
            f"“{name}”不是 .xlsx 或 .zip。按模板填写的工作簿用 .xlsx；CSV 目录请压缩为 .zip，或逐个上传；"
            "本单位自己格式的台账请选“原样的台账”（接口为 kind=register）。",
            f"{name!r} is neither .xlsx nor .zip. Pack a folder of CSV as .zip, or send its files singly; "
            "for a register in its own form say kind=register.",
            subject="name",
        )


def check_sheet(name: str) -> None:
    """Raises `BadParameter` for a name that is not a sheet's."""
    if not is_sheet(Path(name)):
        raise BadParameter(
            f"“{name}”不是表格；任免方案表、疑问清单用 .xlsx、.xls、.ods、.csv。",
            f"{name!r} is no sheet: .xlsx, .xls, .ods or .csv.",
            subject="name",
        )


def is_table(name: str) -> bool:
    """Whether a name is that of a file in a CSV folder: its manifest or a table."""
    return name == MANIFEST or TABLE.fullmatch(name) is not None
