"""The picture itself: SVG for slides and print, and a page of HTML around it, with nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from math import cos, hypot, pi, sin

from graph.characters import writable
from graph.views.formats.style import contained, edge_style, node_style
from graph.views.layout import CELL_HEIGHT, CELL_WIDTH, placed
from graph.views.legend import LINES, PALETTE
from graph.views.view import View, ViewNode

RADIUS, FONT, NAME_LINES = 10.0, 11.0, 2
"""Of a node, of its name in pixels, and in how many lines a name is set."""
MARGIN, TITLE, LEGEND = 60.0, 40.0, 26.0
_DASHES = dict(zip(LINES, ("", "6 4", "2 3"), strict=True))
_IN_LINE = int(CELL_WIDTH / FONT) - 1
"""Chinese characters of a line of a name."""


def svg(view: View) -> bytes:
    """The view as SVG: boxes of places, edges with arrows, nodes in their shapes with names, legend."""
    return "".join(_svg(placed(view))).encode()


def html(view: View) -> bytes:
    """The same as a page of its own: one file without script, which may be sent and printed."""
    title = escape(_title(view))
    page = (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{''.join(_svg(placed(view)))}</body></html>\n"
    )
    return page.encode()


def _svg(view: View) -> Iterator[str]:
    boxes = _boxes(view)
    xs = [n.x or 0.0 for n in view.nodes] + [v for x, _, w, _ in boxes.values() for v in (x, x + w)]
    ys = [n.y or 0.0 for n in view.nodes] + [v for _, y, _, h in boxes.values() for v in (y, y + h)]
    left, top = min(xs, default=0) - MARGIN, min(ys, default=0) - MARGIN - TITLE
    width = max(max(xs, default=0) - left + MARGIN, 560.0)
    used = _used(view)
    rows = -(-len(used) // max(1, int(width // 150)))
    height = max(ys, default=0) - top + MARGIN + CELL_HEIGHT + LEGEND * (rows + 1)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="{FONT:.0f}">'
        f"<title>{escape(_title(view))}</title>"
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" fill="#FFFFFF"/>'
    )
    yield _text(left + 20, top + 28, _title(view), anchor="start", size=16, bold=True)
    names = {n.id: n for n in view.nodes}
    for id_, (x, y, w, h) in sorted(boxes.items(), key=lambda b: -b[1][2] * b[1][3]):
        colour = node_style(names[id_])["colour"]
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="6" fill="{colour}" '
            f'fill-opacity="0.10" stroke="{colour}"/>'
        )
    yield from _edges(view, boxes)
    for n in view.nodes:
        if n.id in boxes:
            yield _text(n.x or 0, (n.y or 0) + 4, n.name, bold=True)
        else:
            yield from _node(n)
    yield from _legend(used, left + 20, max(ys, default=0) + CELL_HEIGHT + MARGIN / 2, width)
    yield "</svg>"


def _boxes(view: View) -> dict[str, tuple[float, float, float, float]]:
    """Of places with something in them: left, top, width, height around all that is in it."""
    if view.about.get("view") != "area":
        return {}
    inside: dict[str, list[ViewNode]] = {}
    by = {n.id: n for n in view.nodes}
    for node in view.nodes:
        above = node.parent
        while above in by:
            inside.setdefault(str(above), []).append(node)
            above = by[str(above)].parent
    depth = {id_: _depth(id_, by) for id_ in inside}
    found = {}
    deepest = max(depth.values(), default=0)
    for id_, nodes in inside.items():
        pad = (deepest - depth[id_]) * 4 + 8
        xs, ys = [n.x or 0.0 for n in nodes], [n.y or 0.0 for n in nodes]
        left = min(*xs, by[id_].x or 0.0) - CELL_WIDTH / 2 - pad
        top = (by[id_].y or 0.0) - FONT - 6
        right = max(*xs, by[id_].x or 0.0) + CELL_WIDTH / 2 + pad
        bottom = max(ys) + CELL_HEIGHT * 0.7 + pad
        found[id_] = (left, top, right - left, bottom - top)
    return found


def _depth(id_: str, by: dict[str, ViewNode]) -> int:
    depth, above = 0, by[id_].parent
    while above in by:
        depth, above = depth + 1, by[str(above)].parent
    return depth


def _edges(view: View, boxes: Iterable[str]) -> Iterator[str]:
    by = {n.id: n for n in view.nodes}
    hidden, groups = (contained(view), set(boxes)) if view.about.get("view") == "area" else (set(), set())
    for e in view.edges:
        a, b = by[e.source], by[e.target]
        ax, ay, bx, by_ = a.x or 0.0, a.y or 0.0, b.x or 0.0, b.y or 0.0
        long = hypot(bx - ax, by_ - ay)
        if e.id in hidden or long < 1:
            continue
        stop = (RADIUS + 3) / long if e.target not in groups else 0.0
        begin = RADIUS / long if e.source not in groups else 0.0
        x1, y1 = ax + (bx - ax) * begin, ay + (by_ - ay) * begin
        x2, y2 = bx - (bx - ax) * stop, by_ - (by_ - ay) * stop
        style = edge_style(e)
        dash = f' stroke-dasharray="{_DASHES[style["line"]]}"' if _DASHES[style["line"]] else ""  # type: ignore[index]
        faint = ' opacity="0.4"' if e.ended else ""
        width = min(6.0, 1.0 + 0.8 * (e.weight - 1))
        yield (
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{style["colour"]}" '
            f'stroke-width="{width:.1f}"{dash}{faint}/>'
        )
        ux, uy = (bx - ax) / long, (by_ - ay) / long
        points = " ".join(
            f"{x2 - 7 * ux + s * 3.5 * -uy:.1f},{y2 - 7 * uy + s * 3.5 * ux:.1f}" for s in (1, -1)
        )
        yield f'<polygon points="{x2:.1f},{y2:.1f} {points}" fill="{style["colour"]}"{faint}/>'


def _node(n: ViewNode) -> Iterator[str]:
    style, x, y = node_style(n), n.x or 0.0, n.y or 0.0
    yield _shape(style["shape"], x, y, style["colour"])
    for line, text in enumerate(_lines(n.name)):
        yield _text(x, y + RADIUS + FONT + 1 + line * (FONT + 1), text)


def _shape(shape: str, x: float, y: float, colour: str) -> str:
    look = f'fill="{colour}" stroke="#555555" stroke-width="0.6"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS:.0f}" {look}/>'
    if shape == "rectangle":
        return f'<rect x="{x - 10:.1f}" y="{y - 8:.1f}" width="20" height="16" {look}/>'
    corners = {"diamond": 4, "triangle": 3, "hexagon": 6, "star": 10}[shape]
    points = " ".join(
        f"{x + r * sin(a):.1f},{y - r * cos(a):.1f}"
        for i in range(corners)
        for a, r in [(2 * pi * i / corners, RADIUS if shape != "star" or i % 2 == 0 else RADIUS / 2)]
    )
    return f'<polygon points="{points}" {look}/>'


def _lines(name: str) -> list[str]:
    """A name in as many lines as it may have; what is longer ends in `…`."""
    text = writable(name)
    lines = [text[i : i + _IN_LINE] for i in range(0, len(text), _IN_LINE)]
    if len(lines) > NAME_LINES:
        lines = [*lines[: NAME_LINES - 1], f"{lines[NAME_LINES - 1][:-1]}…"]
    return lines


def _text(
    x: float, y: float, text: str, *, anchor: str = "middle", size: float = FONT, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:.0f}"{weight} fill="#222222">'
        f"{escape(writable(text))}</text>"
    )


def _used(view: View) -> list[tuple[str, str]]:
    """Colours that occur, with their words."""
    keys = {node_style(n)["colour_key"] for n in view.nodes} | {
        edge_style(e)["colour_key"] for e in view.edges
    }
    return [(colour, zh) for key, (colour, zh, _) in PALETTE.items() if key in keys]


def _legend(used: list[tuple[str, str]], left: float, top: float, width: float) -> Iterator[str]:
    each = max(1, int(width // 150))
    for i, (colour, zh) in enumerate(used):
        x, y = left + 150 * (i % each), top + LEGEND * (1 + i // each)
        yield f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="14" height="10" fill="{colour}"/>'
        yield _text(x + 20, y, zh, anchor="start")


_WORDS = {
    "area": "辖区",
    "node": "周围",
    "path": "资源路径",
    "appointments": "交叉任职",
    "rings": "大党委同心圆",
    "map": "小区位置",
}


def _title(view: View) -> str:
    of = str(view.about.get("of"))
    name = next((n.name for n in view.nodes if n.id == of), of)
    return f"{name}：{_WORDS.get(str(view.about.get('view')), '')}　{view.about.get('as_of')}"
