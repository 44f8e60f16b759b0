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
_SAID = re.compile(r"[男女兼]|兼任|党员|中共党员|[\d-]*")
"""What goes without saying where a name is all that is asked for."""
_TWO = re.compile(
    r"(?<![\u3400-\u9fff])(欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方|南宫|端木|长孙|宇文|轩辕)\s+(?=[\u3400-\u9fff])"
)
"""A surname of two characters, and the blank behind it."""
_NOBODY = re.compile(
    "名单|附件|附表|备注|详见|物业|社区|小区|街道|公司|委员会|业委会|支部|党委|网格|代管|托管|兼任|筹备|选举|换届|解散|撤销"
    "|到期|届满|[已未待]成立|成立中|备案|暂[无未缺停代]|待补|待选|无人|以上|以下|人员|主持工作|负责|轮值|电话|联系"
)
"""Words of sentences: 筹备中 and 社区代管 are as long as names."""
_TITLED = re.compile(
    r".{1,4}(校长|园长|院长|所长|行长|局长|处长|科长|站长|队长|部长|厂长|主任|经理|书记|老师|师傅|先生|女士|同志|阿姨|委员)"
)
"""张校长, 王女士: a surname and what somebody is."""
_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]+(·[\u3400-\u9fff]+)+|[A-Za-z .'·-]{2,40}"
)


@dataclass(frozen=True)
class Named:
    """A person of a cell, with the post that stands beside the name, if one does."""

    name: str
    post: str | None = None
    aside: str | None = None
    """What else stands in brackets beside the name, and says nothing that is read."""


def read_names(text: str, separators: str, label: str) -> list[Named]:
    """The persons of a cell in a body of this type; raises `BadCell` for what is no name.

    `主任：张三；委员：李四、王五`, `主任 张三`, `主任张三` and `张三（主任）` say the posts, too. Telephone
    numbers are left out, and whoever is said to have left (张三（已辞职）) is refused: who is meant?
    """
    found: list[Named] = []
    words, post = post_words(label), None
    narrow = _DOTS.sub("·", unicodedata.normalize("NFKC", text))
    for part in re.split(f"[{re.escape(separators)}]", narrow):
        head, colon, rest = part.partition(":")
        if colon and plain(head) in words:
            post, part = words[plain(head)], rest  # noqa: PLW2901
        beside = None
        for name in () if _is_none(part) else _apart(part):
            if plain(name) in words:
                beside = words[plain(name)]
            else:
                found.append(_named(name, words, beside or post))
                beside = None
    return found


def _is_none(part: str) -> bool:
    return not plain(_PHONE.sub("", part)) or is_absent(part) or is_unknown(part)


def _apart(part: str) -> list[str]:
    """Names between blanks; the blank inside `张 三` or `欧阳 娜娜` is none between two."""
    part = re.sub(r"([)）])(?=[\u3400-\u9fff])", r"\1 ", _PHONE.sub(" ", part))
    pieces = _TWO.sub(r"\1", part).replace(":", " ").split()
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
    word = max((w for w in words if name.startswith(w) and len(name) > len(w) + 1), key=len, default="")
    if word:
        name, said = name.removeprefix(word), words[word]
    if _TITLED.fullmatch(plain(name)):
        raise BadCell(
            "是称呼，不是姓名；请写全名，职务不要连在姓名后", "a title, no name: write the whole name", text
        )
    if _PERSON.fullmatch(name) is None or _NOBODY.search(plain(name)):
        raise BadCell("不像姓名；多个姓名请用顿号分开", "no name of a person: separate names with 、", text)
    aside = next((word for word in beside if word not in words and not _SAID.fullmatch(word)), None)
    return Named(name, said, aside)


_PORTFOLIOS: dict[str, str | None] = {
    "组织": "organization",
    "宣传": "publicity",
    "纪检": "discipline",
    "纪律检查": "discipline",
}
_PORTFOLIOS |= dict.fromkeys(("统战", "青年", "妇女", "群团", "群众工作", "保密", "生活", "文体"))
"""What a member of a committee is in charge of; of those without an option the title alone keeps the word."""
_ASIDE = re.compile(r"[（(](兼|兼任|代|代理|专职|一肩挑|主持工作)[)）]$")
"""What is said of a post beside it."""
_BODIES = {
    "PartyOrganization": re.compile(r"^(社区|小区|村)?(大?党委|党总支|总支|党支部|支部|党组织)"),
    "ResidentsCommittee": re.compile(r"^(社区)?(居民委员会|居委会|居委|村民委员会|村委会|村委)"),
    "OwnersCommittee": re.compile(r"^(小区)?(业主委员会|业委会)"),
}


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
