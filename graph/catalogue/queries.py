"""The catalogue: every `.cypher` file with its header as interface, checked as a whole.

A file's body is never changed: what an analyst wrote is what
runs. All problems of all files are reported at once, each with file and line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from graph.catalogue.dates import date_problems
from graph.catalogue.headers import Column, Header, HeaderProblem
from graph.catalogue.kinds import (
    CandidateHeader,
    CloserHeader,
    DimensionHeader,
    RuleHeader,
    candidate_header,
    closer_header,
    dimension_header,
    rule_header,
)
from graph.catalogue.parameters import Parameter
from graph.catalogue.places import place_problems
from graph.catalogue.tags import read_header
from graph.catalogue.topics import FOLDER_TOPICS, Topic
from graph.data_files import data_folder
from graph.errors import CatalogueError, NotFound


class Select(NamedTuple):
    """What is asked of the graph: a text, its parameters, and the columns that come back.

    Of the columns it matters which are flagged; a text of its own that returns none says so (`()`).
    """

    text: str
    parameters: Mapping[str, Any]
    columns: tuple[Column, ...]
    tells: bool = False
    """Whether that there is a row, and which, rests on personal data."""


Folder = Literal["queries", "coverage", "paths", "rules", "candidates", "closers", "scopes"]
FOLDERS: tuple[Folder, ...] = get_args(Folder)
_HEADER = re.compile(r"\A(?:\s*//[^\n]*(?:\n|\Z))*")
ITSELF = "itself"
"""In `@places`, for a column that names a place: no file is needed to say where that is."""


@dataclass(frozen=True)
class Query:
    """One file: its interface, its text as it stands, and where it comes from."""

    name: str
    folder: Folder
    path: Path
    text: str
    header: Header
    revision: str = field(default="")
    """First 12 hex digits of the file's SHA-256."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.header.parameters

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.header.columns

    @property
    def topic(self) -> Topic:
        """By what people look for it."""
        return FOLDER_TOPICS.get(self.folder) or cast("Topic", self.header.tags["topic"])

    @cached_property
    def rule(self) -> RuleHeader:
        """What a rule says of itself; `TypeError` for a file that is no rule."""
        return rule_header(self._header_in("rules"))

    @cached_property
    def dimension(self) -> DimensionHeader:
        """What a dimension says of itself; `TypeError` for a file that is none."""
        return dimension_header(self._header_in("coverage"))

    @cached_property
    def candidates(self) -> CandidateHeader:
        """What a file of candidates says of itself; `TypeError` for another file."""
        return candidate_header(self._header_in("candidates"))

    @cached_property
    def closer(self) -> CloserHeader:
        """What a file of closers says of itself; `TypeError` for another file."""
        return closer_header(self._header_in("closers"))

    def _header_in(self, folder: str) -> Header:
        if self.folder != folder:
            raise TypeError(f"{self.name} is in {self.folder}/, not in {folder}/")
        return self.header

    def select(self, parameters: Mapping[str, Any]) -> Select:
        """The file as it is asked, with parameters that are bound already."""
        return Select(self.asked, parameters, self.columns, bool(self.header.tells))

    @cached_property
    def asked(self) -> str:
        """The text from its first clause on, without the header and the end of its last line.

        A text that begins with a comment or ends with a line's end costs the embedded engine (26.10.2)
        nearly as much the second time as the first: all rules 8.0 and 4.7 s of the processor, as they
        are here 7.7 and 0.5.
        """
        return _HEADER.sub("", self.text).strip()

    @property
    def judged_columns(self) -> tuple[Column, ...]:
        """The columns of a rule's judged rows: a finding's id says what its identity says."""
        flags = [c.flag for c in self.columns if c.name in self.rule.identity]
        return (*self.columns, Column("finding", next(filter(None, flags), None)))

    def bind(self, given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
        """Typed parameters from text or values; defaults filled in.

        Raises `BadParameter` for a parameter that is unknown, missing or of the wrong type.
        """
        return self.header.bind(given, today=today)


class Catalogue:
    """All queries by name; the name of a file is unique across folders."""

    def __init__(self, root: Path) -> None:
        """Files are read when they are first asked for; `load` reads and checks all of them."""
        self._root = root
        self._single: dict[str, Query] = {}

    @classmethod
    def load(cls, folder: Path | None = None) -> Catalogue:
        """Read every file below `folder` (default: the product's own `cypher/`).

        Raises `CatalogueError` that lists every problem as `file:line: what`.
        """
        catalogue = cls.open(folder)
        len(catalogue)
        return catalogue

    @classmethod
    def open(cls, folder: Path | None = None) -> Catalogue:
        """The same for a command that asks one file and ends: a file asked for by name is read alone.

        Then `CatalogueError` tells of that file's problems only.
        """
        return cls(data_folder("cypher") if folder is None else folder)

    @cached_property
    def _queries(self) -> dict[str, Query]:
        root = self._root
        queries: dict[str, Query] = {}
        problems: list[str] = []
        for name_of_folder in FOLDERS:
            for path in sorted((root / name_of_folder).glob("*.cypher")):
                found = _read(path, name_of_folder)
                problems += [f"{path}:{p.line}: {p.text}" for p in found[1]]
                if path.stem in queries:
                    problems.append(f"{path}:1: name also used by {queries[path.stem].path}")
                queries[path.stem] = found[0]
        scopes = {ITSELF} | {q.name for q in queries.values() if q.folder == "scopes"}
        problems += [
            f"{q.path}:1: @places: there is no {file} in scopes/"
            for q in queries.values()
            for _, file in q.header.places
            if file not in scopes
        ]
        self._refuse(problems)
        return dict(sorted({**queries, **self._single}.items()))

    def _refuse(self, problems: list[str]) -> None:
        if problems:
            listed = "\n".join(problems)
            raise CatalogueError(
                f"查询目录中有 {len(problems)} 处问题：\n{listed}",
                f"{len(problems)} problems in the catalogue, listed above.",
                subject=str(self._root),
            )

    def _alone(self, name: str) -> Query | None:
        """A file by its name, read without the others."""
        if name not in self._single:
            found = [(self._root / f, f) for f in FOLDERS if f"{name}.cypher" in _names(self._root / f)]
            for path, folder in found:
                query, problems = _read(path / f"{name}.cypher", folder)
                self._refuse([f"{query.path}:{p.line}: {p.text}" for p in problems])
                self._single[name] = query
        return self._single.get(name)

    def __iter__(self) -> Iterator[Query]:
        return iter(self._queries.values())

    def __len__(self) -> int:
        return len(self._queries)

    def __getitem__(self, name: str) -> Query:
        whole = "_queries" in self.__dict__
        found = self._queries.get(name) if whole else self._alone(name)
        if found is None:
            raise NotFound(
                f"目录中没有名为“{name}”的查询。",
                f"no query of the name {name!r} in the catalogue.",
                subject="name",
            )
        return found

    def folder(self, name: str) -> list[Query]:
        """The queries of one folder, by name."""
        return [q for q in self if q.folder == name]

    def rules(self) -> list[Query]:
        """Every rule, by its code."""
        return sorted(self.folder("rules"), key=lambda q: q.rule.code)

    def dimensions(self) -> list[Query]:
        """Every dimension of coverage, by its number."""
        return sorted(self.folder("coverage"), key=lambda q: q.dimension.number)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def _read(path: Path, folder: Folder) -> tuple[Query, list[HeaderProblem]]:
    data = path.read_bytes()
    text = data.decode("utf-8")
    header, problems = read_header(text, folder)
    problems = [*problems, *place_problems(path.stem, folder, text), *date_problems(folder, text)]
    revision = hashlib.sha256(data).hexdigest()[:12]
    return Query(path.stem, folder, path, text, header, revision), problems
