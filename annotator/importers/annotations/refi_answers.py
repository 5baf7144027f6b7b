"""Codes of a REFI-QDA project that this program wrote: labels in their layers, and answers about marks below them."""

from __future__ import annotations

from typing import NamedTuple

from annotator.core.annotation import AttributeValue
from annotator.importers.annotations.marked_text import DraftMark, joined_values
from annotator.importers.markup import Element, children, name_of

_LABEL, _VALUE = 2, 4  # how deep their codes stand: layer, label, attribute, value


class Answer(NamedTuple):
    """What a code says of a mark: an attribute’s value."""

    attribute: str
    value: AttributeValue
    several: bool


def is_label(code: Element) -> bool:
    """Whether a code of ours is a label, no layer, attribute or value."""
    return len(_path(code)) == _LABEL


def answer_of(code: Element) -> Answer | None:
    """The answer that a code of ours is; None where it is none."""
    path = _path(code)
    if len(path) != _VALUE:
        return None
    kind, _, several = _about(path[2]).partition(", ")
    text = (code.get("name") or "").strip()
    return Answer((path[2].get("name") or "").strip(), _typed(text, kind), bool(several))


def take(mark: DraftMark, answer: Answer) -> None:
    """Note an answer with a mark."""
    held = mark.attributes.get(answer.attribute)
    value = [str(answer.value)] if answer.several else answer.value
    mark.attributes[answer.attribute] = joined_values(held, value)


def _path(code: Element) -> list[Element]:
    """The codes from the outermost to this one."""
    path = [code]
    while (above := path[0].getparent()) is not None and name_of(above) == "code":
        path.insert(0, above)
    return path


def _about(code: Element) -> str:
    said = next(iter(children(code, "description")), None)
    return (said.text or "").strip() if said is not None else ""


def _typed(text: str, kind: str) -> AttributeValue:
    if kind == "yes_no" and text in ("yes", "no"):
        return text == "yes"
    if kind == "scale" and text.removeprefix("-").isdecimal() and len(text) < 10:
        return int(text)
    return text
