"""Rows of Parquet files, some at a time. Needs pyarrow, which the program does not bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.importers.base import Source
from annotator.importers.foreign_errors import foreign_errors

MAGIC = b"PAR1"
_AT_ONCE = 256  # rows that are objects at a time
_LARGEST = 1 << 30  # bytes of one group of rows when unpacked: a damaged or hostile file may say anything


def parquet_columns(source: Source) -> list[str]:
    """The names of a file's columns. Raises KnownError where it cannot be read, or there is no pyarrow."""
    with _opened(source) as file:
        return list(file.schema_arrow.names)


def parquet_items(source: Source, make: Callable[[dict[str, Any], str], Iterator[ImportItem]]) -> Iterator[ImportItem]:
    """What `make` makes of each row and its place; a Failure for each that it refuses.

    Raises KnownError where the file cannot be read on.
    """
    with _opened(source) as file:
        for number, row in enumerate(_rows(file), 1):
            try:
                yield from make(row, f"row {number}")
            except KnownError as error:
                yield Failure(source.name, f"Row {number} was left out: {str(error).rstrip('.')}.")


def _rows(file: Any) -> Iterator[dict[str, Any]]:
    with foreign_errors("Parquet file"):
        groups = file.metadata.num_row_groups
        largest = max((file.metadata.row_group(number).total_byte_size for number in range(groups)), default=0)
    if largest > _LARGEST:
        raise KnownError("It is a Parquet file with more than 1 GB in one group of rows. Write it in smaller groups.")
    with foreign_errors("Parquet file"):
        batches = file.iter_batches(_AT_ONCE)
    while True:
        with foreign_errors("Parquet file"):
            batch = next(batches, None)
            rows = batch.to_pylist() if batch is not None else []
        if batch is None:
            return
        yield from rows


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    try:
        parquet = import_module("pyarrow.parquet")  # not by name: a bundle of the program does not take it along
    except ImportError:
        raise KnownError(
            "It is a Parquet file, which is read with pyarrow, and that is not installed. Install the program with its"
            " extra “parquet”, or take JSON Lines."
        ) from None
    with source.open() as stream:
        with foreign_errors("Parquet file"):
            file = parquet.ParquetFile(stream, page_checksum_verification=True)
        yield file
