"""The file of a backup: a ZIP with rows as JSON lines, the ledger's file, forms, and checksums of all.

`manifest.json` comes last and names every other member with its SHA-256; a file that was cut has
none. The rows are those of the graph's model, so a backup outlives the engine that it was made on.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from graph.errors import GraphError
from graph.private import PRIVATE_FILE

FORMAT = 3
"""2 has what takes loads back, 3 the forms of registers."""
READABLE = (1, 2, FORMAT)
MANIFEST = "manifest.json"
LEDGER = "ledger.db"
META = "graph/operational.jsonl"
_PART = 1 << 20


class BadBackup(GraphError):
    """A file is no backup, was damaged, or was made by a newer version; nothing was restored."""

    code = "bad_backup"


@dataclass
class BackupManifest:
    """What a backup says of itself; `files` gives SHA-256 and the number of rows of each member."""

    format: int
    made_at: str
    version: str
    deployment: str
    data_version: int
    files: dict[str, dict[str, Any]] = field(default_factory=dict)


class Writer:
    """Writes the members of a backup, then its manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._files: dict[str, dict[str, Any]] = {}

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it is."""
        with path.open("rb") as source, ArchiveMember(self, name) as member:
            while part := source.read(_PART):
                member.write(part)

    def note(self, name: str, digest: str, rows: int) -> None:
        """Keep what the manifest says of a member."""
        self._files[name] = {"sha256": digest, "rows": rows}

    def open(self, name: str) -> IO[bytes]:
        """A member to write to."""
        return self._zip.open(name, "w", force_zip64=True)

    def finish(self, manifest: BackupManifest) -> BackupManifest:
        """Write the manifest and close."""
        manifest.files = self._files
        self._zip.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        self._zip.close()
        return manifest


class ArchiveMember:
    """One member while it is written."""

    def __init__(self, writer: Writer, name: str) -> None:
        self._writer, self._name = writer, name
        self._digest = sha256()
        self.rows = 0

    def __enter__(self) -> ArchiveMember:
        self._file = self._writer.open(self._name)
        return self

    def write(self, content: bytes) -> None:
        """Add bytes."""
        self._digest.update(content)
        self._file.write(content)

    def row(self, *values: Any) -> None:
        """Add a line of JSON; dates as `{"$date": …}`."""
        self.write((json.dumps(values, ensure_ascii=False, default=_date) + "\n").encode())
        self.rows += 1

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._writer.note(self._name, self._digest.hexdigest(), self.rows)


class Reader:
    """A backup that was found whole; raises `BadBackup` where it is not."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
            given = json.loads(self._zip.read(MANIFEST))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
            raise BadBackup(
                f"{path} 不是备份文件，或文件不完整：{error}。",
                f"{path} is no backup, or not all of one: {error}.",
                subject=str(path),
            ) from None
        if not isinstance(given, dict) or given.get("format") not in READABLE:
            made = given.get("format") if isinstance(given, dict) else None
            raise BadBackup(
                f"{path} 的格式为 {made}，本版本读取格式 {FORMAT}；请用制作备份的版本或更新的版本恢复。",
                f"{path} is of format {made} and this version reads {FORMAT}: restore it with the version "
                "that made it, or a newer one.",
                subject=str(path),
            )
        self.manifest = BackupManifest(**given)

    def check(self) -> None:
        """Compare every member with its checksum, and the members with the manifest."""
        members = set(self._zip.namelist()) - {MANIFEST}
        wrong = sorted(members ^ set(self.manifest.files))
        for name in sorted(members & set(self.manifest.files)):
            digest = sha256()
            try:
                with self._zip.open(name) as member:
                    while part := member.read(_PART):
                        digest.update(part)
            except (OSError, zipfile.BadZipFile, EOFError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
                digest = sha256(b"unreadable")
            if digest.hexdigest() != self.manifest.files[name]["sha256"]:
                wrong.append(name)
        if wrong:
            raise BadBackup(
                f"备份 {self._path} 已损坏：{'、'.join(wrong)}；未恢复任何内容。",
                f"the backup {self._path} is damaged in {', '.join(wrong)}; nothing was restored.",
                subject=str(self._path),
            )

    def names(self, folder: str) -> list[str]:
        """The members of a folder, without it and without the ending."""
        found = (n for n in self.manifest.files if n.startswith(f"{folder}/"))
        return [n.removeprefix(f"{folder}/").rpartition(".")[0] for n in found]

    def rows(self, name: str) -> Iterator[list[Any]]:
        """The rows of a member."""
        with self._zip.open(name) as member:
            for line in member:
                yield json.loads(line, object_hook=_dated)

    def take(self, name: str, to: Path) -> None:
        """Write a member to a file."""
        with self._zip.open(name) as member, to.open("xb") as file:
            to.chmod(PRIVATE_FILE)
            while part := member.read(_PART):
                file.write(part)


def _date(value: date) -> dict[str, str]:
    return {"$date": value.isoformat()}


def _dated(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["$date"]) if set(value) == {"$date"} else value
