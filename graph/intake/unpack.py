"""A folder of CSV in an archive: what belongs to a delivery is taken out, everything else is named."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from graph.errors import BadParameter
from graph.loading.findings import Finding

UNPACKED = "unpacked"
"""The folder, beside the archive, that a delivery is taken out into."""
MOST_UNPACKED = 768 << 20
"""Bytes of all tables together."""
MOST_PARTS = 500
MANIFEST = "manifest.toml"
TABLE = re.compile(r"(nodes|edges)/[A-Za-z_]{1,40}\.csv")
"""What a delivery has beside its manifest, seen from its folder."""


def unpack(archive: Path, folder: Path) -> list[Finding]:
    """Take manifest and tables out of an archive; findings for what is none of them.

    The delivery may lie in a folder of the archive. Raises `BadParameter` for what is no archive, holds
    no delivery or more than one, or is too large when unpacked.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return _unpacked(opened, folder, archive.name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, OSError) as error:
        raise BadParameter(
            f"{archive.name} 不是可读的 zip 文件（{error}）；请重新压缩，不设密码。",
            f"{archive.name} is no zip file that can be read ({error}): pack it again, without a password.",
            subject="name",
        ) from None


def _unpacked(opened: zipfile.ZipFile, folder: Path, name: str) -> list[Finding]:
    parts = [p for p in opened.infolist() if not p.is_dir()]
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise BadParameter(
            f"{name} 解压后过大（至多 {MOST_PARTS} 个文件、{MOST_UNPACKED >> 20} MiB）；请分成几次交付。",
            f"{name} is too large when unpacked (at most {MOST_PARTS} files, {MOST_UNPACKED >> 20} MiB): "
            "split it.",
            subject="name",
        )
    manifests = [p.filename for p in parts if p.filename.rpartition("/")[2] == MANIFEST]
    if len(manifests) != 1:
        raise BadParameter(
            f"{name} 中应有一个 manifest.toml，实有 {len(manifests)} 个；旁边是 nodes/、edges/ 两个目录。",
            f"{name} has {len(manifests)} manifest.toml, expected one, beside the folders nodes/ and edges/.",
            subject="name",
        )
    above = manifests[0].removesuffix(MANIFEST)
    strangers = []
    for part in parts:
        inner = part.filename.removeprefix(above)
        if not part.filename.startswith(above) or not (inner == MANIFEST or TABLE.fullmatch(inner)):
            strangers.append(part.filename)
            continue
        target = folder / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(part) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    zh, en = "不属于交付的文件，未读取", "not part of a delivery, not read"
    return [Finding(f, 0, "", "", zh, en, "warning") for f in sorted(strangers) if "__MACOSX" not in f]
