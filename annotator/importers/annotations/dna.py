"""Discourse Network Analyzer 3: statements with their variables as marks with forms, entities as registry entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from annotator.core.annotation import AttributeValue, RegistryEntry
from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.ids import named_id
from annotator.core.imports import Failure, Header, ImportItem
from annotator.core.scheme import Attribute, AttributeKind, Label, Layer, Scheme
from annotator.importers.annotations.dna_database import MAGIC, DnaDatabase, Row, dna_database
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames

_LIMIT = 1_000_000_000  # bytes of a database
_LAYER = "statements"
_TYPE = b"STATEMENTTYPES"
_KINDS: dict[str, AttributeKind] = {
    "short text": "entity",
    "long text": "text",
    "integer": "number",
    "boolean": "yes_no",
}
_REGISTRY = {"organization": "organisation", "actor": "person"}  # kinds of this program for DNA's variables
_OURS = {"DNA Statement": "STATEMENT"}  # the type that DNA begins with, as our own scheme of statements calls it
_VALUES = ("DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT")
_ABOUT = {"Author": "author", "Source": "publication", "Section": "section", "Type": "type"}


class DnaImporter:
    """Takes documents, statements and entities in; each coder’s statements are his own marks."""

    name = "dna"
    title = "Discourse Network Analyzer database"
    suffixes: tuple[str, ...] = (".dna",)
    carries = Carries(nested=True, crossing=True, attributes=True, people=True, facts=True)
    loses = "Passwords and permissions of coders, keywords to be highlighted, and links between variables."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a database of SQLite has the table of statements’ types."""
        return 0.98 if head.startswith(MAGIC) and (_TYPE in head or name.lower().endswith(".dna")) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The scheme and the registry, then document after document. Raises KnownError where it is damaged."""
        with dna_database(source.whole(_LIMIT)) as database:
            held = _Held.of(database)
            yield Header(held.scheme, registry=tuple(held.entries.values()))
            names = LabelNames(held.scheme)
            statements: dict[Any, list[Row]] = defaultdict(list)
            for row in database.rows("STATEMENTS"):
                statements[row.get("DocumentId")].append(row)
            for row in database.rows("DOCUMENTS"):
                try:
                    yield from _document(row, statements[row.get("ID")], held, source, names)
                except KnownError as error:
                    where = f"Document {row.get('ID')}"
                    yield Failure(source.name, f"{where} was left out: {str(error).rstrip('.')}.")


@dataclass(slots=True)
class _Held:
    """What all documents share."""

    scheme: Scheme = field(default_factory=Scheme)
    coders: dict[Any, str] = field(default_factory=dict)
    types: dict[Any, Label] = field(default_factory=dict)
    variables: dict[Any, Attribute] = field(default_factory=dict)
    entries: dict[Any, RegistryEntry] = field(default_factory=dict)
    values: dict[Any, dict[str, AttributeValue]] = field(default_factory=dict)  # by statement

    @classmethod
    def of(cls, database: DnaDatabase) -> _Held:
        held = cls()
        held.coders = {row.get("ID"): _text(row, "Name") for row in database.rows("CODERS")}
        held._read_scheme(database)
        held._read_entities(database)
        held._read_values(database)
        return held

    def _read_scheme(self, database: DnaDatabase) -> None:
        owned: dict[Any, list[Attribute]] = defaultdict(list)
        for row in database.rows("VARIABLES"):
            name = _text(row, "Variable")
            kind = _KINDS.get(_text(row, "DataType"))
            if not name or kind is None:
                continue
            registry = _REGISTRY.get(name, name) if kind == "entity" else ""
            key = named_id(f"attributes/{_LAYER}/{row.get('StatementTypeId')}/{name}")
            self.variables[row.get("ID")] = made = Attribute(key, name, kind, registry=registry)
            owned[row.get("StatementTypeId")].append(made)
        for row in database.rows("STATEMENTTYPES"):
            shown = _text(row, "Label") or "Statement"
            name = _OURS.get(shown, shown)
            label = Label(named_id(f"/{_LAYER}/{name}"), _LAYER, name, title=shown if shown != name else "")
            self.types[row.get("ID")] = replace(
                label, color=_color(row) or label.color, attributes=tuple(owned[row.get("ID")])
            )
        layer = Layer(named_id(f"layers/{_LAYER}"), _LAYER)
        self.scheme = Scheme("", (layer,), tuple(self.types.values()))

    def _read_entities(self, database: DnaDatabase) -> None:
        names = {row.get("ID"): _text(row, "AttributeVariable") for row in database.rows("ATTRIBUTEVARIABLES")}
        said: dict[Any, dict[str, str]] = defaultdict(dict)
        for row in database.rows("ATTRIBUTEVALUES"):
            name, value = names.get(row.get("AttributeVariableId"), ""), _text(row, "AttributeValue")
            if name and value:
                said[row.get("EntityId")][name] = value
        rows = {row.get("ID"): row for row in database.rows("ENTITIES") if _text(row, "Value")}
        for key, row in rows.items():
            variable = self.variables.get(row.get("VariableId"))
            if variable is None:
                continue
            about = said[key]
            aliases = tuple(value for name, value in about.items() if name.lower() in ("alias", "aliases"))
            if (above := rows.get(row.get("ChildOf"))) is not None:
                about["child of"] = _text(above, "Value")
            name = _text(row, "Value")
            made = named_id(f"registry/{variable.registry}/{name}")
            self.entries[key] = RegistryEntry(made, variable.registry, name, aliases, about, "", _color(row))

    def _read_values(self, database: DnaDatabase) -> None:
        for table in _VALUES:
            for row in database.rows(table):
                variable, value = self.variables.get(row.get("VariableId")), row.get("Value")
                if variable is None or value is None or value == "":
                    continue
                if isinstance(value, str | int):
                    said = bool(value) if variable.kind == "yes_no" else value
                    self.values.setdefault(row.get("StatementId"), {})[variable.name] = said
        for row in database.rows("DATASHORTTEXT"):
            variable, entry = self.variables.get(row.get("VariableId")), self.entries.get(row.get("Entity"))
            if variable is not None and entry is not None:  # without an entry it is not coded
                self.values.setdefault(row.get("StatementId"), {})[variable.name] = entry.id


def _document(row: Row, statements: list[Row], held: _Held, source: Source, names: LabelNames) -> Iterator[ImportItem]:
    name = f"“{_text(row, 'Title')}” of {source.name}"
    document = MarkedText(_text(row, "Text"), name, names, "UTF-16 units")
    for statement in statements:
        key, label = statement.get("ID"), held.types.get(statement.get("StatementTypeId"))
        start, end = statement.get("Start"), statement.get("Stop")
        if label is None or type(start) is not int or type(end) is not int:
            document.leave_out(f"statement {key}", "it has no type or no place")
            continue
        coder = held.coders.get(statement.get("Coder"), "")
        mark = document.mark(
            str(key), label.name, [(start, end)], layer=_LAYER, place=f"statement {key}", annotator=coder
        )
        mark.attributes.update(held.values.get(key, {}))
    metadata = {shown: _text(row, column) for column, shown in _ABOUT.items()}
    metadata |= {"published": _date(row.get("Date")), "coder": held.coders.get(row.get("Coder"), "")}
    if notes := _text(row, "Notes"):
        metadata["notes"] = notes
    yield from document.items(_text(row, "Title"), metadata | {"path": source.path})


def _text(row: Row, column: str) -> str:
    held = row.get(column)
    return held if isinstance(held, str) else ""


def _color(row: Row) -> str:
    """The colour as #rrggbb; nothing for black, which is what DNA gives to what has none."""
    parts = [row.get(part) for part in ("Red", "Green", "Blue")]
    numbers = [part for part in parts if isinstance(part, int) and 0 <= part <= 255]
    return "#{:02x}{:02x}{:02x}".format(*numbers) if len(numbers) == 3 and any(numbers) else ""


def _date(held: Any) -> str:
    """The moment that a number of seconds is; nothing where it is none."""
    try:
        return datetime.fromtimestamp(held, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if type(held) is int else ""
    except (ValueError, OverflowError, OSError):
        return ""
