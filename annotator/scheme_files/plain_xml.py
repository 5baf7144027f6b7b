"""XML without a document type: what files of strangers may be read as."""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from annotator.core.errors import KnownError

DEEPEST = 200  # elements within each other


class RefusedError(Exception):
    """The file has what may be used to read other files, or to swell."""


class _Builder(TreeBuilder):
    depth = 0

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise RefusedError("its elements stand too deep within each other")
        self.start(tag, attributes)

    def shut(self, tag: str) -> None:
        self.depth -= 1
        self.end(tag)


def read_xml(name: str, text: str) -> Element:
    """The outermost element. Raises KnownError with the line where it is no XML, or has a document type or entities."""
    parser, builder = expat.ParserCreate(), _Builder()
    parser.StartElementHandler, parser.EndElementHandler = builder.open, builder.shut
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text.lstrip("\ufeff"), True)
        return builder.close()
    except RefusedError as error:
        raise KnownError(f"{name} was not read: {error}. Nothing was changed.") from error
    except (expat.ExpatError, AssertionError) as error:
        line = f", line {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        why = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else "it is empty"
        raise KnownError(f"{name}{line}: this is no XML ({why}). Nothing was changed.") from error


def _refuse(*_: object) -> NoReturn:
    raise RefusedError("it has a document type (DOCTYPE), through which a file can swell or read others")
