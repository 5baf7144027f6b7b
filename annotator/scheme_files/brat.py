"""brat's annotation.conf, with visual.conf and kb_shortcuts.conf where they stand beside it."""

from __future__ import annotations

import re

from annotator.core.scheme import Scheme
from annotator.scheme_files.base import ReadScheme, SchemeText, WrittenScheme
from annotator.scheme_files.brat_reading import BratReading
from annotator.scheme_files.brat_writing import BratWriting

_SECTION = re.compile(r"^\s*\[(entities|spans|relations|events|attributes)\]\s*$", re.MULTILINE)


class BratScheme:
    """Entities and events as labels, arguments and relations as links, attributes as lists or yes and no."""

    name = "brat"
    title = "brat annotation.conf"
    suffixes: tuple[str, ...] = (".conf",)
    loses = (
        "Guidelines, the document’s form, rules, required answers, several values, and attributes that are neither a"
        " list nor yes and no. Of brat’s own: types above others, how many arguments an event needs, kinds of overlap"
        " and symmetry."
    )

    def recognises(self, file: SchemeText) -> bool:
        """One of brat's sections at the beginning of a line."""
        return _SECTION.search(file.text) is not None

    def read(self, file: SchemeText) -> ReadScheme:
        """The scheme of its sections. Raises KnownError with the line where one is not of the form."""
        return BratReading(file).scheme()

    def write(self, scheme: Scheme) -> WrittenScheme:
        """annotation.conf, and titles, colours and keys beside it."""
        return BratWriting(scheme).written()
