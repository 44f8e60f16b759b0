"""Words in the place of ids and codes: a person, a body and a post as a clerk calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.appointments.after_place import bodies_after
from graph.errors import BadParameter
from graph.model import NODES, POSTS, PostRole, is_valid_id, label_of
from graph.model.posts import posts_named
from graph.reading.graph import Graph
from graph.reading.search import may_name, persons_called, search, search_near, told_apart
from graph.spelling import fold, near

PERSON = ["Person"]
OF_A_POST = {"relieve", "extend", "pay"}
"""Changes of a post that somebody holds."""
LISTED = 6
"""Candidates that an error lists."""


async def with_ids(graph: Graph, given: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal with the ids and codes that its words name; everything else is as it was.

    Raises `BadParameter` where a word names nothing, or several, with what it may mean.
    """
    changes = given.get("changes")
    if not isinstance(changes, list):
        return dict(given)
    return {**given, "changes": [await change_with_ids(graph, c) for c in changes]}


async def change_with_ids(graph: Graph, change: Any) -> Any:
    """One change of a proposal likewise."""
    if not isinstance(change, dict):
        return change
    found = dict(change)
    if isinstance(found.get("body"), str):
        found["body"] = await id_of(graph, found["body"], "body", list(POSTS))
        if isinstance(found.get("role"), str):
            found["role"] = _role(found["role"], found["body"])
    if isinstance(found.get("person"), str):
        found["person"] = await _holder(graph, found) or await id_of(graph, found["person"], "person", PERSON)
    return found


async def _holder(graph: Graph, change: Mapping[str, Any]) -> str | None:
    """Of several of one name the one who holds the post that is changed; None where that tells none."""
    word, body, role = (change.get(name) for name in ("person", "body", "role"))
    if change.get("kind") not in OF_A_POST or not body or not role or is_id(str(word)):
        return None
    held = graph.catalogue["person_posts"]
    found = []
    for id_ in await persons_called(graph, str(word)):
        rows = (await graph.ask(held, {"person": id_})).data
        found += [id_] if any((row["body"], row["role"]) == (body, role) for row in rows) else []
    return found[0] if len(found) == 1 else None


async def id_of(graph: Graph, word: str, subject: str, labels: Sequence[str]) -> str:
    """The id of the thing of these types that a word names; an id is itself. Raises `BadParameter`."""
    if is_id(word):
        return word
    if labels == PERSON and graph.viewer.hides_name(*PERSON):
        return await _person(graph, word, subject)
    rows = (await search(graph, word, types=labels)).data
    exact = [row for row in rows if fold(row["name"]) == fold(word)] or rows
    found = [(row["id"], row["name"]) for row in exact] or await bodies_after(graph, word, labels)
    if len(found) == 1:
        return found[0][0]
    what = "、".join(NODES[label].zh for label in labels[:3])
    if not found:
        close = "、".join(f"{row['name']} {row['id']}" for row in await search_near(graph, word, labels))
        raise BadParameter(
            f"没有找到名为“{word}”的{what}；{f'最接近的：{close}；' if close else ''}"
            "可用 cobuild search 查找。",
            f"nothing is called {word!r}: look with `cobuild search`.",
            subject=subject,
        )
    ids = [id_ for id_, _ in found[:LISTED]]
    apart = await told_apart(graph, ids) if labels == PERSON else ids
    listed = "、".join(f"{name} {told}" for (_, name), told in zip(found, apart, strict=False))
    more = f" 等 {len(found)} 个" if len(found) > LISTED else ""
    raise BadParameter(
        f"“{word}”可能是：{listed}{more}；请写编号。",
        f"{word!r} may be one of {len(found)}: give the id.",
        subject=subject,
    )


async def _person(graph: Graph, word: str, subject: str) -> str:
    """The one person of exactly this name, where personal data are not shown: nobody else's name is told."""
    if not may_name(graph):
        raise BadParameter(
            f"网页和接口按姓名“{word}”查人须说明理由；也可写人员编号。",
            "to find a person by name give a reason (Cobuild-Reason), or give the id.",
            subject=subject,
        )
    ids = await persons_called(graph, word)
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise BadParameter(
            f"没有姓名为“{word}”的人员，须写全名；可用 cobuild search --show-personal 查找相近的。",
            f"no person is called {word!r}: look for the like with `cobuild search --show-personal`.",
            subject=subject,
        )
    listed = "、".join(await told_apart(graph, ids[:LISTED]))
    more = " 等" if len(ids) > LISTED else ""
    raise BadParameter(
        f"有 {len(ids)} 人姓名为“{word}”：{listed}{more}；请写编号。",
        f"{len(ids)} persons are called {word!r}: give the id.",
        subject=subject,
    )


def _role(word: str, body: str) -> str:
    """The post of a body that a word names; an unknown word is left to the check of the proposal."""
    posts = POSTS.get(label_of(body), ()) if is_id(body) else ()
    found = [word] if word in posts else posts_named(word, posts)
    if len(found) == 1:
        return found[0]
    if word in PostRole.__members__ or not posts:
        return word
    listed = "、".join(f"{PostRole[post].zh}（{post}）" for post in posts)
    close = near(word, [PostRole[post].zh for post in posts])
    raise BadParameter(
        f"{NODES[label_of(body)].zh}没有职务“{word}”；{close}可用：{listed}。",
        f"there is no post {word!r} there; known: {', '.join(posts)}.",
        subject="role",
    )


def is_id(word: str) -> bool:
    """Whether a word is the id of a node, whether there is such a one or not."""
    try:
        return is_valid_id(label_of(word), word)
    except BadParameter:
        return False
