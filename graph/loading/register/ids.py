"""Ids for what a register names: found again where it was named before, given where it is new.

Of a thing the id is made from its number, or its name within its place; of a person it is a serial.
Which name means which id is kept in the ledger, so that an id stays when a name is corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from graph.ledger.names import KnownNames
from graph.ledger.questions import Candidate, Question
from graph.likest import likeness
from graph.loading.register.known import IdsByName
from graph.loading.register.likeness import same_name
from graph.loading.register.slips import nearly
from graph.model import NODES

PERSON = "Person"
_SERIAL = "r"
_QUARTER = f"{NODES['Quarter'].prefix}-"
_LONG = 10
_UNIQUE = 6
"""Characters of a number that is one of its district; a shorter one is one of its place."""


@dataclass
class Ids:
    """The ids of one delivery; `kept` are the names to remember once it is loaded.

    `by_name` are ids that were found in the graph by their name alone; `questions` ask what a name
    means that is nearly another; until they are answered it is taken for a new thing.
    """

    names: KnownNames
    known: IdsByName
    asked: Mapping[str, str] = field(default_factory=dict)
    """Of persons of whom it is open who they are the key and the id that a new one has."""
    same_names: bool = False
    """Whether the clerk says that one name in one community is one person."""
    kept: dict[str, str] = field(default_factory=dict)
    by_name: set[str] = field(default_factory=set)
    questions: dict[str, Question] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)
    """Of new persons those of the same name in the same community, who may be they."""
    shifted: dict[str, str] = field(default_factory=dict)
    """Of things found by a number that counts lines the name of what had it."""
    same_number: set[str] = field(default_factory=set)
    """Persons with the number of one of another name in this register."""
    _called: dict[str, str] = field(default_factory=dict)
    _number: dict[str, str] = field(default_factory=dict)
    _named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _at: dict[str, str] = field(default_factory=dict)
    _parts: set[tuple[str, str]] = field(default_factory=set)
    _waiting: dict[str, str] = field(default_factory=dict)
    """Of persons in question every key, with the id."""
    _last: int | None = None

    def thing(
        self,
        label: str,
        place: str,
        name: str,
        number: str | None = None,
        *,
        at: str | None = None,
        wherever: bool = False,
    ) -> str:
        """The id of a thing by its number, or by its name within a place or district.

        What is `at` a quarter moves with it: it is found there wherever it was. `wherever`: nothing says in
        which place of the area it is, and the one of its name there is meant.
        """
        plain = self.known.plain(label, name, place)
        keys = [self.names.key(label, place, plain)]
        if number is not None:
            # 001 is the first grid of every community.
            scope = self.known.district if len(number) >= _UNIQUE else place
            keys.insert(0, self.names.key(label, scope, f"#{number}"))
        found = self._remembered(keys[:1])
        if number is not None:
            found = self._numbered(keys[0], keys[1], found)
        if found is None and wherever:
            standing = self.known.wherever(label, plain)
            if len(standing) == 1:
                (found,) = standing
                self.by_name.add(found)
        if found is None:
            standing = self.known.named.get((label, at or place, plain), set())
            standing = standing or self.known.named.get((label, place, plain), set())
            # What has another number in this register is another thing of the name.
            standing = {id_ for id_ in standing if self._number.get(id_, keys[0]) == keys[0]}
            if len(standing) == 1:
                (found,) = standing
                self.by_name.add(found)
        if found is None:
            found = self._made(label, keys[0])
            candidates = self._candidates(label, place, plain, keys[0])
            self._at |= {} if at is None else {keys[0]: at}
            if candidates and keys[0] not in self.questions:
                where = self.known.names.get(place, "")
                self.questions[keys[0]] = Question(keys[0], label, name, where, found, candidates)
            if candidates:
                return found
        if number is not None:
            self._number[found] = keys[0]
            if self._remembered(keys[1:]) not in (None, found):
                keys = keys[:1]
        self.kept |= dict.fromkeys(keys, found)
        return found

    def _numbered(self, number: str, name: str, found: str | None) -> str | None:
        """The id of a thing by its number (`found`) and its name, as keys.

        Two numbers of one name are two things. Where the number was another thing's, and the name that of a
        third, the numbers count lines: `shifted`.
        """
        called = self._remembered([name])
        if found is None:
            return called if called and self._number.get(called, number) == number else None
        if called not in (None, found):
            if not self._named:
                for key, id_ in self.names.ids.items():
                    if not key.startswith("Person|") and "|#" not in key:
                        self._named[id_].add(key)
            if self._named.get(found, {name}) != {name} and name not in self._named[found]:
                self.shifted[found] = self.known.names.get(found, found)
        return found

    def _candidates(self, label: str, place: str, plain: str, key: str) -> list[Candidate]:
        """What a new name may mean: a thing of nearly this name, of a part of it, of this name elsewhere."""
        found = [
            Candidate(id_, self.known.names[id_], self.known.names.get(place, ""), round(score))
            for other, score in self.known.here(label, place).nearest(plain)
            for id_ in sorted(self.known.named[label, place, other])
        ]
        near = {candidate.id for candidate in found}
        for other in self.known.parts(label, place, plain):
            for id_ in sorted(self.known.named[label, place, other] - near):
                here = self.known.names.get(place, "")
                found.append(Candidate(id_, self.known.names[id_], here, round(likeness(plain, other))))
                if label == "Quarter":
                    self._parts.add((key, id_))
        for where, id_ in self.known.elsewhere(label, place, plain):
            found.append(Candidate(id_, self.known.names[id_], self.known.names.get(where, ""), 100))
        return found

    def settle(self) -> None:
        """Once all rows are read: what has a row of its own where it was has not moved.

        Nor is the branch of a quarter that has a row another's, nor what has a row beside its part that part.
        """
        named = set(self.kept.values())
        unsure = {q.new_id for q in self.questions.values() if q.label == "Area"}
        for key, question in list(self.questions.items()):
            # What lies in a community that may be another is asked about once that is known.
            left = [
                c
                for c in question.candidates
                if (c.id not in named or self._stays(question, c)) and not self._elsewhere(key, c, named)
                if key.split("|")[1] not in unsure
            ]
            if left:
                self.questions[key] = replace(question, candidates=left)
            else:
                del self.questions[key]
                self.kept |= dict.fromkeys(self.keys_of(question), question.new_id)

    def _stays(self, question: Question, candidate: Candidate) -> bool:
        """Whether what has a row of its own may be meant all the same: no person, nor what is elsewhere."""
        here = question.label != PERSON and candidate.place == question.place
        return here and (question.key, candidate.id) not in self._parts

    def keys_of(self, question: Question) -> list[str]:
        """Every key under which the thing or person of a question is named in this delivery."""
        return [question.key, *(key for key, id_ in self._waiting.items() if id_ == question.new_id)]

    def _elsewhere(self, key: str, candidate: Candidate, named: set[str]) -> bool:
        at = self._at.get(key)
        quarters = {q for q in self.known.places.get(candidate.id, ()) if q.startswith(_QUARTER)}
        return at is not None and bool(quarters) and at not in quarters and quarters <= named

    def only(self, label: str, owner: str) -> str:
        """The id of the one thing of its type that another has: the committee of a quarter."""
        key = self.names.key(label, owner, "")
        found = self._remembered([key])
        if found is None:
            standing = self.known.only.get((label, owner), set())
            found = next(iter(standing)) if len(standing) == 1 else self._made(label, key)
        self.kept[key] = found
        return found

    def area(self, parent: str, name: str) -> str:
        """The id of a new area: the digits of the area above, then what its name makes."""
        digits = parent.partition("-")[0].rstrip("0")
        whole = next(n for n in (6, 9, 12) if n >= len(digits))
        plain = same_name("Area", name)
        return f"{digits.ljust(whole, '0')}-{_digest(f'{parent}|{plain}')}"

    def person(
        self, name: str, bodies: Iterable[str], number: str | None = None, home: str = "", said: str = ""
    ) -> str:
        """The id of a person, by a number or by name and body; a person of one row is one person.

        A new one may be somebody of that name in the same community, `home` or that of a body: `alike`; or
        somebody of nearly the name in the same body: a question, which says where the name stands (`said`).
        """
        bodies = list(bodies)
        plain = same_name("Person", name)
        keys = [self.names.key("Person", body, plain) for body in bodies]
        if number is not None:
            # 001 is the first member of every branch.
            scope = self.known.district if len(number) >= _UNIQUE else next(iter(bodies), "")
            keys = [self.names.key("Person", scope, f"#{number}")]
        found = self._remembered(keys)
        if found is None and number is None:
            standing = set().union(*(self.known.persons.get((body, plain), set()) for body in bodies))
            if len(standing) == 1:
                (found,) = standing
                self.by_name.add(found)
        homes = {home, *(place for body in bodies for place in self.known.communities(body))} - {""}
        # Who has another number in this register is told apart by it.
        others = self._called if number is not None else ()
        alike = [] if found else [i for i in self.known.namesakes(homes, plain) if i not in others]
        if self.same_names and number is None and len(alike) == 1:
            (found,) = alike
            self.by_name.add(found)
        if found is None:
            found = self.asked.get(keys[0]) or self._next()
            near = [] if number is not None else nearly(self.known, bodies, plain)
            if near:
                self._waiting |= dict.fromkeys(keys, found)
                self.questions[keys[0]] = Question(keys[0], PERSON, said, near[0].place, found, near)
            if alike:
                self.alike[found] = alike
        if number is not None and self._called.setdefault(found, plain) != plain:
            self.same_number.add(found)
        if found not in self._waiting.values():
            self.kept |= dict.fromkeys(keys, found)
        self.known.meet(found, homes, plain)
        return found

    def _remembered(self, keys: Iterable[str]) -> str | None:
        known = (self.kept, self._waiting, self.names.ids)
        return next((ids[key] for key in keys for ids in known if key in ids), None)

    def _made(self, label: str, key: str) -> str:
        return f"{NODES[label].prefix}-{self.known.district}-{_digest(key)}"

    def _next(self) -> str:
        begin = f"{NODES['Person'].prefix}-{self.known.district}-{_SERIAL}"
        if self._last is None:
            given = [id_ for id_ in self.names.ids.values() if id_.startswith(begin)]
            # A ledger that was lost must not give a serial of the graph again.
            given += [id_ for id_ in (*self.known.sources, *self.asked.values()) if id_.startswith(begin)]
            self._last = max((int(id_.removeprefix(begin)) for id_ in given), default=0)
        self._last += 1
        return f"{begin}{self._last:06}"


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:_LONG]
