"""Which answers and links of a scheme say who speaks, about what, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from annotator.core.errors import KnownError
from annotator.core.registry import kind_for
from annotator.core.scheme import Attribute, Label, Scheme

LABEL, WORDS, NONE = "label", "words", "none"  # what may be named in place of an attribute or a link

# By what names schemes call it, the likeliest first: those of our templates, and of other programs.
_ACTORS = ("person", "claimant", "subject_actor", "actor", "speaker", "claimed_by", "source", "narrator",
           "organization", "organisation")  # fmt: skip
_ORGANISATIONS = ("organization", "organisation", "subject_party", "claimant_party", "party")
_CONCEPTS = ("concept", "issue", "object_issue", "claim", "topic", "frame", "event", "plot", "about")
_AGREEMENTS = ("agreement", "position", "stance", "direction", "polarity")
_PLACES = ("place", "event_loc", "location", "city", "country")
_TARGETS = ("about", "addressee", "object_actor", "recipient", "target", "villain")
_NAMES = ("person", "organisation", "place")  # kinds of entries that are names


class Role(NamedTuple):
    """Where a mark says something: in an answer, at the end of a link, or by its own label or words."""

    how: str  # attribute, link, label, words
    name: str = ""
    kind: str = ""  # of the registry, for an attribute that is an entry


class Roles(NamedTuple):
    """Where a mark of one label says what a statement is made of."""

    label: Label
    actor: Role | None = None
    organisation: Role | None = None
    concept: Role | None = None
    agreement: Role | None = None
    place: Role | None = None
    target: Role | None = None  # whom it is about, or done to
    day: str = ""  # the attribute that has the date


def roles_in(scheme: Scheme, wanted: Mapping[str, str]) -> dict[str, Roles]:
    """The roles of every label that can be a statement, by the label's id.

    `wanted` names an attribute or a link for a role, or a label. Raises KnownError for a name that there is not.
    """
    _check(scheme, wanted)
    labels = [label for label in scheme.labels if wanted.get("label", "") in ("", label.name, label.title)]
    return {label.id: _roles(scheme, label, wanted) for label in labels}


def statement_roles(scheme: Scheme, wanted: Mapping[str, str]) -> dict[str, Roles]:
    """The roles of the labels that are statements: of those with an actor, the ones that say most.

    Empty where nobody speaks in this scheme.
    """
    able = {key: roles for key, roles in roles_in(scheme, wanted).items() if roles.actor}
    if wanted.get("label"):
        return {key: _whole(roles) for key, roles in able.items()}
    most = max((_said(roles) for roles in able.values()), default=(False, False))
    return {key: _whole(roles) for key, roles in able.items() if _said(roles) == most}


def name_labels(scheme: Scheme, wanted: str) -> frozenset[str]:
    """The ids of labels whose marks are names: of people, organisations and places where the scheme has them.

    Else those that answer with an entry of the registry, else all.
    """
    if wanted:
        return frozenset(label.id for label in scheme.labels if wanted in (label.name, label.title))
    names = [label for label in scheme.labels if kind_for("any", label.name) in _NAMES]
    entries = [label for label in scheme.labels if any(each.kind == "entity" for each in label.attributes)]
    return frozenset(label.id for label in names or entries or scheme.labels)


def _said(roles: Roles) -> tuple[bool, bool]:
    return roles.concept is not None, roles.agreement is not None


def _whole(roles: Roles) -> Roles:
    return roles if roles.concept else roles._replace(concept=Role(LABEL))


def _roles(scheme: Scheme, label: Label, wanted: Mapping[str, str]) -> Roles:
    links = [kind.name for kind in scheme.relations if kind.sources and kind.starts_at(label)]

    def role(asked: str, names: Iterable[str], *, entries: Iterable[str] = ()) -> Role | None:
        return _role(label, links, wanted.get(asked, ""), names, tuple(entries))

    actor = role("actor", _ACTORS, entries=("person", "organisation"))
    organisation = role("organisation", _ORGANISATIONS)
    agreement = role("agreement", _AGREEMENTS)
    if agreement is None and not wanted.get("agreement"):
        agreement = next((Role("attribute", each.name) for each in label.attributes if each.kind == "yes_no"), None)
    day = next((each.name for each in label.attributes if each.kind == "date"), "")
    return Roles(
        label,
        actor,
        organisation,
        role("concept", _CONCEPTS, entries=("concept",)),
        agreement if actor else None,
        role("place", _PLACES),
        role("target", _TARGETS),
        day,
    )


def _role(label: Label, links: list[str], asked: str, names: Iterable[str], entries: tuple[str, ...]) -> Role | None:
    attributes = {each.name: each for each in label.attributes}
    if asked == NONE:
        return None
    if asked in (LABEL, WORDS):
        return Role(asked)
    for name in [asked] if asked else names:
        if name in attributes:
            return _of_attribute(attributes[name])
        if name in links:
            return Role("link", name)
    if asked:
        return None
    found = (each for each in label.attributes if each.kind == "entity" and each.registry in entries)
    return next((_of_attribute(each) for each in found), None)


def _of_attribute(attribute: Attribute) -> Role:
    kind = attribute.registry if attribute.registry != "any" else ""
    return Role("attribute", attribute.name, kind)


def _check(scheme: Scheme, wanted: Mapping[str, str]) -> None:
    there = {each.name for label in scheme.labels for each in label.attributes}
    there |= {kind.name for kind in scheme.relations}
    for role, name in wanted.items():
        if not name:
            continue
        if role == "label":
            if not any(name in (label.name, label.title) for label in scheme.labels):
                known = ", ".join(label.name for label in scheme.labels)
                raise KnownError(f"There is no label “{name}” in this project. There are: {known}.")
        elif name not in there and name not in (LABEL, WORDS, NONE):
            known = ", ".join(sorted(there)) or "none"
            raise KnownError(
                f"There is no attribute and no link “{name}” in this project, for {role}={name}. There are: {known}."
            )
