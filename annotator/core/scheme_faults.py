"""What is wrong with a scheme, in sentences: names and keys that stand twice, circles, rules that cannot be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from annotator.core.forms import rule_holds
from annotator.core.scheme import REST, Attribute, Label, Scheme

K = TypeVar("K", bound=Hashable)


def scheme_faults(scheme: Scheme) -> list[str]:
    """Everything that is wrong with `scheme`, each in one sentence without its stop."""
    return list(_faults(scheme))


def attribute_faults(attributes: Iterable[Attribute], besides: Iterable[Attribute] = ()) -> list[str]:
    """What is wrong with attributes, a sentence each without its stop; rules may speak of those `besides`."""
    mine = list(attributes)
    every = {attribute.id: attribute for attribute in (*mine, *besides)}
    return [fault for each in mine for fault in (*_own_faults(each), *_rule_faults(each, every))]


def _faults(scheme: Scheme) -> Iterator[str]:
    for layer in _twice(layer.name for layer in scheme.layers):
        yield f"There are two layers {layer}"
    for owner, name in _twice((label.layer, label.name) for label in scheme.labels):
        yield f"There are two labels {name} in the layer {owner}"
    for name in _twice(kind.name for kind in scheme.relations):
        yield f"There are two links {name}"
    yield from _name_faults(scheme)
    yield from _key_faults(scheme.labels)
    yield from _end_faults(scheme)
    yield from attribute_faults(scheme.attributes(), scheme.unasked)


def _name_faults(scheme: Scheme) -> Iterator[str]:
    names = [thing.name for things in (scheme.layers, scheme.labels, scheme.relations) for thing in things]
    if not all(name.strip() for name in (*names, *(attribute.name for attribute in scheme.attributes()))):
        yield "Something has no name"
    asked = [(label.shown, label.attributes) for label in scheme.labels] + [("The form", scheme.form)]
    for owner, attributes in asked:
        for name in _twice(attribute.name for attribute in attributes):
            yield f"{owner} has two attributes {name}"


def _key_faults(labels: Iterable[Label]) -> Iterator[str]:
    keys: dict[str, str] = {}
    for label in labels:
        key = label.shortcut.lower()
        if len(key) > 1 or key.isspace():
            yield f"The key “{label.shortcut}” of {label.name} is not one letter or sign"
        if key and label.enabled:
            if key in keys:
                yield f"The key {label.shortcut} belongs to {keys[key]} and to {label.name}"
            keys.setdefault(key, label.name)


def _end_faults(scheme: Scheme) -> Iterator[str]:
    known = {label.name for label in scheme.labels} | {layer.name for layer in scheme.layers}
    for kind in scheme.relations:
        for end in dict.fromkeys((*kind.sources, *kind.targets)):
            if end not in known:
                yield f"The link {kind.name} may end at {end}, which is no label and no layer"


def _own_faults(attribute: Attribute) -> Iterator[str]:
    name = attribute.name
    for twice in _twice(value.name for value in attribute.values):
        yield f"{name} has two values {twice}"
    for code in _twice(value.code for value in attribute.values if value.code):
        yield f"{name} has two values with the code {code}"
    if any(not value.name.strip() for value in attribute.values):
        yield f"{name} has a value without a name"
    if attribute.minimum is not None and attribute.maximum is not None and attribute.minimum > attribute.maximum:
        yield f"The least value of {name} is more than the most"
    parents = {value.name: value.parent for value in attribute.values}
    for value in attribute.values:
        if value.parent and value.parent not in parents:
            yield f"The value {value.name} of {name} stands under {value.parent}, which there is not"
    if circle := _circle(parents, lambda key: [parents[key]] if parents.get(key) else []):
        yield f"The values of {name} stand under each other in a circle: {circle}"


def _rule_faults(attribute: Attribute, every: Mapping[str, Attribute]) -> Iterator[str]:
    name, above = attribute.name, every.get(attribute.depends)
    if attribute.depends and above is None:
        yield f"{name} depends on an attribute that there is not"
    if above is not None:
        known = {value.name for value in above.values} | ({"yes", "no"} if above.kind == "yes_no" else set())
        for value in attribute.values:
            if value.when and value.when not in known:
                yield f"The value {value.name} of {name} is for {value.when}, which {above.name} has not"
    for rule in attribute.skips:
        if rule.hidden not in (*every, REST):
            yield f"A rule of {name} leaves out an attribute that there is not"
    if attribute.unless and attribute.unless not in every:
        yield f"{name} is required unless another is answered that there is not"
    names = {key: each.name for key, each in every.items()}
    if circle := _circle([attribute.id], lambda key: [every[key].depends] if key in every else [], names):
        yield f"What depends on what goes in a circle: {circle}"
    if circle := _circle(
        [attribute.id], lambda key: [rule.hidden for rule in every[key].skips] if key in every else [], names
    ):
        yield f"The rules leave out each other in a circle: {circle}"
    if attribute.required and any(_always_hides(other, attribute.id) for other in every.values()):
        yield f"{name} is required, and a rule always leaves it out"


def _always_hides(attribute: Attribute, hidden: str) -> bool:
    """Whether whatever is answered to `attribute` leaves the other out, so that it is never asked once this is."""
    values = {"yes", "no"} if attribute.kind == "yes_no" else {value.name for value in attribute.values}
    rules = [rule for rule in attribute.skips if rule.hidden == hidden]
    return bool(values) and all(any(rule_holds(rule, value) for rule in rules) for value in values)


def _twice(names: Iterable[K]) -> list[K]:
    return [name for name, count in Counter(names).items() if count > 1]


def _circle(
    starts: Iterable[str], steps: Callable[[str], Sequence[str]], names: Mapping[str, str] | None = None
) -> str:
    """A way from one of `starts` back to itself, as “a → b → a”; empty where there is none."""
    done: set[str] = set()
    for start in starts:
        way: list[tuple[str, Iterator[str]]] = [(start, iter(steps(start)))]
        while way:
            following = next(way[-1][1], None)
            path = [key for key, _ in way]
            if following is None:
                done.add(way.pop()[0])
            elif following in path:
                round_trip = [*path[path.index(following) :], following]
                return " → ".join((names or {}).get(key, key) for key in round_trip)
            elif following and following not in done:
                way.append((following, iter(steps(following))))
    return ""
