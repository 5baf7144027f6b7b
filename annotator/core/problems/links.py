"""Rules about what marks are linked to."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import Annotation, Relation
from annotator.core.problems.problem import Article, Fix, Problem, whole
from annotator.core.scheme import RelationType
from annotator.core.span import Span

# A scheme does not say which links have to be there. The parts of a frame follow from its labels; that a claim has
# somebody who makes it follows from what the link is called.
CLAIMANTS = frozenset({"claimed_by", "claimant", "made_by"})
FAR = 5000  # characters between the starts of two marks, beyond which nothing is proposed
NEAR = 300  # characters between a mark and one that is proposed as the end of its link


def missing_part(article: Article) -> Iterator[Problem]:
    """A quote without its source or its cue; any head without one of its parts."""
    for mark in article.heads:
        filled = {link.type.id for link in article.links.get(mark.id, ())}
        for kind in article.parts[mark.label.id]:
            if kind.id not in filled:
                part = _lonely_part(article, mark, kind)
                fixes = (Fix("link", mark.id, part.id, kind.id),) if part else ()
                yield _about("missing_part", mark, fixes, part=kind.shown)


def part_inside(article: Article) -> Iterator[Problem]:
    """A source that lies within the quote whose source it is."""
    kinds = {label: {kind.id for kind in found} for label, found in article.parts.items()}
    for mark in article.heads:
        for link in article.links.get(mark.id, ()):
            part = article.by_id.get(link.target)
            if link.type.id in kinds[mark.label.id] and part is not None and _lies_in(part, mark):
                values = {"label": mark.label.shown, "part": part.label.shown}
                yield Problem("part_inside", part.id, whole(part), mark.id, values)


def no_claimant(article: Article) -> Iterator[Problem]:
    """A claim of which nobody is said to have made it. Within a quote, the quote's source is proposed."""
    for kind in article.scheme.relations:
        if kind.name not in CLAIMANTS or not kind.sources:
            continue
        for mark in article.marks:
            linked = any(link.type.id == kind.id for link in article.links.get(mark.id, ()))
            if kind.starts_at(mark.label) and not linked:
                speaker = _speaker(article, mark, kind)
                fixes = (Fix("link", mark.id, speaker.id, kind.id),) if speaker else ()
                yield _about("no_claimant", mark, fixes)


def link_not_allowed(article: Article) -> Iterator[Problem]:
    """A link that the scheme does not know, or not between marks with these labels."""
    known = {kind.id: kind for kind in article.scheme.relations}
    for link in article.relations:
        source, target = article.by_id.get(link.source), article.by_id.get(link.target)
        if source is None or target is None or not _allowed(known.get(link.type.id), source, target):
            yield _not_allowed(link, source, target)


def _lies_in(part: Annotation, head: Annotation) -> bool:
    return part.id != head.id and all(
        any(outer.contains(inner) for outer in head.fragments) for inner in part.fragments
    )


def _lonely_part(article: Article, head: Annotation, kind: RelationType) -> Annotation | None:
    """The one mark near `head` that could be its part and is no other's, in its paragraph; None unless there is one."""
    found = [
        mark
        for mark in article.starting(article.lonely, head.start - FAR, head.end + NEAR)
        if mark.label.layer == head.label.layer
        and mark.label.name in kind.targets
        and mark.annotator == head.annotator
        and not _lies_in(mark, head)
        and _is_near(article.text, mark, head)
    ]
    return found[0] if len(found) == 1 else None


def _is_near(text: str, one: Annotation, other: Annotation) -> bool:
    first, last = (one, other) if one.start < other.start else (other, one)
    return last.start - first.end <= NEAR and "\n" not in text[first.start : last.start]


def _speaker(article: Article, claim: Annotation, kind: RelationType) -> Annotation | None:
    """What is linked, by a link of a frame, to the one mark that the claim lies in, and may be its claimant."""
    before = article.starting(article.heads, claim.start - FAR, claim.start)
    around = [mark for mark in before if _lies_in(claim, mark) and mark.annotator == claim.annotator]
    if len(around) != 1:
        return None
    parts = {part.id for part in article.parts[around[0].label.id]}
    ends = [article.by_id.get(link.target) for link in article.links.get(around[0].id, ()) if link.type.id in parts]
    found = [end for end in ends if end is not None and end.id != claim.id and kind.ends_at(end.label)]
    return found[0] if len(found) == 1 else None


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


def _about(rule: str, mark: Annotation, fixes: tuple[Fix, ...], **values: str) -> Problem:
    return Problem(rule, mark.id, whole(mark), values={"label": mark.label.shown, **values}, fixes=fixes)
