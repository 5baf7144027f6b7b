"""Which columns of a table say where marks are and what they say, and whether a table is one of marks at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["marks", "forms", "codebook", ""]

OWN_MARKS = frozenset(("document", "mark", "layer", "label", "start_code_point", "end_code_point"))
OWN_FORMS = frozenset(("document", "language", "direction", "characters", "annotator", "status", "marks"))
OWN_CODES = frozenset(("table", "column", "kind", "value", "code", "value_title"))
MARK, FORM = "attr_", "form_"  # what the columns of answers begin with

_DIGITS = 16  # of a number that no text is as long as
_NAMES = {
    "document": "document documentid docid doc articleid article textid",
    "sha256": "sha256 textsha256 documentsha256 texthash",
    "uri": "uri url link documenturi documenturl articleurl",
    "path": "path file filename filepath",
    "title": "title headline documenttitle articletitle",
    "start": "startcodepoint start begin startchar startoffset beginoffset offsetstart charstart startpos startposition"
    " startindex",
    "end": "endcodepoint end stop endchar endoffset offsetend charend endpos endposition endindex",
    "label": "label tag code category entitytype entity_type labelname class type",
    "layer": "layer tagset",
    "quote": "quote quotation words coveredtext mention span spantext exact entity surface segment markedtext snippet",
    "text": "text fulltext documenttext articletext body content",
    "annotator": "annotator coder annotatorname codername annotatorid coderid",
    "note": "note comment memo",
    "mark": "mark markid annotationid spanid id",
    "confidence": "confidence",
    "status": "status",
    "hash": "quotehash",
    "pieces": "piecescodepoints",
    "characters": "characters",
}  # in each, the surer names first
KEYS = ("document", "sha256", "uri", "path", "title")
_OWN_ONLY = ("origin", "created", "updated")
_IGNORED = re.compile(r"^(?:meta_.*|link_.*|zone|start_utf16|end_utf16|start_utf8_byte|end_utf8_byte)$")


@dataclass(slots=True)
class Columns:
    """Where in a row stands what."""

    kind: Kind
    own: bool  # whether this program wrote the table
    at: dict[str, int] = field(default_factory=dict)  # by what they are
    answers: dict[str, int] = field(default_factory=dict)  # by the name of the column, without what it begins with
    codes: dict[str, int] = field(default_factory=dict)  # numbers of the code book beside them
    ids: dict[str, int] = field(default_factory=dict)  # ids of registry entries beside them
    links: dict[str, int] = field(default_factory=dict)  # ids of marks that links lead to, by their kind

    def cell(self, row: Sequence[str], what: str) -> str:
        """What a row says, stripped; empty where it says nothing."""
        place = self.at.get(what)
        return row[place].strip() if place is not None and place < len(row) else ""


def columns_of(head: Sequence[str], sample: Sequence[Sequence[str]]) -> Columns:
    """The columns of a table with that head and those first rows; of no kind where it is none of ours to read."""
    names = [" ".join(cell.split()) for cell in head]
    if not names or len(set(filter(None, names))) < len([*filter(None, names)]):
        return Columns("", False)
    if set(names) >= OWN_CODES:
        return Columns("codebook", True, {name: place for place, name in enumerate(names)})
    found = Columns("", set(names) >= OWN_MARKS or set(names) >= OWN_FORMS)
    _find(found, names)
    if set(names) >= OWN_MARKS or _is_of_marks(found, names, sample):
        found.kind = "marks"
        _decide_text(found, sample)
    elif set(names) >= OWN_FORMS or (_has_key(found) and any(_is_form(name) for name in names)):
        found.kind = "forms"
    _find_answers(found, names)
    return found


def _find(found: Columns, names: Sequence[str]) -> None:
    """Gives each thing the column with the surest name."""
    plain = [re.sub(r"[\W_]+", "", name.casefold()) for name in names]
    for what, known in _NAMES.items():
        for name in known.split():
            place = next((p for p, each in enumerate(plain) if each == name and p not in found.at.values()), None)
            if place is not None:
                found.at[what] = place
                break
    for what in _OWN_ONLY:
        if what in names:
            found.at[what] = names.index(what)
    if not _has_key(found) and names[found.at.get("mark", 0)].casefold() == "id":
        found.at["document"] = found.at.pop("mark")


def _has_key(found: Columns) -> bool:
    return any(key in found.at for key in KEYS)


def _is_form(name: str) -> bool:
    return name.startswith(FORM) and name != FORM


def _is_of_marks(found: Columns, names: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether rows have a label, and whole numbers that can be places; a table of articles has neither."""
    if not {"start", "end", "label"} <= found.at.keys() or not (_has_key(found) or "text" in found.at) or not sample:
        return False
    pairs = [(whole_number(found.cell(row, "start")), whole_number(found.cell(row, "end"))) for row in sample]
    good = sum(start is not None and end is not None and start < end for start, end in pairs)
    return good >= 0.8 * len(pairs)


def whole_number(cell: str) -> int | None:
    """The place or the length that a cell holds; None where it holds none that a text can have."""
    return int(cell) if cell.isdecimal() and len(cell) < _DIGITS else None


def _decide_text(found: Columns, sample: Sequence[Sequence[str]]) -> None:
    """Whether a column called text holds the words that are marked, or all of the article: its length says it."""
    if found.own:
        found.at.pop("text", None)
    if "text" not in found.at or "quote" in found.at:
        return
    places = [
        (len(found.cell(row, "text")), whole_number(found.cell(row, "start")), whole_number(found.cell(row, "end")))
        for row in sample
    ]
    held = [(length, start, end) for length, start, end in places if start is not None and end is not None]
    whole = sum(length >= end for length, _, end in held)
    words = sum(length == end - start for length, start, end in held)
    if whole < 0.8 * len(held) or (words > 0.8 * len(held) and _has_key(found)):
        found.at["quote"] = found.at.pop("text")


def _find_answers(found: Columns, names: Sequence[str]) -> None:
    begins = FORM if found.kind == "forms" else MARK
    for place, name in enumerate(names):
        if name.startswith("link_") and name.endswith("_mark"):
            found.links[name.removeprefix("link_").removesuffix("_mark")] = place
        elif name.startswith(begins) and name != begins:
            found.answers[name.removeprefix(begins)] = place
        elif found.kind == "marks" and not found.own and place not in found.at.values() and _may_answer(name):
            found.answers[name] = place
    for kind, held in (("_code", found.codes), ("_id", found.ids)):
        for name in [each for each in found.answers if each.endswith(kind)]:
            base = name.removesuffix(kind)
            base = base if base in found.answers else base.rstrip("_")  # of a name that ends in what no column has
            if base in found.answers:
                held[base] = found.answers.pop(name)


def _may_answer(name: str) -> bool:
    return bool(name) and not _IGNORED.match(name) and not name.startswith(FORM)
