"""Merges as people see them: what one does or did, masked as everywhere, and the list of those made."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.labels import Label
from graph.loading.merging.plan import Differing, MergeRefused, Merging
from graph.loading.outcome import shown
from graph.model import EDGES, NODES, label_of
from graph.private import MASK
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.masking import flagged_types
from graph.reading.viewer import Viewer
from graph.store.history import read_sets

UNTOLD = (
    "原因涉及个人信息，写明理由（Cobuild-Reason 或 --show-personal）才说明",
    "why is personal data, given for a reason only (Cobuild-Reason, or --show-personal)",
)
"""In place of the reasons of a refusal, and of what is unusual after a merge."""


class DifferingShape(TypedDict):
    """两者不同的一个值。 A value that differs: `stands` is kept, `dropped` is in the history only.

    With the words of the model in `…_zh`: 商品房 for `commercial`.
    """

    element: Annotated[str, Label("对象")]
    property: str
    property_zh: Annotated[str, Label("属性")]
    stands: str
    stands_zh: Annotated[str, Label("保留")]
    dropped: str
    dropped_zh: Annotated[str, Label("未保留")]


class MergeShape(TypedDict):
    """合并的结果。 What a merge does: `moved` edges hang on the kept one, `joined` were there already.

    `filled` are properties that only the other had. `records` are names of registers, questions, waivers
    and kept runs that name the kept one now; `number` is that of the merge, null before it is made.
    """

    kept: str
    kept_name: str | None
    gone: str
    gone_name: str | None
    label_zh: str
    moved: int
    joined: int
    filled: list[str]
    filled_zh: list[str]
    differing: list[DifferingShape]
    warnings_zh: list[str]
    warnings_en: list[str]
    records: int
    number: int | None


class MergedRow(TypedDict):
    """一次合并。 A merge: who, when, why; `undone_by` is the number of what took it apart."""

    number: Annotated[int, Label("次")]
    kept: Annotated[str, Label("保留")]
    gone: Annotated[str, Label("并入")]
    title: Annotated[str, Label("内容")]
    who: Annotated[str, Label("经办人")]
    at: Annotated[str, Label("时间")]
    undone_by: Annotated[int | None, Label("拆开于")]


def shown_merge(found: Merging, viewer: Viewer) -> MergeShape:
    """A merge as the viewer may see it: values of persons and of secret edges withheld."""
    label = label_of(found.kept)
    props = NODES[label].properties()
    differing = [_shown(d, viewer) for d in found.differing]
    # Of those that name ties one line stands for all: how many there are would tell too.
    warnings = found.warnings if viewer.personal else found.warnings[:1]
    shown = [n for n in found.filled if viewer.personal or props[n].prop.flag is None]
    return {
        "kept": found.kept,
        "kept_name": viewer.name(label, found.kept_name),
        "gone": found.gone,
        "gone_name": viewer.name(label, found.gone_name),
        "label_zh": NODES[label].zh,
        "moved": found.moved,
        "joined": found.joined,
        "filled": shown,
        "filled_zh": [props[n].prop.zh for n in shown],
        "differing": [d for d in differing if d is not None],
        "warnings_zh": [f.zh if viewer.personal else UNTOLD[0] for f in warnings],
        "warnings_en": [f.en if viewer.personal else UNTOLD[1] for f in warnings],
        "records": found.records,
        "number": found.number,
    }


def shown_refusal(refused: MergeRefused, kept: str, gone: str, viewer: Viewer) -> MergeRefused:
    """A refusal as the viewer may read it: its reasons name ties, of which some are secret."""
    open_ = not any(type_ in en for _, en in refused.reasons for type_ in flagged_types())
    if viewer.personal or (viewer.verdicts and open_):
        return refused
    return MergeRefused(kept, gone, [UNTOLD])


def _shown(found: Differing, viewer: Viewer) -> DifferingShape | None:
    """None of an edge whose existence is the secret: that there are two would tell it."""
    parts = found.element.split("~")
    edge = EDGES.get(parts[1]) if len(parts) > 1 else None
    if edge is not None and not viewer.sees_type(edge.type):
        return None
    props = edge.properties() if edge is not None else NODES[label_of(found.element)].properties()
    column, prop = props[found.property], props[found.property].prop
    withheld = prop.flag is not None and not viewer.personal
    return {
        "element": viewer.id(found.element),
        "property": found.property,
        "property_zh": prop.zh,
        "stands": MASK if withheld else str("" if found.stands is None else found.stands),
        "stands_zh": MASK if withheld else shown(found.stands, column),
        "dropped": MASK if withheld else str(found.dropped),
        "dropped_zh": MASK if withheld else shown(found.dropped, column),
    }


async def list_merges(graph: Graph) -> Answer[list[MergedRow]]:
    """Every merge of things that the viewer sees, the latest last."""
    rows: list[MergedRow] = []
    for made in await read_sets(graph.store):
        if made.kind != "merge":
            continue
        kept, gone = made.options.split()
        # Of what is merged away only the one that is kept says where it lies.
        if graph.viewer.sees(kept):
            rows.append(
                {
                    "number": made.number,
                    "kept": kept,
                    "gone": gone,
                    "title": made.title,
                    "who": made.who,
                    "at": made.at,
                    "undone_by": made.undone_by,
                }
            )
    return Answer(rows, graph.stamp([], {}, await graph.version(), len(rows)))
