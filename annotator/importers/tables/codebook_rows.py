"""A code book as this program writes it, back as the scheme it was made of: labels, questions, values and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from annotator.core.ids import named_id
from annotator.core.scheme import ATTRIBUTE_KINDS, Attribute, AttributeKind, Label, Layer, Scheme, Value
from annotator.importers.tables.mark_columns import FORM, MARK, Columns

_TABLES = {"statements": MARK, "articles": FORM}


@dataclass(slots=True)
class Codebook:
    """What a code book says; an empty one says nothing."""

    scheme: Scheme = field(default_factory=Scheme)  # labels without what is asked of them: the book does not say that
    questions: dict[tuple[str, str], Attribute] = field(default_factory=dict)  # by what columns begin with, and name


def codebook_of(columns: Columns, rows: Iterable[Sequence[str]]) -> Codebook:
    """The code book that rows are."""
    found = Codebook()
    layers: dict[str, Layer] = {}
    labels: list[Label] = []
    for row in rows:
        kind, layer = columns.cell(row, "kind"), columns.cell(row, "title")
        if kind == "label" and layer and columns.cell(row, "value"):
            layers.setdefault(layer, Layer(named_id(f"layers/{layer}"), layer))
            labels.append(_label(columns, row))
        elif columns.cell(row, "table") in _TABLES:
            _take_question(found, columns, row)
    form = tuple(each for (begins, _), each in found.questions.items() if begins == FORM)
    found.scheme = Scheme(layers=tuple(layers.values()), labels=tuple(labels), form=form)
    return found


def _label(columns: Columns, row: Sequence[str]) -> Label:
    layer, name, shown = (columns.cell(row, each) for each in ("title", "value", "value_title"))
    title = "" if shown == name else shown
    return Label(named_id(f"/{layer}/{name}"), layer, name, title=title, guideline=columns.cell(row, "guideline"))


def _take_question(found: Codebook, columns: Columns, row: Sequence[str]) -> None:
    """A row for a value of a question: the first makes the question, each adds its value."""
    table, column, kind, shown = (columns.cell(row, each) for each in ("table", "column", "kind", "title"))
    begins = _TABLES[table]
    spelt = column.removeprefix(begins)
    if not spelt or spelt == column:
        return
    known = found.questions.get((begins, spelt))
    if known is None:
        name = columns.cell(row, "name") or spelt
        known = Attribute(
            named_id(f"attributes/{table}/{name}"),
            name,
            cast(AttributeKind, kind) if kind in ATTRIBUTE_KINDS else "text",
            title="" if shown == name.replace("_", " ") else shown,
            several=bool(columns.cell(row, "several")),
            guideline=columns.cell(row, "guideline"),
        )
    value, code, title, above = (columns.cell(row, each) for each in ("value", "code", "value_title", "value_above"))
    if value and known.kind != "yes_no":
        known = replace(known, values=(*known.values, Value(value, title, code, above)))
    found.questions[begins, spelt] = known
