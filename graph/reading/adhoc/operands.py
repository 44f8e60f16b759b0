"""Where the operands of a comparison and the items of a WITH begin and end."""

from __future__ import annotations

from graph.reading.adhoc.outline import Outline

ARITHMETIC = ("+", "-", "*", "/", "%", "^")
_BEFORE_ITEM = {"WITH", "RETURN", "UNWIND", "YIELD", "DISTINCT"}
_NO_FUNCTION = {
    "WHERE", "AND", "OR", "XOR", "NOT", "WHEN", "THEN", "ELSE", "IN", "CASE", "ON", "BY", *_BEFORE_ITEM,
}  # fmt: skip
"""Keywords before a bracket that is no call."""


def operand_end(outline: Outline, at: int) -> int:
    """The end of the operand that begins there."""
    if outline.sign(at, "$"):
        at += 2
    elif outline.sign(at, "(", "[", "{") and at in outline.partner:
        at = outline.partner[at] + 1
    elif at < len(outline.tokens) and outline.tokens[at].kind != "sign":
        at += 1
    else:
        return at
    while True:
        if outline.sign(at, ".") and outline.named(at + 1):
            at += 2
        elif outline.sign(at, "(", "[") and at in outline.partner:
            at = outline.partner[at] + 1
        elif outline.sign(at, *ARITHMETIC):
            end = operand_end(outline, at + 1)
            return end if end > at + 1 else at
        else:
            return at


def operand_start(outline: Outline, end: int) -> int:
    """The beginning of the operand that ends there."""
    at = end - 1
    while True:
        if outline.sign(at, ")", "]", "}") and at in outline.partner:
            at = outline.partner[at]
            called = outline.sign(at, "(") and outline.named(at - 1)
            if (called and outline.keyword(at - 1) not in _NO_FUNCTION) or (
                outline.sign(at, "[") and (outline.named(at - 1) or outline.sign(at - 1, ")", "]"))
            ):
                at -= 1
                continue
        elif not 0 <= at < len(outline.tokens) or outline.tokens[at].kind == "sign":
            return end
        if outline.sign(at - 1, "."):
            at -= 2
            continue
        at -= outline.sign(at - 1, "$")
        break
    if outline.sign(at - 1, *ARITHMETIC):
        return min(at, operand_start(outline, at - 1))
    return at


def item_start(outline: Outline, end: int) -> int:
    """Where the item begins that ends there."""
    at = end
    while at > 0:
        last = at - 1
        if outline.partner.get(last, at) < last:
            at = outline.partner[last]
            continue
        begins = outline.keyword(last) in _BEFORE_ITEM and not outline.names[last]
        if outline.sign(last, ",", "(", "[", "{") or (
            begins and outline.keyword(last - 1) not in ("STARTS", "ENDS")
        ):
            break
        at = last
    return at
