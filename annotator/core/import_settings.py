"""What people said of files that came in: how their columns, their articles and their formats are to be taken.

It is kept with the project, and holds again when files of the same kind come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from annotator.core.column_mapping import ColumnMapping
from annotator.core.split_patterns import SplitPatterns

_MOST = 50  # of each kind that are remembered


def kind_of_file(path: str, recognised: str) -> str:
    """By what a file is known again: how its name ends, and what it was taken for."""
    return f"{PurePath(path).suffix.lower()}:{recognised}"


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """The newest stand first."""

    mappings: tuple[ColumnMapping, ...] = ()
    patterns: tuple[SplitPatterns, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)  # an importer’s name, by `kind_of_file`

    def __bool__(self) -> bool:
        """Whether anything was ever said."""
        return bool(self.mappings or self.patterns or self.formats)

    def mapping_for(self, columns: Sequence[str]) -> ColumnMapping | None:
        """The mapping of the table most like one with `columns`: each column that it names is among them."""
        fit = [mapping for mapping in self.mappings if mapping.columns and mapping.fits(columns)]
        return max(fit, key=lambda mapping: len(mapping.columns), default=None)

    def with_mapping(self, mapping: ColumnMapping) -> ImportSettings:
        """These settings, and `mapping` instead of one for the same columns."""
        others = [held for held in self.mappings if set(held.columns) != set(mapping.columns)]
        return replace(self, mappings=(mapping, *others)[:_MOST])

    def with_patterns(self, patterns: SplitPatterns) -> ImportSettings:
        """These settings, and `patterns` instead of those of the same name."""
        others = [held for held in self.patterns if held.name != patterns.name]
        return replace(self, patterns=(patterns, *others)[:_MOST])

    def with_format(self, kind: str, name: str) -> ImportSettings:
        """These settings, and files of that kind read as `name`; without a name, as they are recognised."""
        others = {held: format_ for held, format_ in self.formats.items() if held != kind}
        return replace(self, formats=dict([*([(kind, name)] if name else []), *others.items()][:_MOST]))

    def written(self) -> str:
        """As a project keeps it."""
        held = {
            "mappings": [mapping.to_json() for mapping in self.mappings],
            "patterns": [patterns.to_json() for patterns in self.patterns],
            "formats": dict(self.formats),
        }
        return json.dumps(held, ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> ImportSettings:
        """What `written` gave; what cannot be understood is left out, and patterns that are none are, too."""
        try:
            held = json.loads(written)
        except ValueError:
            return cls()
        held = held if isinstance(held, dict) else {}
        mappings = [ColumnMapping.from_json(each) for each in _list(held.get("mappings"))]
        patterns = [SplitPatterns.from_json(each) for each in _list(held.get("patterns"))]
        formats = held.get("formats")
        named = formats.items() if isinstance(formats, dict) else ()
        return cls(
            tuple(mapping for mapping in mappings if mapping.columns),
            tuple(each for each in patterns if each.name and not each.faults()),
            {kind: name for kind, name in named if isinstance(name, str)},
        )


def _list(value: Any) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else []
