"""What the program does not bring, and some formats need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from annotator.core.errors import KnownError


def arrow(part: str = "") -> Any:
    """pyarrow, or a part of it. Not imported by name, so that a bundle of the program does not take it along.

    Raises KnownError where it is not installed.
    """
    try:
        return import_module(f"pyarrow.{part}" if part else "pyarrow")
    except ImportError as error:
        raise KnownError(
            "Parquet files need pyarrow, which is not installed. Nothing was written; install the program with its"
            " extra “parquet”."
        ) from error
