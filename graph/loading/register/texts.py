"""A cell as the text that a delivery would have for a property: yes and no, amounts, options, names."""

from __future__ import annotations

from graph.loading.cells import BadCell
from graph.loading.register.kinds import option_words
from graph.loading.register.likeness import clean
from graph.loading.register.values import plain, read_amount, read_truth
from graph.model.base import Property

QUALIFIERS = {"at_least": "“以上”", "at_most": "“以下”"}


def text_of(text: str, column: Property) -> str:
    """The text that a delivery would have; raises `BadCell`. Of 约312户（含商铺12户） it is 312."""
    if column.kind == "bool":
        return "true" if read_truth(text) else "false"
    if column.kind in ("int", "float"):
        value, qualifier = read_amount(text, column.prop.unit)
        if qualifier in QUALIFIERS:
            raise BadCell(
                f"是{QUALIFIERS[qualifier]}，不能当作确数导入；请填确数，不知道请留空",
                f"no exact number: {qualifier}; write the number, or leave the cell empty",
                text,
            )
        if column.kind == "int" and value != int(value):
            raise BadCell("应为整数", "expected a whole number", text)
        return repr(value) if column.kind == "float" else str(int(value))
    if column.kind == "enum" and column.vocabulary is not None:
        said = plain(text)
        exact = [t.value for t in column.vocabulary if said in (t.value, t.zh)]
        exact += [value for word, value in option_words(column).items() if word == said]
        near = [t.value for t in column.vocabulary if said in t.zh or t.zh in said]
        if len(near) != 1:  # the first word counts: 预备党员 is a 党员 too
            near = [value for word, value in option_words(column).items() if word in said][:1]
        return exact[0] if exact else near[0] if len(near) == 1 else said
    return clean(text)
