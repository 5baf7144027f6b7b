"""The types of marks and links in UIMA's files: one layer for all marks, so that any two can be linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.annotation import Annotation
from annotator.core.scheme import Scheme
from annotator.exporters.spelling import PLAIN, Spelling
from annotator.exporters.xml_text import child, xml_bytes

SEGMENTS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type"
CUSTOM = "webanno.custom"
MARK, LINK, ZONE = "Mark", "Link", "Zone"  # of CUSTOM
FIXED = ("layer", "label", "mark", "note", "annotator")  # features of a mark; "mark" is its id, shared by its pieces
_STRING, _ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
_NAMESPACE = "http://uima.apache.org/resourceSpecifier"


class CasFeatures:
    """The features of marks: those that are fixed, and one for each attribute."""

    def __init__(self, scheme: Scheme, others: Iterable[str] = ()) -> None:
        self._spelling = Spelling(PLAIN, "attribute")
        for name in FIXED:
            self._spelling.of(("fixed", name), name)
        self.attributes: dict[str, str] = {}
        for name in [*(each.name for label in scheme.labels for each in label.attributes), *others]:
            self.attributes[name] = self._spelling.of(("attribute", name), f"attr_{name}".replace("-", "_"))

    def names(self) -> list[str]:
        """All features of a mark that texts are in."""
        return [*FIXED, *self.attributes.values()]


def other_attributes(marks: Iterable[Annotation]) -> Iterator[str]:
    """The names of the attributes that marks have."""
    for mark in marks:
        yield from mark.attributes


def type_system(features: CasFeatures) -> bytes:
    """The file that says which types there are, as dkpro-cassis and INCEpTION read it."""
    from lxml import etree

    root = etree.Element("typeSystemDescription", {"xmlns": _NAMESPACE})
    types = child(root, "types")
    _type(types, f"{SEGMENTS}.Sentence", _ANNOTATION)
    _type(types, f"{SEGMENTS}.Token", _ANNOTATION)
    named = dict.fromkeys(("documentTitle", "documentId"), _STRING)
    _type(types, f"{METADATA}.DocumentMetaData", "uima.tcas.DocumentAnnotation", named)
    _type(types, f"{CUSTOM}.{MARK}", _ANNOTATION, dict.fromkeys(features.names(), _STRING))
    ends = dict.fromkeys(("Governor", "Dependent"), f"{CUSTOM}.{MARK}")
    _type(types, f"{CUSTOM}.{LINK}", _ANNOTATION, ends | {"label": _STRING})
    _type(types, f"{CUSTOM}.{ZONE}", _ANNOTATION, {"label": _STRING})
    etree.indent(root)
    return xml_bytes(root)


def _type(types: object, name: str, above: str, features: dict[str, str] | None = None) -> None:
    described = child(types, "typeDescription")
    child(described, "name", text=name)
    child(described, "description")
    child(described, "supertypeName", text=above)
    if features:
        listed = child(described, "features")
        for feature, kind in features.items():
            one = child(listed, "featureDescription")
            child(one, "name", text=feature)
            child(one, "description")
            child(one, "rangeTypeName", text=kind)
