"""What a document lacks before it is finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.core.annotation import Annotation
from annotator.core.forms import Answers, Form
from annotator.core.scheme import Attribute, Scheme


class Missing(NamedTuple):
    """A required answer that is not given."""

    mark: Annotation | None  # None: the document's own form lacks it
    attribute: Attribute


def missing_in(scheme: Scheme, marks: Iterable[Annotation], answers: Answers, annotator: str) -> Iterator[Missing]:
    """What is required, asked and not answered: in the document's form, then in the marks of one annotator, in order.

    `answers` are those of the annotator to the document's form, by the attribute's name.
    """
    yield from (Missing(None, attribute) for attribute in Form(scheme.form, answers).missing())
    demanding = {label.id for label in scheme.labels if any(one.required for one in label.attributes)}
    own = (mark for mark in marks if mark.annotator == annotator and mark.label.id in demanding)
    for mark in sorted(own, key=lambda each: (each.start, each.end, each.created)):
        yield from (Missing(mark, attribute) for attribute in Form(mark.label.attributes, mark.attributes).missing())
