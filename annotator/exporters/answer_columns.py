"""Answers as columns of a table: the answer, its number in the code book, and the id where it is a registry entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from annotator.core.annotation import AttributeValue, RegistryEntry
from annotator.core.scheme import Attribute
from annotator.exporters.spelling import Spelling
from annotator.exporters.value_texts import joined, value_text, value_texts

ODD = re.compile(r"\W+")  # what no column is called with in R or SPSS
_YES_NO = {"yes": "1", "no": "0"}


class AnswerColumns:
    """The columns for some attributes, in order; names that the scheme does not know get one each, too."""

    def __init__(
        self, attributes: Iterable[Attribute], others: Iterable[str], registry: Iterable[RegistryEntry],
        spelling: Spelling, prefix: str,
    ) -> None:  # fmt: skip
        self._attributes = {each.name: each for each in attributes}
        self._names = list(dict.fromkeys([*self._attributes, *others]))
        self._entries = {entry.id: entry.name for entry in registry}
        self._codes = {name: _codes(each) for name, each in self._attributes.items()}
        self._spelling, self._prefix = spelling, prefix

    def head(self) -> Iterator[str]:
        """The names of the columns."""
        for name in self._names:
            yield self.column(name)
            if self._codes.get(name):
                yield self.column(name, "code")
            if self._is_entity(name):
                yield self.column(name, "id")

    def column(self, name: str, what: str = "") -> str:
        """What the column of an attribute is called."""
        wanted = "_".join(filter(None, (self._prefix, name, what)))
        return self._spelling.of((self._prefix, name, what), wanted)

    def cells(self, answers: Mapping[str, AttributeValue]) -> Iterator[str]:
        """The cells for some answers; what is not coded is empty."""
        for name in self._names:
            value = answers.get(name)
            texts = [] if value is None else value_texts(value)
            if self._is_entity(name):
                yield joined([self._entries.get(text, text) for text in texts])
                yield joined(texts)
                continue
            yield "" if value is None else value_text(value)
            if codes := self._codes.get(name):
                yield joined([codes.get(text, "") for text in texts])

    def known(self) -> Iterator[Attribute]:
        """The attributes that the scheme has."""
        return iter(self._attributes.values())

    def _is_entity(self, name: str) -> bool:
        return name in self._attributes and self._attributes[name].kind == "entity"


def _codes(attribute: Attribute) -> dict[str, str]:
    """The number of each value, where there are any."""
    if attribute.kind == "yes_no":
        return _YES_NO
    return {value.name: value.code for value in attribute.values if value.code}
