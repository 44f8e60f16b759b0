"""What pydantic refuses, said in Chinese and English: for people who fill in forms.

Bottom: knows pydantic's kinds of errors and nothing of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""The form of a day; not every text of this form is one."""

_SAID: dict[str, tuple[str, str]] = {
    "bilingual": ("{zh}", "{en}"),
    "missing": ("缺少此项", "is missing"),
    "extra_forbidden": ("没有这一项", "is not known here"),
    "none_required": ("此处不填", "is not to be given here"),
    "enum": ("应为 {expected} 之一", "expected one of {expected}"),
    "literal_error": ("应为 {expected} 之一", "expected one of {expected}"),
    "union_tag_invalid": ("应为 {expected_tags} 之一", "expected one of {expected_tags}"),
    "union_tag_not_found": ("缺少 {discriminator}", "{discriminator} is missing"),
    "int_parsing": ("应为整数", "expected a whole number"),
    "int_type": ("应为整数", "expected a whole number"),
    "int_from_float": ("应为整数", "expected a whole number"),
    "float_parsing": ("应为数字", "expected a number"),
    "bool_parsing": ("应为 true 或 false", "expected true or false"),
    "bool_type": ("应为 true 或 false", "expected true or false"),
    "string_type": ("应为文字", "expected a text"),
    "string_too_short": ("至少 {min_length} 个字符", "expected at least {min_length} characters"),
    "string_too_long": ("最多 {max_length} 个字符", "expected at most {max_length} characters"),
    "string_pattern_mismatch": ("应符合 {pattern}", "expected to match {pattern}"),
    "list_type": ("应为列表", "expected a list"),
    "too_short": ("至少 {min_length} 项", "expected at least {min_length} items"),
    "too_long": ("最多 {max_length} 项", "expected at most {max_length} items"),
    "dict_type": ("应为一个对象", "expected an object"),
    "model_type": ("应为一个对象", "expected an object"),
    "model_attributes_type": ("应为一个对象", "expected an object"),
    "json_invalid": ("不是有效的 JSON：{error}", "no valid JSON: {error}"),
    "date_type": ("应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
    "date_parsing": ("应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
    "date_from_datetime_inexact": ("应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
    "date_from_datetime_parsing": ("应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"),
    "greater_than": ("应大于 {gt}", "expected more than {gt}"),
    "greater_than_equal": ("应为不小于 {ge} 的数", "expected a number of at least {ge}"),
    "less_than": ("应小于 {lt}", "expected less than {lt}"),
    "less_than_equal": ("应为不大于 {le} 的数", "expected a number of at most {le}"),
}
"""By pydantic's type of error; fields are those of the error's context."""


def no_day(text: object) -> tuple[str, str]:
    """What is wrong with a text that is no day, Chinese and English: 30 February is told from other forms."""
    if isinstance(text, str) and DAY.fullmatch(text):
        return "没有这一天；应为日期 YYYY-MM-DD", "there is no such day; expected a date YYYY-MM-DD"
    return "应为日期 YYYY-MM-DD", "expected a date YYYY-MM-DD"


def validation_error(zh: str, en: str) -> PydanticCustomError:
    """What our own validators raise."""
    return PydanticCustomError("bilingual", "{en}", {"zh": zh, "en": en})


def complain(error: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and what was expected, in Chinese and English; no name, no full stop.

    `error` is one of `ValidationError.errors()`. A kind of error that is not listed keeps
    pydantic's English; what our own validators refuse it raises as `validation_error`.
    """
    words = dict(error.get("ctx", {}))
    said = _SAID.get(error["type"])
    if said is None:
        return f"不合要求（{error['msg']}）", str(error["msg"])
    choices = {
        n: v.replace(", ", "、").replace(" or ", "、")
        for n, v in words.items()
        if n in ("expected", "expected_tags")
    }
    return said[0].format(**words | choices), said[1].format(**words)
