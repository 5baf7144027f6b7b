"""The types of marks and links in UIMA's files: one layer for all marks, so that any two can be linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue
from annotator.core.scheme import Attribute, Scheme
from annotator.exporters.spelling import PLAIN, Spelling

SEGMENTS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type"
CUSTOM = "webanno.custom"
MARK, LINK, ZONE = "Mark", "Link", "Zone"  # of CUSTOM
FIXED = ("layer", "label", "mark", "note", "annotator")  # features of a mark; "mark" is its id, shared by its pieces
STRING, TRUTH, WHOLE, NUMBER, STRINGS = (
    f"uima.cas.{name}" for name in ("String", "Boolean", "Long", "Double", "StringArray")
)
_EXACT = 1 << 53  # whole numbers below it are the same as a double
_ANNOTATION = "uima.tcas.Annotation"


class CasFeatures:
    """The features of marks where all are texts: those that are fixed, and one for each attribute."""

    def __init__(self, scheme: Scheme, others: Iterable[str] = ()) -> None:
        self._spelling = Spelling(PLAIN, "attribute")
        for name in FIXED:
            self._spelling.of(("fixed", name), name)
        self.attributes: dict[str, str] = {}
        for name in [*(each.name for label in scheme.labels for each in label.attributes), *others]:
            self.attributes[name] = self._spelling.of(("attribute", name), _feature_name(name))

    def names(self) -> list[str]:
        """All features of a mark that texts are in."""
        return [*FIXED, *self.attributes.values()]


def _feature_name(attribute: str) -> str:
    """What the feature of an attribute is called: names in other scripts than Latin have no letters that may stay."""
    return f"attr_{PLAIN.sub('_', attribute).strip('_') or 'answer'}".replace("-", "_")


class TypedFeature(NamedTuple):
    """A feature of marks that holds an attribute."""

    name: str
    attribute: str
    range: str  # the type of its values


class TypedFeatures:
    """A feature for each attribute and type of its values; one whose values are of two types has two."""

    def __init__(self, scheme: Scheme, found: Iterable[tuple[str, str]] = ()) -> None:
        """`found` are names of attributes with the types that their values have: see `ranges_in`."""
        spelling = Spelling(PLAIN, "attribute")
        for name in FIXED:
            spelling.of(("fixed", name), name)
        self._features: dict[tuple[str, str], TypedFeature] = {}
        for name, range_ in self._pairs(scheme, set(found)):
            spelt = spelling.of(("attribute", name, range_), _feature_name(name))
            self._features[name, range_] = TypedFeature(spelt, name, range_)

    @staticmethod
    def _pairs(scheme: Scheme, found: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Attributes with their types: as in the data, else as the scheme has it; whole numbers among others go."""
        known = {each.name: _range_in_scheme(each) for label in scheme.labels for each in label.attributes}
        for name in dict.fromkeys([*known, *sorted(name for name, _ in found)]):
            ranges = {range_ for attribute, range_ in found if attribute == name} or {known.get(name, STRING)}
            if NUMBER in ranges:
                ranges.discard(WHOLE)
            yield from ((name, range_) for range_ in sorted(ranges))

    def of(self, attribute: str, value: AttributeValue) -> TypedFeature:
        """The feature for that value of an attribute."""
        range_ = range_of(value)
        found = self._features.get((attribute, range_))
        return found if found is not None else self._features[attribute, NUMBER]

    def every(self) -> Mapping[str, TypedFeature]:
        """All of them, by name."""
        return {each.name: each for each in self._features.values()}


def range_of(value: AttributeValue) -> str:
    """The type of UIMA that holds a value; a whole number too large to be exact is a text."""
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, int):
        return WHOLE if abs(value) < _EXACT else STRING
    return NUMBER if isinstance(value, float) else STRINGS if isinstance(value, list) else STRING


def ranges_in(documents: Iterable[AnnotatedDocument]) -> set[tuple[str, str]]:
    """The attributes of marks, each with the types of its values."""
    return {
        (name, range_of(value))
        for document in documents
        for mark in document.annotations
        for name, value in mark.attributes.items()
    }


def _range_in_scheme(attribute: Attribute) -> str:
    if attribute.several:
        return STRINGS
    return {"yes_no": TRUTH, "number": NUMBER, "scale": WHOLE}.get(attribute.kind, STRING)


def other_attributes(marks: Iterable[Annotation]) -> Iterator[str]:
    """The names of the attributes that marks have."""
    for mark in marks:
        yield from mark.attributes


class FeatureType(NamedTuple):
    """A feature of a type: its range, and what is said of it."""

    name: str
    range: str
    about: str = ""


class CasType(NamedTuple):
    """A type of UIMA."""

    name: str
    above: str
    features: tuple[FeatureType, ...] = ()


def cas_types(features: TypedFeatures) -> tuple[CasType, ...]:
    """All types of the files. What is said of a feature that holds an attribute is that attribute's own name."""
    named = tuple(FeatureType(name, STRING) for name in ("documentTitle", "documentId"))
    held = tuple(FeatureType(name, STRING) for name in FIXED)
    held += tuple(FeatureType(each.name, each.range, each.attribute) for each in features.every().values())
    ends = tuple(FeatureType(name, f"{CUSTOM}.{MARK}") for name in ("Governor", "Dependent"))
    label = FeatureType("label", STRING)
    return (
        CasType(f"{SEGMENTS}.Sentence", _ANNOTATION),
        CasType(f"{SEGMENTS}.Token", _ANNOTATION),
        CasType(f"{METADATA}.DocumentMetaData", "uima.tcas.DocumentAnnotation", named),
        CasType(f"{CUSTOM}.{MARK}", _ANNOTATION, held),
        CasType(f"{CUSTOM}.{LINK}", _ANNOTATION, (*ends, label)),
        CasType(f"{CUSTOM}.{ZONE}", _ANNOTATION, (label,)),
    )
