"""Rows in files: JSON Lines, and Parquet in groups of rows, so that never more than a group is in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import orjson

from annotator.exporters.columns import Columns, arrow_schema
from annotator.exporters.optional_modules import arrow

Row = dict[str, Any]

GROUP = 32_000_000  # of weight in a group of rows: about as many bytes
BATCH = 1_000_000  # of weight that waits as objects, which take ten times as much
_AT_ONCE = 256  # rows that are made into objects when a file is read


class RowFile(Protocol):
    """A file that rows are written to."""

    def write(self, row: Row, weight: int) -> None:
        """Add a row, which weighs about so many bytes."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class JsonRows:
    """A row a line."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def write(self, row: Row, weight: int) -> None:
        """Add a row."""
        self._stream.write(orjson.dumps(row) + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()


class ParquetRows:
    """Parquet with zstd. Raises KnownError where there is no pyarrow."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self._arrow, parquet = arrow(), arrow("parquet")
        self._schema = arrow_schema(columns)
        self._stream = path.open("wb")
        self._writer = parquet.ParquetWriter(self._stream, self._schema, compression="zstd", write_page_checksum=True)
        self._rows: list[Row] = []
        self._weight = 0
        self._batches: list[Any] = []
        self._group_weight = 0

    @property
    def size(self) -> int:
        """How many bytes are in the file so far."""
        return self._stream.tell()

    def write(self, row: Row, weight: int) -> None:
        """Add a row; a group of them is written when it is full."""
        self._rows.append(row)
        self._weight += weight
        if self._weight >= min(BATCH, GROUP):
            self._pack()
        if self._group_weight >= GROUP:
            self._write_group()

    def _pack(self) -> None:
        """Make a table of the rows that wait."""
        if self._rows:
            self._batches.append(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._group_weight += self._weight
        self._rows, self._weight = [], 0

    def _write_group(self) -> None:
        self._pack()
        if self._batches:
            table = self._arrow.concat_tables(self._batches)
            self._writer.write_table(table, row_group_size=len(table))
        self._batches, self._group_weight = [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._write_group()
        self._writer.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()


def rows_of(path: Path, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of a file of either kind, one at a time. Raises ValueError and OSError where it cannot be read."""
    if path.suffix == ".parquet":
        with arrow("parquet").ParquetFile(path, page_checksum_verification=True) as file:
            for batch in file.iter_batches(_AT_ONCE, columns=columns):
                yield from batch.to_pylist()
    else:
        with path.open("rb") as stream:
            for line in stream:
                yield orjson.loads(line)
