"""The sentence for an article that cannot be finished yet."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.missing import Missing
from annotator.gui.texts import tr

NAMED, WORDS = 3, 40  # how many missing answers it names, and characters of a mark's words


def missing_sentence(missing: Sequence[Missing], text: str) -> str:
    """What is to be answered before a document with that text is finished: the first few, with their marks."""
    named = [_named(one, text) for one in missing[:NAMED]]
    if len(missing) > NAMED:
        named.append(tr("and {count} more", count=len(missing) - NAMED))
    return tr("Not finished yet: {missing}. All your work is saved.", missing="; ".join(named))


def _named(one: Missing, text: str) -> str:
    if one.mark is None:
        return tr("“{attribute}” of the article", attribute=one.attribute.shown)
    words = " ".join(one.mark.covered(text).split())
    cut = words if len(words) <= WORDS else f"{words[:WORDS].rstrip()}…"
    return tr(
        "“{attribute}” of {label} “{words}”", attribute=one.attribute.shown, label=one.mark.label.shown, words=cut
    )
