"""The terminal: what is printed is shown, and nothing in it is obeyed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook
from rich.segment import Segment

from graph.characters import for_terminal


class _Shown:
    """A renderable whose text holds no control characters; styles are rich's own."""

    def __init__(self, inner: ConsoleRenderable) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        for segment in console.render(self._inner, options):
            text = segment.text if segment.control else for_terminal(segment.text)
            yield Segment(text, segment.style, segment.control)


class _Guard(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Everything that is printed passes here."""
        return [_Shown(renderable) for renderable in renderables]


def make_console(**settings: Any) -> Console:
    """A console on which names, texts and errors cannot move the cursor or set a colour."""
    console = Console(**settings)
    console.push_render_hook(_Guard())
    return console
