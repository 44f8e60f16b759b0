"""Runs the tests of each rule against its mutants and writes `docs/mutations.md`.

`python -m tests.mutation [rule …]`; without names all rules. A rule's row of the page is replaced
as soon as it is known, the others stay as they are. The embedded engine is enough: the differential
test ties the other to it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from graph.catalogue import Catalogue, Query
from tests.mutation.mutants import Kind, Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mutations.md"
MONTHS = ROOT / "tests" / "rules" / "test_months.py"
KINDS: tuple[Kind, ...] = ("day", "comparison")
HEAD = """# Mutation check

Does a test fail when a rule is wrong? Each condition on the day (`x.since <= $as_of < x.until`) is
dropped and each comparison turned round, one at a time; then the tests of the rule's own module and
those of days of which the month or year is known (`test_months.py`) run on the embedded engine (`make
mutations`). A cell says how many of them a test noticed, the revision (see [catalogue.md](catalogue.md))
of which text of the rule; a test compares it with the present one. A condition without which the rule
says the same is not counted; the last column says why it stands.

| rule | file | revision | days dropped | comparisons turned | not noticed |
|---|---|---|---|---|---|
"""
SAME: dict[str, tuple[str, str]] = {
    "concurrent_post_paid": (
        "w.since <= $as_of < w.until",
        "it only narrows whose posts are looked at; the place of each post is asked after that",
    )
}
"""A condition of a rule without which its rows are the same, and why."""


class Mutations:
    """A pytest plugin that runs the tests of each rule once per mutant, until one fails."""

    def __init__(self, rules: list[Query]) -> None:
        self.rules = rules
        self.counts: dict[tuple[str, Kind], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.survivors: dict[str, list[Mutant]] = defaultdict(list)
        self.same: dict[str, list[Mutant]] = defaultdict(list)
        self.sound: dict[str, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of one run over all tests."""
        for query in self.rules:
            items = [i for i in session.items if f"/test_{query.name}.py::" in i.nodeid]
            if items:
                items += [i for i in session.items if f"/{MONTHS.name}::" in i.nodeid]
            if items:
                session._setupstate.teardown_exact(items[0])  # of the module before
            self.sound[query.name] = bool(items) and _pass(items)
            for mutant in mutants_of(query.text) if self.sound[query.name] else ():
                noticed = _notice(query, mutant, items)
                if not noticed and SAME.get(query.name, ("",))[0] == mutant.before:
                    self.same[query.name].append(mutant)
                    continue
                all_, killed = self.counts[query.name, mutant.kind]
                self.counts[query.name, mutant.kind] = all_ + 1, killed + noticed
                if not noticed:
                    self.survivors[query.name].append(mutant)
                    _say(f"  not noticed: {query.name} {mutant}")
            _say(self.line(query))
            write_row(query.rule.code, self.line(query))
        return True

    def line(self, query: Query) -> str:
        """A row of the table."""
        found = [self.counts[query.name, kind] for kind in KINDS]
        cells = [f"{killed} of {all_}" for all_, killed in found]
        if not self.sound[query.name]:
            cells = ["tests fail by themselves"] * len(KINDS)
        left = [str(mutant) for mutant in self.survivors[query.name]]
        if same := self.same[query.name]:
            lines = ", ".join(str(mutant.line) for mutant in same)
            left += [f"the same without `{SAME[query.name][0]}` (lines {lines}): {SAME[query.name][1]}"]
        code, revision = query.rule.code, query.revision
        return f"| {code} | `{query.name}` | {revision} | {' | '.join(cells)} | {'; '.join(left) or '–'} |"


def write_row(rule: str, row: str) -> None:
    """Put a rule's row in place of the one that the page has."""
    lines = PAGE.read_text("utf-8").splitlines() if PAGE.exists() else []
    rows = {line.split(" ", 2)[1]: line for line in lines if line.startswith("| R")}
    rows[rule] = row
    PAGE.write_text(HEAD + "".join(f"{rows[code]}\n" for code in sorted(rows)), "utf-8")


def _notice(query: Query, mutant: Mutant, items: list[pytest.Item]) -> bool:
    """Whether a test fails on the mutant."""
    wrong = replace(query, text=mutant.text)
    original = Catalogue.__getitem__

    def other(self: Catalogue, name: str) -> Query:
        return wrong if name == query.name else original(self, name)

    Catalogue.__getitem__ = other  # type: ignore[method-assign]
    try:
        return not _pass(items)
    finally:
        Catalogue.__getitem__ = original  # type: ignore[method-assign]


def _pass(items: list[pytest.Item]) -> bool:
    for number, item in enumerate(items):
        item._initrequest()  # type: ignore[attr-defined]
        # The item itself would not be torn down; another keeps what the session holds.
        other = items[(number + 1) % len(items)]
        if any(r.failed for r in runtestprotocol(item, nextitem=other, log=False)):
            return False
    return True


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(names: list[str]) -> int:
    """Exit status 1 if a mutant survived, or a rule's tests fail by themselves."""
    rules = sorted(Catalogue.load().folder("rules"), key=lambda q: q.rule.code)
    wanted = [q for q in rules if not names or q.name in names or q.rule.code in names]
    plugin = Mutations(wanted)
    modules = [ROOT / "tests" / "rules" / f"test_{q.name}.py" for q in wanted]
    found = [str(m) for m in (*modules, MONTHS) if m.exists()]
    pytest.main([*found, "-q", "-k", "not neo4j", "-p", "no:cacheprovider"], plugins=[plugin])
    return 0 if all(plugin.sound.values()) and not any(plugin.survivors.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
