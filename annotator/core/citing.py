"""An annotation's words with where they stand, to be pasted into a text that quotes them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.annotation import AnnotatedDocument, Annotation

BREAK = " […] "  # between two fragments

_NAMED = ("author", "publication", "archive", "published", "uri")  # of the metadata, in the order of a reference


def citation(document: AnnotatedDocument, mark: Annotation, parts: Sequence[tuple[str, Annotation]] = ()) -> str:
    """The words of `mark`, a line with its parts where it has some, and a line that says where it was found.

    `parts` are names and annotations, as ("source", …). Positions are code points, counted from 0, the end left out,
    as exports count them.
    """
    lines = [_words(document.text, mark)]
    if parts:
        lines.append("; ".join(f"{name}: {_words(document.text, part)}" for name, part in parts))
    return "\n".join([*lines, reference(document, mark)])


def reference(document: AnnotatedDocument, mark: Annotation) -> str:
    """Where `mark` stands: the document's title, what is known of it, the characters."""
    known = dict.fromkeys(value for name in _NAMED if (value := document.metadata.get(name, "").strip()))
    places = ", ".join(f"{piece.start}–{piece.end}" for piece in mark.fragments)
    head = ", ".join([document.title, *known]) if document.title else ", ".join(known)
    return f"{head} [{places}]".strip()


def _words(text: str, mark: Annotation) -> str:
    return BREAK.join(" ".join(piece.covered(text).split()) for piece in mark.fragments)
