"""What a format of scheme files is, what reading one gives, and what writing one leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from annotator.core.scheme import Scheme

Beside = Callable[[str], str | None]  # the text of the file of that name in the same folder, if there is one


@dataclass(frozen=True, slots=True)
class SchemeText:
    """A scheme file that was opened."""

    name: str  # the file's, for sentences
    text: str
    stem: str = ""  # what a scheme that has no name of its own is called
    beside: Beside = lambda name: None


@dataclass(frozen=True, slots=True)
class ReadScheme:
    """A scheme, and what a person should know about it: what was left out, and what was changed to fit."""

    scheme: Scheme
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenScheme:
    """A scheme as the text of a file, with others that belong beside it, and what the format could not carry."""

    text: str
    lost: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class SchemeFormat(Protocol):
    """Reads and writes the schemes of one program. Sees neither files nor projects nor the window."""

    @property
    def name(self) -> str:
        """As `annotator scheme --format` takes it."""

    @property
    def title(self) -> str:
        """As people read it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What such files' names usually end in; the first is the one that is written. Content decides, not these."""

    @property
    def loses(self) -> str:
        """What the format cannot carry; a sentence, or nothing."""

    def recognises(self, file: SchemeText) -> bool:
        """Whether the file looks like one of this format."""

    def read(self, file: SchemeText) -> ReadScheme:
        """The scheme in it. Raises KnownError, naming the file and the place in it, where it is not of the form."""

    def write(self, scheme: Scheme) -> WrittenScheme:
        """`scheme` in this format, as far as that can carry it."""
