"""What the pages of the scheme editor share: the scheme as it is, and the one way to change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.changes import ChangeSet
from annotator.core.errors import KnownError
from annotator.core.rows import attribute_from_row
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme
from annotator.core.scheme_edits import SchemeEdits
from annotator.gui.jobs import Job
from annotator.gui.session import Session
from annotator.gui.texts import tr
from annotator.store.reading import Reader

DELAY = 400  # milliseconds after the last change until marks are counted anew


class Desk(QObject):
    """Follows the scheme of a session, and changes it, a step at a time."""

    changed = Signal()  # the scheme is another
    counted = Signal()  # how many marks labels have is known anew
    wanted = Signal(str, str)  # show the thing of that kind with that id
    told = Signal(str)  # a sentence: why something was not done

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.uses: dict[str, tuple[int, int]] = {}  # marks and articles, by the label's id
        self.chosen_labels: list[str] = []  # the ids of those that are chosen in the list
        self._counting: Job | None = None
        self._delay = QTimer(self, singleShot=True, interval=DELAY)
        self._delay.timeout.connect(self._count)
        self._read()
        session.scheme_changed.connect(self._on_changed)
        session.history_changed.connect(self._delay.start)
        session.refused.connect(self.told)
        self._count()

    # The scheme as it is

    def _read(self) -> None:
        self.scheme: Scheme = self.session.scheme
        self.tables = self.session.project.scheme_tables()
        rows = self.tables["attributes"].values()
        self.attributes = {str(row["id"]): attribute_from_row(row) for row in rows}
        self.of_form = {str(row["id"]) for row in rows if row["form"]}

    def _on_changed(self) -> None:
        self._read()
        self.changed.emit()

    def label(self, key: str) -> Label | None:
        """The label with that id."""
        return next((label for label in self.scheme.labels if label.id == key), None)

    def layer(self, key: str) -> Layer | None:
        """The layer with that id."""
        return next((layer for layer in self.scheme.layers if layer.id == key), None)

    def link(self, key: str) -> RelationType | None:
        """The kind of link with that id."""
        return next((kind for kind in self.scheme.relations if kind.id == key), None)

    def asked_of(self, attribute: str) -> list[Label]:
        """The labels that the attribute with that id is asked of."""
        return [label for label in self.scheme.labels if any(each.id == attribute for each in label.attributes)]

    def of_marks(self) -> list[Attribute]:
        """All attributes but the questions of the form, also those that no label is asked."""
        return [each for key, each in self.attributes.items() if key not in self.of_form]

    def beside(self, attribute: str) -> list[Attribute]:
        """What is asked together with the attribute of that id, in order, without itself."""
        if attribute in self.of_form:
            return [each for each in self.scheme.form if each.id != attribute]
        found = {each.id: each for label in self.asked_of(attribute) for each in label.attributes}
        return [each for key, each in found.items() if key != attribute]

    # Changing it

    def do(self, make: Callable[[SchemeEdits], ChangeSet]) -> str:
        """Make a step and apply it. Returns why not, in a sentence; nothing where it was done or there was nothing."""
        try:
            change = make(SchemeEdits(self.tables))
        except KnownError as error:
            return str(error)
        if change.rows:
            self.session.apply(change)
        return ""

    def tell(self, sentence: str) -> None:
        """Say why something was not done, if it was not."""
        if sentence:
            self.told.emit(sentence)

    def set_label(self, key: str, **columns: Any) -> str:
        """Change columns of a label. Returns why not."""
        return self.do(lambda edits: edits.set_label(key, **columns))

    def set_attribute(self, key: str, **parts: Any) -> str:
        """Change parts of an attribute that no answer depends on. Returns why not."""
        return self.do(lambda edits: edits.set_attribute(key, replace(self.attributes[key], **parts)))

    def add(self, kind: str, name: str, owner: str = "") -> str:
        """Add a thing of that kind; a label to the layer `owner`, an attribute to the label `owner`; show it."""
        makers: dict[str, tuple[str, Callable[[SchemeEdits], ChangeSet]]] = {
            "layer": ("layers", lambda edits: edits.add_layer(name)),
            "label": ("labels", lambda edits: edits.add_label(owner, name)),
            "link": ("relation_types", lambda edits: edits.add_relation_type(name)),
            "attribute": ("attributes", lambda edits: edits.add_attribute(name, "choice", [owner])),
            "question": ("attributes", lambda edits: edits.add_attribute(name, "choice")),
        }
        table, make = makers[kind]
        before = set(self.tables[table])
        fault = self.do(make)
        if new := set(self.tables[table]) - before:
            self.wanted.emit(kind, new.pop())
        return fault

    def toggle(self, kind: str, key: str) -> None:
        """Let a label, or an attribute, be offered or not."""
        if kind == "label" and (label := self.label(key)):
            self.tell(self.set_label(key, enabled=not label.enabled))
        elif kind in ("attribute", "question"):
            self.tell(self.set_attribute(key, optional=not self.attributes[key].optional))

    def move(self, kind: str, key: str, by: int) -> None:
        """Move a thing up or down among its like."""
        tables = {"layer": "layers", "label": "labels", "link": "relation_types"}
        self.tell(self.do(lambda edits: edits.move(tables.get(kind, "attributes"), key, by)))

    # Counting

    def _count(self) -> None:
        path = self.session.project.path
        if path is None:
            self._take_uses(self.session.project.label_uses())
        elif self._counting is None:
            self._counting = job = Job(lambda stop, progress: _uses(path))  # without a parent: it may outlive us
            job.done.connect(self._on_counted)
            job.failed.connect(self._on_not_counted)
            job.start()

    def _on_counted(self, uses: dict[str, tuple[int, int]]) -> None:
        self._counting = None
        self._take_uses(uses)

    def _on_not_counted(self, _: Exception) -> None:
        self._counting = None  # the next change counts again

    def _take_uses(self, uses: dict[str, tuple[int, int]]) -> None:
        self.uses = uses
        self.counted.emit()

    def used_by(self, labels: list[Label]) -> str:
        """How much is marked with these labels, in words."""
        marks = sum(self.uses.get(label.id, (0, 0))[0] for label in labels)
        if len(labels) == 1 and marks:
            return used_sentence(marks, self.uses[labels[0].id][1])
        return tr("{count} marks", count=f"{marks:,}")


def used_sentence(marks: int, articles: int) -> str:
    """How many marks there are, in how many articles."""
    there = tr("in {count} articles", count=f"{articles:,}")
    return f"{tr('{count} marks', count=f'{marks:,}')} {there}"


def _uses(path: Any) -> dict[str, tuple[int, int]]:
    with Reader(path) as reader:
        return reader.label_uses()
