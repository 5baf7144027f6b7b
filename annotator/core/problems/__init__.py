"""What is probably wrong in an article: with its marks, its links and its quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from annotator.core.annotation import AnnotatedDocument
from annotator.core.problems import answers, links, marks, texts
from annotator.core.problems.fixing import apply_fix, with_changes
from annotator.core.problems.marks import corpus_name, two_labels_problem
from annotator.core.problems.problem import Article, Fix, Problem, Rule
from annotator.core.scheme import Scheme

__all__ = [
    "RULES",
    "Fix",
    "Problem",
    "Rule",
    "apply_fix",
    "corpus_name",
    "problems_of",
    "two_labels_problem",
    "with_changes",
]


def _of_the_project(_: Article) -> Iterator[Problem]:
    """What is looked for in a project as a whole has nothing to say of one article."""
    return iter(())


RULES: tuple[Rule, ...] = (
    Rule("missing_part", "A quote without one of its parts", "{label} without {part}", links.missing_part),
    Rule("part_inside", "A part within its quote", "{part} lies inside its {label}", links.part_inside),
    Rule("no_claimant", "A claim without a claimant", "{label} without a claimant", links.no_claimant),
    Rule(
        "not_quoted",
        "A direct quote without quotation marks",
        "{label} is direct, and its quotation marks say {kind}",
        marks.not_quoted,
    ),
    Rule("unbalanced", "A quotation mark without its partner", "{mark} has no partner", texts.alone),
    Rule("mixed", "Quotation marks of two kinds", "{mark} is closed by {other}", texts.mixed),
    Rule(
        "apostrophe",
        "Quotation marks that are apostrophes",
        "{mark} stands for an apostrophe, in {count} places",
        texts.apostrophes,
    ),
    Rule("edge", "White space or punctuation at an edge", "{label} has too much at an edge", marks.edge),
    Rule("blank", "A mark of white space only", "{label} of nothing but white space", marks.blank),
    Rule(
        "two_labels",
        "The same words with two labels",
        "{words} is {label} here and {other} elsewhere",
        marks.two_labels,
    ),
    Rule("required", "A required answer is missing", "{label} needs {attribute}", answers.required),
    Rule(
        "form_required",
        "A required answer about the article is missing",
        "The article needs {attribute}",
        answers.form_required,
    ),
    Rule(
        "answer_not_allowed",
        "An answer that the scheme does not allow",
        "{attribute} of this {label} may not be “{value}”",
        answers.not_allowed,
    ),
    Rule(
        "form_not_allowed",
        "An answer about the article that the scheme does not allow",
        "{attribute} of the article may not be “{value}”",
        answers.form_not_allowed,
    ),
    Rule(
        "link_not_allowed",
        "A link that the scheme does not allow",
        "{link} may not lead from {source} to {target}",
        links.link_not_allowed,
    ),
    Rule("duplicate", "The same mark twice", "{label} is marked twice", marks.duplicate),
    Rule("look_alike", "Two registry entries that look alike", "{one} and {other} may be the same", _of_the_project),
)


def problems_of(
    document: AnnotatedDocument, scheme: Scheme, off: Collection[str] = (), stop: Callable[[], bool] | None = None
) -> list[Problem]:
    """The problems of a document, in order of the text, but for those of the rules `off`, by id.

    `stop` is asked between rules; what was found until then is given.
    """
    article = Article(document, scheme)
    found: list[Problem] = []
    for rule in RULES:
        if stop is not None and stop():
            break
        if rule.id not in off:
            found += rule.check(article)
    places = {rule.id: place for place, rule in enumerate(RULES)}
    return sorted(found, key=lambda one: (one.span, places[one.rule], one.annotation, one.other, one.annotator))
