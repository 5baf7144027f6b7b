"""Columns of tables whose cells may hold lists of rows: the same types whether there is anything in them or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exporters.optional_modules import arrow

STRING, WHOLE, FLOAT = "string", "int64", "float64"
Type = str | list[Any]  # a name; a list with one type in it; a list of rows: a list with one mapping of columns
Columns = Mapping[str, Type]

ATTRIBUTES: Type = [{"name": STRING, "value": STRING, "type": STRING}]
SPANS: Type = [{"start": WHOLE, "end": WHOLE}]


def arrow_schema(columns: Columns) -> Any:
    """The columns as Arrow knows them. Raises KnownError where there is no pyarrow."""
    module = arrow()
    return module.schema([(name, _arrow_type(module, kind)) for name, kind in columns.items()])


def _arrow_type(module: Any, kind: Any) -> Any:
    if isinstance(kind, list):
        return module.list_(_arrow_type(module, kind[0]))
    if isinstance(kind, Mapping):
        return module.struct([(name, _arrow_type(module, inner)) for name, inner in kind.items()])
    return {STRING: module.string(), WHOLE: module.int64(), FLOAT: module.float64()}[kind]


def yaml_lines(columns: Columns, indent: str = "") -> Iterator[str]:
    """The columns as the head of a dataset card lists its features."""
    for name, kind in columns.items():
        yield f"{indent}- name: {name}"
        if isinstance(kind, list) and isinstance(kind[0], Mapping):
            yield f"{indent}  list:"
            yield from yaml_lines(kind[0], indent + "  ")
        elif isinstance(kind, list):
            yield f"{indent}  sequence: {kind[0]}"
        else:
            yield f"{indent}  dtype: {kind}"
