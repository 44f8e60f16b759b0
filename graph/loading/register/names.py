"""Names of persons in a cell, and the words for posts beside them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.days import Span, read_day, term_of
from graph.loading.register.kinds import PERSON_WORDS, post_words
from graph.loading.register.numerals import date_with_digits
from graph.loading.register.values import is_absent, is_unknown, plain


def _one_of(words: Iterable[str]) -> str:
    """A pattern, as one group, of any of some words."""
    return f"({'|'.join(map(re.escape, words))})"


_BRACKETS = re.compile(r"[（(]([^（）()]*)[)）]")
_PHONE = re.compile(r"[\d\-—]{7,}")
_YEARS = re.compile(r"(19|20)\d{2}([-—]\d{1,2}){0,2}([-—](19|20)\d{2}([-—]\d{1,2}){0,2})?")
"""2019-2022 beside a name is no telephone number."""
_DOTS = re.compile(r"(?<=[\u3400-\u9fff])[.•‧・∙⋅](?=[\u3400-\u9fff])")
"""What stands for the dot in 阿依古丽·买买提."""
_WORDS: dict[str, Any] = tomllib.loads(PERSON_WORDS.read_text("utf-8"))
_GONE = re.compile(f"{_one_of(_WORDS['gone'])}|.*{_one_of(_WORDS['gone_within'])}.*")
_NOBODY = re.compile(_one_of(_WORDS["nobody"]))
_TITLED = re.compile(f".{{1,4}}{_one_of(_WORDS['titles'])}")
_RANK = re.compile(f"[副正代]?{_one_of(_WORDS['ranks'])}")
_PLAIN = re.compile(rf"{_one_of(_WORDS['asides'])}|[\d-]*")
_TWO = re.compile(rf"(?<![\u3400-\u9fff]){_one_of(_WORDS['surnames'])}\s+(?=[\u3400-\u9fff])")
_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+|[A-Za-z .'·-]{2,40}"
)
_MEMBER, _PORTFOLIO_OF = "委员", "PartyOrganization"
"""The word for who is in charge of something, and in which bodies that is so."""
_PORTFOLIOS: dict[str, str | None] = {**_WORDS["portfolios"], **dict.fromkeys(_WORDS["other_portfolios"])}
_ASIDE = re.compile(r"[（(](兼|兼任|代|代理|专职|一肩挑|主持工作)[)）]$")
"""What is said of a post beside it."""
_BODIES = {
    "PartyOrganization": re.compile(r"^(社区|小区|村)?(大?党委|党总支|总支|党支部|支部|党组织)"),
    "ResidentsCommittee": re.compile(r"^(社区)?(居民委员会|居委会|居委|村民委员会|村委会|村委)"),
    "OwnersCommittee": re.compile(r"^(小区)?(业主委员会|业委会)"),
}


@dataclass(frozen=True)
class Named:
    """A person of a cell, with the post that stands beside the name, if one does."""

    name: str
    post: str | None = None
    aside: str | None = None
    """What else stands in brackets beside the name, and says nothing that is read."""
    term: Span | None = None
    """When, where that stands there: 张三（2019-2022）."""
    portfolio: str | None = None
    """What a member is in charge of: 组织委员 张三."""


def read_names(text: str, separators: str, label: str) -> list[Named]:
    """The persons of a cell in a body of this type; raises `BadCell` for what is no name.

    `主任：张三；委员：李四、王五`, `主任 张三`, `主任张三` and `张三（主任）` say the posts, too. Telephone
    numbers are left out, and whoever is said to have left (张三（已辞职）) is refused: who is meant?
    """
    found: list[Named] = []
    words, post = _words_of(label), None
    narrow = _DOTS.sub("·", unicodedata.normalize("NFKC", text))
    for part in re.split(f"[{re.escape(separators)}]", narrow):
        head, colon, rest = part.partition(":")
        if colon and plain(head) in words:
            post, part = plain(head), rest  # noqa: PLW2901
        pairs = [] if _is_none(part) else _with_posts(_apart(part, words), words)
        if colon and len(pairs) > 1 and pairs[0][0] == head:
            listed = "、".join(words)
            raise BadCell(f"“{head}”不是这里的职务；可写：{listed}", f"no post of this body: {head}", part)
        found += [_named(name, words, beside or post) for name, beside in pairs]
    return found


def _with_posts(pieces: Sequence[str], words: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Names with the posts beside them: 主任 张三 委员 李四, or 张三 主任 李四 委员."""
    behind = len(pieces) > 1 and plain(pieces[-1]) in words and plain(pieces[0]) not in words
    pairs: list[tuple[str, str | None]] = []
    post: str | None = None
    for piece in reversed(pieces) if behind else pieces:
        if plain(piece) in words:
            post = plain(piece)
        else:
            pairs.append((piece, post))
            post = None
    return pairs[::-1] if behind else pairs


def _is_none(part: str) -> bool:
    return not plain(_without_phones(part, "")) or is_absent(part) or is_unknown(part)


def _apart(part: str, words: Collection[str]) -> list[str]:
    """Names between blanks; the blank inside `张 三` or `欧阳 娜娜` is none between two."""
    part = re.sub(r"([)）])(?=[\u3400-\u9fff])", r"\1 ", _without_phones(part, " "))
    pieces = _TWO.sub(r"\1", part).replace(":", " ").split()
    chinese = all(re.match(r"[\u3400-\u9fff]", piece) for piece in pieces)
    if len(pieces) > 1 and chinese and all(len(_BRACKETS.sub("", piece)) > 1 for piece in pieces):
        # 副主任 高山: what somebody is stands before the name.
        return [p for p in pieces if plain(p) in words or not _RANK.fullmatch(p)] or pieces
    return ["".join(pieces) if chinese else " ".join(pieces)]


@cache
def _words_of(label: str) -> dict[str, str]:
    """Words for posts in a body of a type, with those of members in charge of something: 组织委员."""
    words = post_words(label)
    members = [word for word in words if word == _MEMBER and label == _PORTFOLIO_OF]
    return words | {f"{charge}{word}": words[word] for word in members for charge in _PORTFOLIOS}


def who_left(text: str) -> str | None:
    """The name of whom a cell says that they have left: 陆地（已离职）; None where it does not."""
    found = _BRACKETS.search(text)
    gone = found is not None and _GONE.fullmatch(plain(found[1])) is not None
    return _BRACKETS.sub("", text).strip() if gone else None


def portfolio_of(word: str | None) -> str | None:
    """What a word for a post says that its holder is in charge of: 组织委员."""
    return _PORTFOLIOS.get((word or "").removesuffix(_MEMBER))


def _named(text: str, words: dict[str, str], post: str | None) -> Named:
    """A person by the words about one; `post` is the word for one that stands beside the name."""
    beside = [plain(word) for word in _BRACKETS.findall(text)]
    name = _BRACKETS.sub("", text).strip()
    said = next((word for word in beside if word in words), post)
    gone = next((word for word in beside if _GONE.fullmatch(word)), None)
    if gone is not None:
        raise BadCell(
            f"写了“{gone}”，看不出现在由谁任职；已离任或尚未上任的请不要写在这里",
            "who does not hold the post now is not named here",
            text,
        )
    word = max((w for w in words if name.startswith(w) and len(name) > len(w) + 1), key=len, default="")
    if word:
        name, said = name.removeprefix(word), word
    if _TITLED.fullmatch(plain(name)):
        zh = "是称呼，不是姓名；请写全名，职务不要连在姓名后"
        raise BadCell(zh, "a title, no name: write the whole name", text)
    if _PERSON.fullmatch(name) is None or _NOBODY.search(plain(name)):
        raise BadCell("不像姓名；多个姓名请用顿号分开", "no name of a person: separate names with 、", text)
    term = next((term for word in beside if (term := _term(word)) is not None), None)
    asides = (w for w in beside if w not in words and not _PLAIN.fullmatch(w) and _term(w) is None)
    return Named(name, words[said] if said else None, next(asides, None), term, portfolio_of(said))


def _term(word: str) -> Span | None:
    """When somebody is in a post by what stands beside the name; None where that says no year."""
    if re.search(r"\d{4}", word := date_with_digits(word)) is None:
        return None
    try:
        read_day(word)
    except BadCell:
        try:
            return term_of(word)
        except BadCell:
            return None
    return Span(word)


def _without_phones(text: str, instead: str) -> str:
    return _PHONE.sub(lambda found: found[0] if _YEARS.fullmatch(found[0]) else instead, text)


def read_post(text: str, label: str) -> tuple[str, str | None]:
    """The post that a word means in a body of this type, and the portfolio (组织委员); raises `BadCell`.

    The body's own kind may stand before it: 党总支组织委员.
    """
    words = post_words(label)
    said = _ASIDE.sub("", plain(text))
    for word in dict.fromkeys((said, _BODIES[label].sub("", said) if label in _BODIES else said)):
        for begin, portfolio in _PORTFOLIOS.items():
            if word.startswith(begin) and word.removeprefix(begin) in words:
                return words[word.removeprefix(begin)], portfolio
        if word in words:
            return words[word], None
    raise BadCell(f"不是这里的职务；可写：{'、'.join(words)}", f"expected one of: {', '.join(words)}", text)
