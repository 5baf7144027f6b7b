"""What may be said about a text: layers, labels, attributes and relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

AttributeKind = Literal["choice", "tree", "scale", "yes_no", "number", "date", "text", "entity"]
ATTRIBUTE_KINDS: tuple[str, ...] = get_args(AttributeKind)

STATUSES = ("new", "in_progress", "finished")
ZONES = ("HEADLINE", "DEK", "BYLINE", "DATELINE", "BODY", "CAPTION", "CREDIT", "BOILERPLATE", "RELATED")


class Value(NamedTuple):
    """One value of a choice, a tree or a scale. What is not coded has no value at all, and nothing is a default."""

    name: str  # as it is stored and exported
    title: str = ""  # as it is shown, where that differs
    code: str = ""  # the number of a code book, "98"
    parent: str = ""  # in a tree: the name of the value above
    when: str = ""  # the value of the attribute this one depends on that makes it available

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return self.title or self.name


class Skip(NamedTuple):
    """A rule of an attribute: while it holds `value`, another attribute is not asked. Answers given before are kept."""

    value: str  # empty: while nothing is answered; of a yes/no, "yes" or "no"
    hidden: str  # the id of the attribute that is not asked, or REST
    but: bool = False  # the other way round: while it holds anything but `value`, or nothing


REST = "*"  # in a rule: everything that is asked behind the attribute whose rule it is


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be said about a mark, or about a document."""

    id: str
    name: str
    kind: AttributeKind = "choice"
    title: str = ""
    values: tuple[Value, ...] = ()
    several: bool = False  # may hold more than one value
    required: bool = False  # blocks "finished", never saving
    optional: bool = False  # off until the project wants it
    registry: str = ""  # for an entity: which kind of registry entry
    depends: str = ""  # the id of the attribute whose value decides which values apply
    skips: tuple[Skip, ...] = ()
    minimum: float | None = None  # of a number or a scale
    maximum: float | None = None  # of a number or a scale; of several values, how many there may be
    unless: str = ""  # the id of an attribute that, once answered, makes this one no longer required
    guideline: str = ""  # how it is to be answered

    @property
    def shown(self) -> str:
        """The attribute's name as a person reads it."""
        return self.title or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Label:
    """What a mark says of its span: a name within a layer."""

    id: str
    layer: str  # the layer's name
    name: str
    color: str = "#5b6470"
    shortcut: str = ""  # one letter, as it is typed
    enabled: bool = True
    attributes: tuple[Attribute, ...] = ()
    title: str = ""
    guideline: str = ""
    layer_said: bool = field(default=True, compare=False)  # False: a file names none, and `layer` is for a new label

    @property
    def shown(self) -> str:
        """The label's name as a person reads it."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class Layer:
    """A set of labels that belong together."""

    id: str
    name: str
    title: str = ""

    @property
    def shown(self) -> str:
        """The layer's name as a person reads it."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class RelationType:
    """A link from one mark to another, and which labels may stand at its ends (none named: any)."""

    id: str
    name: str
    sources: tuple[str, ...] = ()  # names of labels or of layers
    targets: tuple[str, ...] = ()
    title: str = ""

    @property
    def shown(self) -> str:
        """The relation's name as a person reads it."""
        return self.title or self.name.replace("_", " ")

    def starts_at(self, label: Label) -> bool:
        """Whether a mark with `label` may be its first end."""
        return not self.sources or label.name in self.sources or label.layer in self.sources

    def ends_at(self, label: Label) -> bool:
        """Whether a mark with `label` may be its second end."""
        return not self.targets or label.name in self.targets or label.layer in self.targets


@dataclass(frozen=True, slots=True)
class Scheme:
    """All of a project's layers, labels and relations, and the form of its documents, each in its order."""

    name: str = ""
    layers: tuple[Layer, ...] = ()
    labels: tuple[Label, ...] = ()
    relations: tuple[RelationType, ...] = ()
    form: tuple[Attribute, ...] = ()
    version: int = field(default=0, compare=False)  # the Lamport time of its last change in its project; 0 outside one
    unasked: tuple[Attribute, ...] = field(default=(), compare=False)  # that nothing asks; answers to them are kept

    def labels_of(self, layer: str) -> list[Label]:
        """The labels of the layer of that name, in order."""
        return [label for label in self.labels if label.layer == layer]

    def label(self, layer: str, name: str) -> Label | None:
        """The label of that name in that layer."""
        return next((label for label in self.labels if label.name == name and label.layer == layer), None)

    def relations_from(self, label: Label) -> list[RelationType]:
        """The relations that a mark with `label` may start, in order."""
        return [relation for relation in self.relations if relation.starts_at(label)]

    def attributes(self) -> Iterator[Attribute]:
        """Every attribute of the scheme, once, labels' before the form's."""
        seen: set[str] = set()
        for attribute in [a for label in self.labels for a in label.attributes] + list(self.form):
            if attribute.id not in seen:
                seen.add(attribute.id)
                yield attribute
