"""Options that all commands share which list rows, declared once: `Where` and `Listing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from cli.options import AreaOption, FormatOption, PersonalOption, PlaceOption, area_of, require_area_of
from cli.session import ask
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question

T = TypeVar("T")


@dataclass(frozen=True)
class Where:
    """`--place` and `--area`."""

    place: PlaceOption = None
    area: AreaOption = None

    async def find(self, graph: Graph) -> str | None:
        """The area that both mean together, None for everywhere; raises as `area_of`."""
        return await area_of(graph, self.place, self.area)

    async def require(self, graph: Graph) -> str:
        """As `find`; raises `BadParameter` too where neither is given."""
        return await require_area_of(graph, self.place, self.area)


@dataclass(frozen=True)
class Listing:
    """`--format`, `--output`, `--excel` and `--show-personal`: how rows are given out."""

    format_: FormatOption = "table"
    output: OutputOption = None
    excel: ExcelOption = None
    show_personal: PersonalOption = False

    @property
    def file(self) -> Path | None:
        """The file to write, if any; raises `BadParameter` for options that contradict each other."""
        return chosen_file(self.output, self.excel)

    @property
    def printed(self) -> bool:
        """Whether the rows are printed as a table for people."""
        return self.format_ == "table" and self.file is None

    def ask(self, question: Question[T]) -> Answer[T]:
        """One answer of one data version, masked unless personal data is to be shown."""
        return ask(question, personal=self.show_personal)

    def give(
        self,
        answer: Answer[Any],
        columns: Mapping[str, str],
        *,
        title: str,
        masked: bool | None = None,
        rows: Sequence[Mapping[str, Any]] | None = None,
    ) -> None:
        """Print an answer or write it into the file; raises as `give` in `write_file.py`.

        `masked` is for rows that never hold personal data, whatever the caller may see.
        """
        give(
            answer,
            self.format_,
            columns,
            title=title,
            output=self.output,
            excel=self.excel,
            masked=not self.show_personal if masked is None else masked,
            rows=rows,
        )


def with_shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer reads it: with the options of `Where` and `Listing` in their place."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, type[Where | Listing]] = {}
    parameters: list[Parameter] = []
    for parameter in signature(command).parameters.values():
        kind = hints[parameter.name]
        if kind in (Where, Listing):
            groups[parameter.name] = kind
            own = get_type_hints(kind, include_extras=True)
            parameters += [
                Parameter(f.name, Parameter.KEYWORD_ONLY, default=f.default, annotation=own[f.name])
                for f in fields(kind)
            ]
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=kind))

    @wraps(command)
    def run(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{f.name: given.pop(f.name) for f in fields(kind)})
        command(**given)

    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run
