"""From a proposal to changes of the graph: the present state is read, every mistake is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.appointments.proposal import (
    Appoint,
    ChangePay,
    Extend,
    Proposal,
    ProposalProblem,
    ProposalRejected,
    Relieve,
)
from graph.errors import BadParameter
from graph.model import NODES, OPEN_END, POSTS, edge_id, is_valid_id, label_of
from graph.model.precision import MARKS, with_day
from graph.store import Transaction
from graph.store.changes import Change

Properties = dict[str, Any]

_POSTS = (
    "UNWIND $ids AS id MATCH (p:Person {id: id})-[h:HOLDS_POST]->(b) "
    "RETURN b.id AS body, properties(h) AS post ORDER BY post.id"
)


@dataclass
class ProposalContext:
    """The persons, bodies and posts that a proposal speaks of, as the graph has them."""

    nodes: dict[str, Properties] = field(default_factory=dict)
    posts: dict[str, Properties] = field(default_factory=dict)
    """By id, each with `person` and `body` beside its own properties."""


async def read_standing(tx: Transaction, proposal: Proposal) -> ProposalContext:
    """What stands, of everything that the proposal names; unknown ids are simply missing."""
    standing = ProposalContext()
    by_label: dict[str, set[str]] = {}
    for id_ in _named(proposal):
        by_label.setdefault(label_of(id_), set()).add(id_)
    for label, ids in by_label.items():
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS node"
        for row in await tx.run(text, {"ids": sorted(ids)}):
            standing.nodes[row["node"]["id"]] = row["node"]
    persons = sorted(by_label.get("Person", ()))
    for row in await tx.run(_POSTS, {"ids": persons}) if persons else []:
        post = row["post"]
        ends = {"person": post["id"].partition("~")[0], "body": row["body"]}
        standing.posts[post["id"]] = {**post, **ends}
    return standing


def _named(proposal: Proposal) -> set[str]:
    """Every node id that a proposal names and that has the form of one."""
    found: set[str] = set()
    for change in proposal.changes:
        ids = [change.person, change.body]
        if not isinstance(change, Appoint) and change.post is not None:
            ids += change.post.split("~")[:3:2]
        found |= {i for i in ids if i is not None and _is_id(i)}
    return found


def _is_id(value: str) -> bool:
    try:
        return is_valid_id(label_of(value), value)
    except BadParameter:
        return False


def plan_changes(proposal: Proposal, standing: ProposalContext, source: str) -> list[Change]:
    """The changes of posts and bodies that carry a proposal out, without derived edges.

    `source` is the id of the document that new and changed posts name. Raises `ProposalRejected`
    with every mistake: unknown ids, roles that a body does not have, overlapping spells, posts not
    held on the day.
    """
    planner = _Planner(proposal.as_of, source, deepcopy(standing))
    for number, change in enumerate(proposal.changes):
        planner.where = f"changes[{number}]"
        if isinstance(change, Appoint):
            planner.appoint(change)
        elif isinstance(change, Relieve):
            planner.relieve(change)
        elif isinstance(change, ChangePay):
            planner.pay(change)
        else:
            planner.extend(change)
    if planner.problems:
        raise ProposalRejected(planner.problems)
    return [*_differences(standing, planner.standing)]


def _differences(before: ProposalContext, after: ProposalContext) -> list[Change]:
    changes = []
    for id_, node in after.nodes.items():
        if node != before.nodes[id_]:
            changes.append(Change(label_of(id_), before.nodes[id_], node))
    for id_, post in after.posts.items():
        was = before.posts.get(id_)
        if post != was:
            ends = post["person"], post["body"]
            changes.append(Change("HOLDS_POST", was and _bare(was), _bare(post), *ends))
    return changes


def _bare(post: Mapping[str, Any]) -> Properties:
    return {n: v for n, v in post.items() if n not in ("person", "body")}


@dataclass
class _Planner:
    """Carries out one change after the other on a copy of what stands."""

    day: date
    source: str
    standing: ProposalContext
    where: str = ""
    problems: list[ProposalProblem] = field(default_factory=list)

    def appoint(self, change: Appoint) -> None:
        person = self._node(change.person, "person", ("Person",))
        body = self._node(change.body, "body", tuple(POSTS))
        if person is None or body is None:
            return
        role, until = str(change.role), change.until or OPEN_END
        roles = POSTS[label_of(change.body)]
        if role not in roles:
            self._say(
                "role",
                f"该组织没有职务 {role}，可用：{'、'.join(roles)}",
                f"{change.body} has no role {role}, only {', '.join(roles)}",
            )
            return
        if until <= self.day:
            self._say("until", "应晚于生效日", "must be later than as_of")
            return
        if person["synthetic"] != body["synthetic"]:
            self._say("person", "虚构数据与真实数据不能混用", "synthetic and real do not mix")
            return
        same = change.person, change.body, role
        posts = self.standing.posts.values()
        spells = [p for p in posts if (p["person"], p["body"], p["role"]) == same]
        held = [p for p in spells if p["since"] < until and self.day < p["until"]]
        if held:
            self._say(
                "person",
                f"此期间已任该职（{held[0]['id']}）",
                f"already holds this post then ({held[0]['id']})",
            )
            return
        spell = max((int(p["spell"]) for p in spells), default=0) + 1
        id_ = edge_id("HOLDS_POST", change.person, change.body, role, spell)
        self.standing.posts[id_] = {
            "id": id_,
            "spell": spell,
            "since": self.day,
            "until": until,
            "since_known": True,
            "source": self.source,
            "synthetic": person["synthetic"],
            **change.properties,
            "person": change.person,
            "body": change.body,
        }

    def relieve(self, change: Relieve) -> None:
        post = self._held(change.post_id)
        if post is not None and post["since"] >= self.day:
            self._say("post", "任职与免职为同一天", "was begun on the very day")
        elif post is not None:
            self.standing.posts[post["id"]] = with_day(post, "until", self.day) | {"source": self.source}

    def pay(self, change: ChangePay) -> None:
        post = self._held(change.post_id)
        if post is not None:
            post |= {"paid": change.paid, "source": self.source}
            post.pop("pay_basis", None)
            if change.pay_basis is not None:
                post["pay_basis"] = str(change.pay_basis)

    def extend(self, change: Extend) -> None:
        if change.post_id is None:
            self._extend_body(change)
            return
        post = self._held(change.post_id)
        if post is None or not self._later(change, post.get("term_until")):
            return
        post = with_day(post, "term_until", change.until) | {"source": self.source}
        if post["until"] != OPEN_END and post["until"] < change.until:
            post = with_day(post, "until", change.until)
        self.standing.posts[post["id"]] = post
        if change.approved_by is not None:
            post |= {"approved": True, "approved_by": change.approved_by}

    def _extend_body(self, change: Extend) -> None:
        assert change.body is not None
        terms = tuple(n for n, t in NODES.items() if "extended_until" in t.properties())
        body = self._node(change.body, "body", terms)
        if body is None or not self._later(change, body.get("extended_until")):
            return
        # The day is known now, also where a register had the month alone.
        known = with_day(body, "extended_until", change.until)
        body.pop(MARKS, None)
        body |= known
        body.pop("extension_approved_by", None)  # an earlier approval is not this one's
        if change.approved_by is not None:
            body["extension_approved_by"] = change.approved_by

    def _later(self, change: Extend, than: date | None) -> bool:
        bound = max(self.day, than or date.min)
        if change.until <= bound:
            self._say("until", f"应晚于 {bound}", f"must be later than {bound}")
        return change.until > bound

    def _node(self, id_: str, field_: str, labels: tuple[str, ...]) -> Properties | None:
        if not _is_id(id_) or label_of(id_) not in labels:
            zh = "、".join(NODES[label].zh for label in labels)
            self._say(field_, f"{id_!r} 不是{zh}的编号", f"{id_!r} is no id of {', '.join(labels)}")
            return None
        found = self.standing.nodes.get(id_)
        if found is None:
            self._say(field_, f"没有编号为 {id_} 的对象", f"there is no {id_}")
        return found

    def _held(self, id_: str | None) -> Properties | None:
        """The post, if it is held on the day."""
        post = self.standing.posts.get(id_ or "")
        if post is None:
            self._say("post", f"没有任职 {id_}", f"there is no post {id_}")
        elif not post["since"] <= self.day < post["until"]:
            since, until = post["since"], post["until"]
            self._say(
                "post",
                f"{self.day} 不在任（{since} 至 {until}）",
                f"not held on {self.day} (from {since} until {until})",
            )
            return None
        return post

    def _say(self, field_: str, zh: str, en: str) -> None:
        self.problems.append(ProposalProblem(where=f"{self.where}.{field_}", zh=zh, en=en))
