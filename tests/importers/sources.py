"""Sources out of bytes, for tests of importers."""

from io import BytesIO

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Notice
from annotator.importers.base import Source


def source(data, name="page.txt"):
    data = data.encode() if isinstance(data, str) else data
    return Source(name, name, len(data), lambda: BytesIO(data))


def documents(items):
    return [item for item in items if isinstance(item, AnnotatedDocument)]


def notices(items):
    return [item.text for item in items if isinstance(item, Notice)]


def failures(items):
    return [item.reason for item in items if isinstance(item, Failure)]
