"""The records of an XML file of which some may be damaged: those before and behind the damage come in all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.core.imports import Failure
from annotator.importers.markup import Damaged, Element, below, name_of, xml_root
from annotator.importers.tally import Tally


@dataclass(slots=True)
class Records:
    """What of a file can be read."""

    root: Element | None
    whole: list[Element] = field(default_factory=list)
    damage: Damaged | None = None
    lost: bool = False  # whether the damage lies in a record, which is left out

    def failures(self, tally: Tally) -> Iterator[Failure]:
        """What to say of the damage; nothing when there is none."""
        if self.damage is not None:
            tally.found += self.lost
            what = "the record there was left out" if self.lost else "no record is missing"
            yield tally.failure(f"line {self.damage.line}", f"{self.damage} ({what}).")


def readable_records(text: str, name: str, holder: str = "") -> Records:
    """The elements `name` in `text`; with `holder`, only those in such an element. Raises KnownError as `xml_root`."""
    damage: Damaged | None = None
    try:
        root: Element | None = xml_root(text)
    except Damaged as error:
        damage, root = error, error.root
    if root is None:
        if damage is not None:
            raise damage
        return Records(None)
    every = [each for each in below(root, name) if not holder or _parent(each) == holder]
    if damage is None:
        return Records(root, every)
    broken = _record_at(every, damage.line, len(text.split("\n")))
    return Records(root, [each for each in every if each is not broken], damage, broken is not None)


def _parent(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else name_of(parent)


def _record_at(records: list[Element], line: int, lines: int) -> Element | None:
    """The record that begins last before `line`. Damage at the end of the file lies in the last one."""
    before = [record for record in records if (record.sourceline or 0) <= line]
    return before[-1] if before else (records[0] if records and line >= lines else None)
