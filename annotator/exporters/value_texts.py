"""Answers as texts: as other programs hold them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from annotator.core.annotation import AttributeValue


def value_texts(value: AttributeValue) -> list[str]:
    """An answer as one text or several: yes and no for true and false, numbers as they are written in most places."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return [str(int(value))]
    return [str(value)]


def joined(texts: list[str]) -> str:
    r"""Texts as one, with | between them; a | or a \ within one has a \ before it."""
    return "|".join(re.sub(r"([\\|])", r"\\\1", text) for text in texts)


def value_text(value: AttributeValue) -> str:
    """An answer as one text."""
    texts = value_texts(value)
    return joined(texts) if isinstance(value, list) else texts[0]


def answer_texts(attributes: Mapping[str, AttributeValue]) -> dict[str, str]:
    """Answers by their attributes, each as one text, in the order of their names."""
    return {name: value_text(value) for name, value in sorted(attributes.items())}


def typed_text(value: AttributeValue) -> str:
    """An answer as one text that says its kind: as JSON has it, but a text plain where nobody takes it for another."""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if _looks_typed(value) else value


def _looks_typed(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
