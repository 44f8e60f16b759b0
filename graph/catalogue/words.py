"""A rule or dimension by whatever people type for it: file name, code, number, Chinese title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from graph.catalogue.queries import Query
from graph.spelling import fold

_BRACKETS = re.compile(r"（.*?）")
MOST_NEAR = 3
NEAR = 0.5
"""How alike (0 to 1, `difflib`) a word is that may have been meant: half the characters of a title."""
SHORTEST, SLIP = 3, 0.6
"""Of how many characters a word is of which one may be wrong, and how alike it is to a part of a title."""


def find_by_word(queries: Sequence[Query], word: str) -> Query | None:
    """The file that a word names: `R27`, `27`, its title or its file name; None for none, or for two."""
    meant = fold(word)
    found = [query for query in queries if meant in {fold(text) for text in words_of(query)}]
    return found[0] if len(found) == 1 else None


def words_of(query: Query) -> list[str]:
    """What names a file: its own name and title, a rule's code and number, a dimension without 覆盖.

    Words in brackets in the title of a dimension may be left out: 业委会.
    """
    title = query.header.title_zh
    words = [query.name, query.header.title, title]
    if query.folder == "rules":
        words += [query.rule.code, query.rule.code.removeprefix("R"), query.rule.code.removeprefix("R0")]
    if query.folder == "coverage":
        bare = _BRACKETS.sub("", title)
        words += [bare, title.removesuffix("覆盖"), bare.removesuffix("覆盖")]
    return words


def near_words(queries: Iterable[Query], word: str) -> str:
    """The files that a wrong word may have meant, nearest first, as a clerk reads them; empty for none."""
    spelt = {fold(text): query for query in queries for text in words_of(query)}
    said = fold(word)
    having = [text for text in spelt if len(said) > 1 and said in text]
    near = [*having, *get_close_matches(said, spelt, n=2 * MOST_NEAR, cutoff=NEAR)]
    if not near and len(said) >= SHORTEST:  # 一肩跳 is a slip in a part of a long title
        within = {
            title[i : i + len(said)]: query
            for title, query in spelt.items()
            if title == fold(query.header.title_zh)
            for i in range(len(title) - len(said) + 1)
        }
        slips = get_close_matches(said, within, n=2 * MOST_NEAR, cutoff=SLIP)
        near, spelt = slips, within
    meant = {spelt[text].name: spelt[text] for text in near}
    return "、".join(shown(query) for query in list(meant.values())[:MOST_NEAR])


def shown(query: Query) -> str:
    """A file as a clerk knows it: `R27 业委会成员在物业任职`, `志愿服务队覆盖（volunteer_team）`."""
    title = query.header.title_zh
    return f"{query.rule.code} {title}" if query.folder == "rules" else f"{title}（{query.name}）"
