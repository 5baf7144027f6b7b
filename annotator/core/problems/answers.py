"""Rules about answers: those that are missing, and those that the scheme does not know or allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.core.annotation import AttributeValue
from annotator.core.forms import Form, answered
from annotator.core.problems.problem import Article, Problem, whole
from annotator.core.scheme import Attribute
from annotator.core.span import Span

Answers = Mapping[str, AttributeValue]


def required(article: Article) -> Iterator[Problem]:
    """A mark that lacks what its label requires. What is off, or left out by another answer, is not lacking."""
    for mark in article.marks:
        if not article.requires(mark.label):
            continue
        for one in Form(mark.label.attributes, mark.attributes).missing():
            yield Problem("required", mark.id, whole(mark), "", {"label": mark.label.shown, "attribute": one.shown})


def form_required(article: Article) -> Iterator[Problem]:
    """A form of the article that lacks an answer, of each annotator who has begun with the article."""
    form = article.scheme.form
    if not any(one.required for one in form):
        return
    for annotator, answers in _forms(article).items():
        for one in Form(form, answers).missing():
            yield _of_form("form_required", article, annotator, attribute=one.shown)


def not_allowed(article: Article) -> Iterator[Problem]:
    """An answer about a mark that its attribute does not allow, or not any more."""
    for mark in article.marks:
        if mark.attributes:
            for attribute, value in _refused(mark.label.attributes, mark.attributes):
                values = {"label": mark.label.shown, "attribute": attribute.shown, "value": value}
                yield Problem("answer_not_allowed", mark.id, whole(mark), attribute.id, values)


def form_not_allowed(article: Article) -> Iterator[Problem]:
    """An answer in the article's form that its question does not allow, or not any more."""
    for annotator, answers in _forms(article).items():
        for attribute, value in _refused(article.scheme.form, answers):
            yield _of_form("form_not_allowed", article, annotator, attribute=attribute.shown, value=value)


def _forms(article: Article) -> dict[str, dict[str, AttributeValue]]:
    """The answers in the article's form by annotator, of everybody who has begun."""
    begun = [key for key, status in sorted(article.document.statuses.items()) if status != "new"]
    forms: dict[str, dict[str, AttributeValue]] = {annotator: {} for annotator in begun}
    for label in article.document.labels:
        forms.setdefault(label.annotator, {})[label.name] = label.value
    return forms


def _of_form(rule: str, article: Article, annotator: str, **values: str) -> Problem:
    return Problem(rule, "", Span(0, 1), values=values, annotator=annotator)


def _refused(attributes: tuple[Attribute, ...], answers: Answers) -> Iterator[tuple[Attribute, str]]:
    """What is answered and asked, and not allowed, with the part of the answer that is not."""
    form = Form(attributes, answers)
    for attribute in attributes:
        value = answers.get(attribute.name)
        if value is None or value == "" or form.hides(attribute):
            continue
        refused = refused_part(attribute, value, form)
        if refused is not None:
            yield attribute, refused


def refused_part(attribute: Attribute, value: AttributeValue, form: Form) -> str | None:
    """What of an answer its attribute does not allow, for a sentence; None where it allows all."""
    held = answered(value)
    if len(held) > 1 and (not attribute.several or len(held) > (attribute.maximum or len(held))):
        return ", ".join(held)
    if attribute.kind == "yes_no":
        return None if isinstance(value, bool) else str(value)
    if attribute.kind == "number" or (attribute.kind == "scale" and not attribute.values):
        return None if _is_within(attribute, value) else ", ".join(held)
    if attribute.kind == "date":
        return next((each for each in held if not is_date(each)), None)
    if not attribute.values or attribute.kind in ("text", "entity"):
        return None
    allowed = {each.name for each in form.values_of(attribute)}
    return next((each for each in held if each not in allowed), None)


def _is_within(attribute: Attribute, value: AttributeValue) -> bool:
    if isinstance(value, (bool, list)):
        return False
    try:
        number = float(value)
    except ValueError:
        return False
    low, high = attribute.minimum, attribute.maximum
    return (low is None or low <= number) and (high is None or number <= high)


def is_date(text: str) -> bool:
    """Whether `text` is a date as 2016, 2016-10 or 2016-10-31."""
    from datetime import date

    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not all(_is_digits(part) for part in parts):
        return False
    year, month, day = [*map(int, parts), 1, 1][:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
