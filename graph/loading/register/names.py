"""Names of persons in a cell, and the words for posts beside them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from graph.loading.cells import BadCell
from graph.loading.register.kinds import post_words
from graph.loading.register.values import is_absent, is_unknown, plain

_BRACKETS = re.compile(r"[（(]([^（）()]*)[)）]")
_PHONE = re.compile(r"[\d\-—]{7,}")
_DOTS = re.compile(r"(?<=[\u3400-\u9fff])[.•‧・∙⋅](?=[\u3400-\u9fff])")
"""What stands for the dot in 阿依古丽·买买提."""
_ENDED = re.compile(
    r"原|故|前|.*(原任|前任|已故|去世|病故|逝世|辞|离任|离职|离岗|卸任|免职|已免|调[离走出]|撤|罢免|停职"
    r"|退出|不再|不任|已换|拟任|候任|待任|待上任|拟聘).*|拟"
)
"""What says beside a name that this is not who holds the post now."""
_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+|[A-Za-z .'·-]{2,40}"
)


@dataclass(frozen=True)
class Named:
    """A person of a cell, with the post that stands beside the name, if one does."""

    name: str
    post: str | None = None


def read_names(text: str, separators: str, label: str) -> list[Named]:
    """The persons of a cell in a body of this type; raises `BadCell` for what is no name.

    `主任：张三；委员：李四、王五` and `张三（主任）` say the posts, too. Telephone numbers are left out,
    and whoever is said to have left (张三（已辞职）) is refused: it is not known who is meant.
    """
    found: list[Named] = []
    words, post = post_words(label), None
    narrow = _DOTS.sub("·", unicodedata.normalize("NFKC", text))
    for part in re.split(f"[{re.escape(separators)}]", narrow):
        head, colon, rest = part.partition(":")
        if colon and plain(head) in words:
            post, part = words[plain(head)], rest  # noqa: PLW2901
        if _is_none(part):
            continue
        found += [_named(name, words, post) for name in _apart(part)]
    return found


def _is_none(part: str) -> bool:
    return not plain(_PHONE.sub("", part)) or is_absent(part) or is_unknown(part)


def _apart(part: str) -> list[str]:
    """Names between blanks; the blank inside `张 三` is none between two."""
    pieces = _PHONE.sub(" ", part).split()
    chinese = all(re.match(r"[\u3400-\u9fff]", piece) for piece in pieces)
    if len(pieces) > 1 and chinese and all(len(_BRACKETS.sub("", piece)) > 1 for piece in pieces):
        return pieces
    return ["".join(pieces) if chinese else " ".join(pieces)]


def _named(text: str, words: dict[str, str], post: str | None) -> Named:
    beside = [plain(word) for word in _BRACKETS.findall(text)]
    name = _BRACKETS.sub("", text).strip()
    said = next((words[word] for word in beside if word in words), post)
    gone = next((word for word in beside if _ENDED.fullmatch(word)), None)
    if gone is not None:
        raise BadCell(
            f"写了“{gone}”，看不出现在由谁任职；已离任或尚未上任的请不要写在这里",
            "who does not hold the post now is not named here",
            text,
        )
    if _PERSON.fullmatch(name) is None:
        raise BadCell("不像姓名；多个姓名请用顿号分开", "no name of a person: separate names with 、", text)
    return Named(name, said)


_PORTFOLIOS: dict[str, str | None] = {
    "组织": "organization",
    "宣传": "publicity",
    "纪检": "discipline",
    "纪律检查": "discipline",
}
_PORTFOLIOS |= dict.fromkeys(("统战", "青年", "妇女", "群团", "群众工作", "保密", "生活", "文体"))
"""What a member of a committee is in charge of; of those without an option the title alone keeps the word."""
_BODIES = {
    "PartyOrganization": re.compile(r"^(社区|小区)?(党委|党总支|总支|党支部|支部|党组织)"),
    "ResidentsCommittee": re.compile(r"^(社区)?(居民委员会|居委会|居委)"),
    "OwnersCommittee": re.compile(r"^(小区)?(业主委员会|业委会)"),
}


def read_post(text: str, label: str) -> tuple[str, str | None]:
    """The post that a word means in a body of this type, and the portfolio (组织委员); raises `BadCell`.

    The body's own kind may stand before it: 党总支组织委员.
    """
    words = post_words(label)
    said = plain(text)
    for word in dict.fromkeys((said, _BODIES[label].sub("", said) if label in _BODIES else said)):
        for begin, portfolio in _PORTFOLIOS.items():
            if word.startswith(begin) and word.removeprefix(begin) in words:
                return words[word.removeprefix(begin)], portfolio
        if word in words:
            return words[word], None
    raise BadCell(f"不是这里的职务；可写：{'、'.join(words)}", f"expected one of: {', '.join(words)}", text)
