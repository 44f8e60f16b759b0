"""The engine's side of reading the whole graph: what its nodes and edges hold goes into a file, by columns.

Used by `child` alone. Statements take it 4 µs for an edge, and three times that when it has just started.
Here Java itself walks through the records and joins what one property says of them into a text. Python only
puts the pieces together that do so, as handles: each call of Java takes it a microsecond. An edge names
its ends by the places of their records, so that no node is looked up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import jpype

from graph.store.engine.databases import Databases
from graph.store.engine.folder import ANSWER, GIVEN, WANTED, EngineFolder, write_whole

RECORDS = 50_000
"""Records that are held at a time."""
_PLACES = {
    "place": ("com.arcadedb.database.Identifiable", "getIdentity"),
    "start": ("com.arcadedb.graph.Edge", "getOut"),
    "end": ("com.arcadedb.graph.Edge", "getIn"),
}


class Giver:
    """Answers who asks for the whole graph: with a file, beside the mark."""

    def __init__(self, folder: EngineFolder, server: Any) -> None:
        self._databases = Databases(folder.path)
        self._java: Any = server._java_server

    def answer(self, asked: Path) -> None:
        """Write what the file beside a mark asks for; nothing stays where no one waits for it any more."""
        file = asked.with_suffix(GIVEN)
        try:
            database = self._java.getDatabase(self._databases.asked).getEmbedded()
            with file.open("wb") as given:
                give(database, json.loads(asked.with_suffix(WANTED).read_bytes()), given)
            said = {}
        except Exception as error:  # Java's exceptions too
            said = {"error": str(error)}
        waiting = asked.exists()
        asked.unlink(missing_ok=True)
        if waiting:
            write_whole(asked.with_suffix(ANSWER), json.dumps(said))
        else:
            file.unlink(missing_ok=True)


def give(database: Any, asked: Mapping[str, Any], file: IO[bytes]) -> None:
    """Write what `graph.executor.given` asks for, in its form.

    For every some records a line of JSON has the type, how many they are, and the bytes of each column,
    by name; these follow.
    """
    between, within, begin = asked["marks"]
    made = _Functions(within, begin)
    joined = jpype.JClass("java.util.stream.Collectors").joining(between)
    utf_8 = jpype.JClass("java.nio.charset.StandardCharsets").UTF_8
    count = sum(int(database.countType(kind, False)) for kind in asked["kinds"])
    if count > asked["most"]:
        raise ValueError(f"{count} nodes and edges")
    database.begin()
    try:
        for kind, wanted in asked["kinds"].items():
            functions = {name: made.of_property(name) for name in wanted["plain"]}
            functions |= {name: made.of_list(name) for name in wanted["lists"]}
            functions |= {name: made.of_place(*_PLACES[what]) for name, what in wanted["places"].items()}
            for records in _some(database.iterateType(kind, False)):
                texts = {
                    name: bytes(memoryview(records.stream().map(function).collect(joined).getBytes(utf_8)))
                    for name, function in functions.items()
                }
                head = [kind, int(records.size()), {name: len(text) for name, text in texts.items()}]
                file.write(json.dumps(head).encode() + b"\n")
                file.writelines(texts.values())
    finally:
        database.rollback()


def _some(records: Any) -> Iterator[Any]:
    """Lists of at most `RECORDS` records."""
    spliterators = jpype.JClass("java.util.Spliterators")
    streams = jpype.JClass("java.util.stream.StreamSupport")
    while records.hasNext():
        yield streams.stream(spliterators.spliteratorUnknownSize(records, 0), False).limit(RECORDS).toList()


class _Functions:
    """Functions of Java from a record to a text."""

    def __init__(self, within: str, begin: str) -> None:
        self._within, self._begin = jpype.JString(within), jpype.JString(begin)
        self._object, self._string = _class("java.lang.Object"), _class("java.lang.String")
        self._objects = _class("java.util.Objects")
        self._handles = jpype.JClass("java.lang.invoke.MethodHandles")
        self._lookup = self._handles.publicLookup()
        shown = self._static(self._objects, "toString", self._string, self._object, self._string)
        self._shown = self._general(self._handles.insertArguments(shown, 1, jpype.JString("")))

    def of_property(self, name: str) -> Any:
        """What a property says."""
        return self._function(self._get(name), self._shown)

    def of_list(self, name: str) -> Any:
        """What the list of a property says."""
        characters, several = _class("java.lang.CharSequence"), _class("java.lang.Iterable")
        join = self._static(self._string, "join", self._string, characters, several)
        join = self._handles.insertArguments(join, 0, self._within)
        begun = self._method(self._string, "concat", self._string, self._string).bindTo(self._begin)
        there = self._general(self._handles.filterReturnValue(join, begun))
        empty = self._handles.constant(self._object, jpype.JString(""))
        empty = self._handles.dropArguments(empty, 0, [self._object])
        missing = self._static(self._objects, "isNull", jpype.JBoolean.class_, self._object)
        return self._function(self._get(name), self._handles.guardWithTest(missing, empty, there))

    def of_place(self, class_: str, method: str) -> Any:
        """The place that a method of a record gives."""
        place = self._method(_class(class_), method, _class("com.arcadedb.database.RID"))
        return self._function(self._general(place), self._shown)

    def _get(self, name: str) -> Any:
        record = _class("com.arcadedb.database.Document")
        get = self._method(record, "get", self._object, self._string)
        return self._general(self._handles.insertArguments(get, 1, jpype.JString(name)))

    def _method(self, class_: Any, name: str, gives: Any, *takes: Any) -> Any:
        return self._lookup.findVirtual(class_, name, _type(gives, *takes))

    def _static(self, class_: Any, name: str, gives: Any, *takes: Any) -> Any:
        return self._lookup.findStatic(class_, name, _type(gives, *takes))

    def _general(self, handle: Any) -> Any:
        """The same from any object to any."""
        return handle.asType(_type(self._object, self._object))

    def _function(self, first: Any, then: Any) -> Any:
        proxies = jpype.JClass("java.lang.invoke.MethodHandleProxies")
        handle = self._handles.filterReturnValue(first, then)
        return proxies.asInterfaceInstance(_class("java.util.function.Function"), self._general(handle))


def _class(name: str) -> Any:
    return jpype.JClass(name).class_


def _type(gives: Any, *takes: Any) -> Any:
    return jpype.JClass("java.lang.invoke.MethodType").methodType(gives, list(takes))
