"""Rules about what marks are linked to."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import Annotation, Relation
from annotator.core.frames import part_kinds
from annotator.core.problems.problem import Article, Fix, Problem, whole
from annotator.core.scheme import RelationType
from annotator.core.span import Span


def missing_part(article: Article) -> Iterator[Problem]:
    """A quote without its source or its cue; any head without one of its parts."""
    kinds = _part_kinds(article)
    for mark in article.marks:
        filled = {link.type.id for link in article.links.get(mark.id, ())}
        for kind in kinds.get(mark.label.id, ()):
            if kind.id not in filled:
                yield _about("missing_part", mark, part=kind.shown)


def part_inside(article: Article) -> Iterator[Problem]:
    """A source that lies within the quote whose source it is."""
    kinds = {label: {kind.id for kind in found} for label, found in _part_kinds(article).items()}
    for mark in article.marks:
        for link in article.links.get(mark.id, ()):
            part = article.by_id.get(link.target)
            if link.type.id in kinds.get(mark.label.id, ()) and part is not None and _lies_in(part, mark):
                values = {"label": mark.label.shown, "part": part.label.shown}
                yield Problem("part_inside", part.id, whole(part), mark.id, values)


def no_claimant(article: Article) -> Iterator[Problem]:
    """A claim of which nobody is said to have made it."""
    for kind in article.scheme.relations:
        if kind.name != "claimed_by" or not kind.sources:
            continue
        for mark in article.marks:
            linked = any(link.type.id == kind.id for link in article.links.get(mark.id, ()))
            if kind.starts_at(mark.label) and not linked:
                yield _about("no_claimant", mark)


def link_not_allowed(article: Article) -> Iterator[Problem]:
    """A link that the scheme does not know, or not between marks with these labels."""
    known = {kind.id: kind for kind in article.scheme.relations}
    for link in article.relations:
        source, target = article.by_id.get(link.source), article.by_id.get(link.target)
        if source is None or target is None or not _allowed(known.get(link.type.id), source, target):
            yield _not_allowed(link, source, target)


def _part_kinds(article: Article) -> dict[str, list[RelationType]]:
    labels = {mark.label.id: mark.label for mark in article.marks}
    return {key: part_kinds(article.scheme, label) for key, label in labels.items()}


def _lies_in(part: Annotation, head: Annotation) -> bool:
    return part.id != head.id and all(
        any(outer.contains(inner) for outer in head.fragments) for inner in part.fragments
    )


def _allowed(kind: RelationType | None, source: Annotation, target: Annotation) -> bool:
    ends = kind is not None and kind.starts_at(source.label) and kind.ends_at(target.label)
    return ends and source.id != target.id


def _not_allowed(link: Relation, source: Annotation | None, target: Annotation | None) -> Problem:
    mark = source or target
    values = {
        "link": link.type.shown,
        "source": source.label.shown if source else "—",
        "target": target.label.shown if target else "—",
    }
    span = whole(mark) if mark else Span(0, 1)
    other = target.id if source and target else ""
    return Problem("link_not_allowed", mark.id if mark else "", span, other, values, (Fix("unlink", link.id),))


def _about(rule: str, mark: Annotation, **values: str) -> Problem:
    return Problem(rule, mark.id, whole(mark), values={"label": mark.label.shown, **values})
