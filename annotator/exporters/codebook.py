"""The code book of a table: what its columns hold, and what their values and numbers mean."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.scheme import Attribute, Scheme
from annotator.exporters.answer_columns import AnswerColumns
from annotator.exporters.separated import Row

HEAD = (
    "table",
    "column",
    "kind",
    "title",
    "value",
    "code",
    "value_title",
    "value_above",
    "several",
    "guideline",
    "name",
)


def codebook(scheme: Scheme, marks: AnswerColumns, articles: AnswerColumns) -> Iterator[Row]:
    """A row for each value of each column, and one for a column without a list of values."""
    for label in scheme.labels:
        shown = (label.layer, label.name, "", label.shown, "", "", label.guideline, label.name)
        yield ("statements", "label", "label", *shown)
    for table, columns in (("statements", marks), ("articles", articles)):
        for attribute in columns.known():
            for value in _values(attribute):
                column = columns.column(attribute.name)
                several = "yes" if attribute.several else ""
                about = (several, attribute.guideline, attribute.name)
                yield (table, column, attribute.kind, attribute.shown, *value, *about)


def _values(attribute: Attribute) -> Iterator[Row]:
    if attribute.kind == "yes_no":
        yield from (("yes", "1", "", ""), ("no", "0", "", ""))
    elif not attribute.values:
        yield ("", "", "", "")
    for value in attribute.values:
        yield (value.name, value.code, value.title, value.parent)
