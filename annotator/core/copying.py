"""Answering a form as another one was."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.annotation import AttributeValue
from annotator.core.forms import Answers, Form, answered
from annotator.core.scheme import Attribute


def copied(attributes: Sequence[Attribute], held: Answers, like: Answers) -> dict[str, AttributeValue]:
    """The answers to take over from a form answered with `like` into one answered with `held`.

    Only what is not coded yet is filled in, only with what counts there, and only where it is asked here and fits.
    """
    there = Form(attributes, like)
    new: dict[str, AttributeValue] = {}
    for attribute in attributes:
        value = like.get(attribute.name)
        if value is None or answered(held.get(attribute.name)) or there.hides(attribute):
            continue
        here = Form(attributes, {**held, **new, attribute.name: value})
        if not here.hides(attribute) and not here.unfitting(attribute):
            new[attribute.name] = value
    whole = Form(attributes, {**held, **new})
    hidden = {one.name for one in attributes if whole.hides(one)}  # a rule of an answer further down may say so
    return {name: value for name, value in new.items() if name not in hidden}
