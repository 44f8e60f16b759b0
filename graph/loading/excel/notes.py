"""Notes on the headings of a template: what a column means, its unit, its options, an example."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.comments import Comment

from graph.loading.excel.layout import Layout
from graph.model import NODES
from graph.model.base import Property, Term

AUTHOR = "Cobuild"
EXAMPLES = {"text": "一号业委会", "int": "120", "float": "26.5", "bool": "是", "date": "2023-03-10"}
KINDS = {
    "text": "文本",
    "int": "整数",
    "float": "数字",
    "bool": "是/否",
    "date": "日期",
    "enum": "选项",
    "list": "列表，用；分隔",
}


def note_on(layout: Layout, name: str, column: Property | None) -> Comment:
    """The note on a heading; `column` is None for the ids of the two ends of an edge."""
    lines = [f"{layout.headings[name]}  {name}" + ("（必填）" if layout.required(name) else "")]
    if column is None:
        side = 0 if name == "from" else 1
        labels = dict.fromkeys(label for ends in layout.kind.ends for label in ends[side])
        lines += ["编号所属类型：" + "、".join(_end(label) for label in labels)]
    else:
        lines += list(_meaning(column))
        if name == "id":
            prefix = layout.kind.prefix
            example = f"{prefix}-990101-001" if prefix else "990101001001"
            lines += [f"例：{example}"]
        elif name == "source":
            lines += ["不填则用“交付说明”中的默认来源。例：d-990101-register"]
        elif column.kind in EXAMPLES and name != "note":
            lines += [f"例：{EXAMPLES[column.kind]}"] if column.kind != "text" else []
    if not layout.required(name):
        lines += ["不知道请留空。/ empty = not known"]
    note = Comment("\n".join(lines), AUTHOR)
    note.width, note.height = 340, 40 + 22 * sum(1 + len(line) // 24 for line in lines)
    return note


def _meaning(column: Property) -> Iterable[str]:
    if column.prop.en:
        yield column.prop.en
    unit = f"，单位：{column.prop.unit}" if column.prop.unit else ""
    yield f"类型：{KINDS[column.kind]}{unit}"
    if column.vocabulary is not None:
        yield "选项：" + "；".join(_word(term) for term in column.vocabulary)


def _word(term: Term) -> str:
    return f"{term.zh}（{term.value}）"


def _end(label: str) -> str:
    prefix = NODES[label].prefix
    return f"{NODES[label].zh}（{prefix}-…）" if prefix else f"{NODES[label].zh}（12 位代码）"
