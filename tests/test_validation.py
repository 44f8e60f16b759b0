"""What pydantic refuses is reported in Chinese and in English, without a trace of its own words."""

from __future__ import annotations

import string
from datetime import date
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from graph.appointments.proposal import ProposalRejected, read_proposal
from graph.validation import complain

DAY = "2025-06-30"
POST = {"person": "p-990101-1", "body": "oc-990101-1", "role": "member"}


class Form(BaseModel):
    """One field of each kind that the product's forms have."""

    model_config = ConfigDict(extra="forbid", strict=False)

    day: date = date(2025, 6, 30)
    count: int = Field(default=1, ge=1, le=9)
    truth: bool = True
    text: str = Field(default="a", min_length=1, max_length=3)
    choice: Literal["a", "b"] = "a"
    items: list[int] = Field(default=[1], min_length=1, max_length=2)


def refused(**given: Any) -> ErrorDetails:
    """The one error of a form."""
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(given)
    (error,) = caught.value.errors()
    return error


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({"day": "morgen"}, "应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
        ({"day": "2025-06-30T10:00:00"}, "应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
        ({"day": []}, "应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
        ({"count": "x"}, "应为整数", "expected a whole number"),
        ({"count": 1.5}, "应为整数", "expected a whole number"),
        ({"count": 0}, "应为不小于 1 的数", "expected a number of at least 1"),
        ({"count": 10}, "应为不大于 9 的数", "expected a number of at most 9"),
        ({"truth": "perhaps"}, "应为 true 或 false", "expected true or false"),
        ({"text": 1}, "应为文字", "expected a text"),
        ({"text": ""}, "至少 1 个字符", "expected at least 1 characters"),
        ({"text": "abcd"}, "最多 3 个字符", "expected at most 3 characters"),
        ({"choice": "c"}, "应为 'a'、'b' 之一", "expected one of 'a' or 'b'"),
        ({"items": 1}, "应为列表", "expected a list"),
        ({"items": []}, "至少 1 项", "expected at least 1 items"),
        ({"items": [1, 2, 3]}, "最多 2 项", "expected at most 2 items"),
        ({"more": 1}, "没有这一项", "is not known here"),
    ],
)
def test_each_kind_of_error_says_what_was_expected(given: dict[str, Any], zh: str, en: str) -> None:
    """In both languages, with the bound that was broken."""
    assert complain(refused(**given)) == (zh, en)


def test_an_unlisted_kind_keeps_its_message() -> None:
    """Nothing is lost where there is no word for it."""
    error = {"type": "frozen_set_type", "msg": "Input should be a frozenset"}
    assert complain(error) == ("不合要求（Input should be a frozenset）", "Input should be a frozenset")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "dismiss", **POST}, "changes[0]"),
        ({**POST}, "changes[0]"),
        ({"kind": "appoint", "person": "p-990101-1", "role": "member"}, "changes[0].body"),
        ({"kind": "appoint", **POST, "role": "king"}, "changes[0].role"),
        ({"kind": "appoint", **POST, "until": "soon"}, "changes[0].until"),
        ({"kind": "appoint", **POST, "salary": 1}, "changes[0].salary"),
        ({"kind": "relieve", "person": "p-990101-1"}, "changes[0]"),
        ({"kind": "extend", "person": "p-990101-1", "until": DAY}, "changes[0]"),
        ({"kind": "pay", **POST}, "changes[0].paid"),
        ("appoint", "changes[0]"),
    ],
)
def test_a_wrong_proposal_is_told_without_english_in_the_chinese(change: dict[str, Any], where: str) -> None:
    """Codes and names of fields may stand there; sentences of pydantic may not."""
    with pytest.raises(ProposalRejected) as caught:
        read_proposal({"as_of": DAY, "changes": [change]})
    (problem,) = caught.value.problems
    assert problem.where == where
    assert not any(word in problem.zh for word in ("Input", "Field", "should", "required"))
    assert any(character not in string.printable for character in problem.zh)
    assert problem.en
