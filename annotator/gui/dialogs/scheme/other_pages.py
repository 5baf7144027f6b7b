"""The smaller pages: a layer, a kind of link, and the form of the articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.scheme import RelationType
from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import Page, TextField, TickList, button, faint, tick
from annotator.gui.dialogs.scheme.operation import Operations
from annotator.gui.dialogs.scheme.ordered import OrderedList, attribute_words
from annotator.gui.texts import tr

QUESTIONS = 14  # that are seen at once


class LayerPage(Page):
    """The name of a layer."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.first = self.name = TextField(tr("name"), lambda text: self._set(name=text), self.body)
        self.title = TextField(tr("shown as"), lambda text: self._set(title=text.strip()), self.body)
        self.title.line.setPlaceholderText(tr("as its name"))
        form = self.form()
        form.addRow(tr("name"), self.name)
        form.addRow(tr("shown as"), self.title)
        about = tr("A layer keeps labels together that answer one question about the text, such as who is named, or"
                   " what is claimed. It can be hidden in the text as a whole.")  # fmt: skip
        self.rows.addWidget(faint(about, self.body))
        self.rows.addStretch()

    def fill(self, anew: bool) -> None:
        layer = self.desk.layer(self.key)
        if layer is not None:
            self.heading.setText(layer.shown)
            self.name.hold(layer.name, anew=anew)
            self.title.hold(layer.title, anew=anew)
            self.say_use()

    def say_use(self) -> None:
        """Say how much the layer is used."""
        layer = self.desk.layer(self.key)
        if layer is not None:
            labels = self.desk.scheme.labels_of(layer.name)
            said = tr("{count} labels", count=len(labels))
            self.about.setText(f"{said}{tr(', ')}{self.desk.used_by(labels)}")

    def _set(self, **columns: object) -> str:
        return self.desk.do(lambda edits: edits.set_layer(self.key, **columns))


class LinkPage(Page):
    """A kind of link: its name, and what it may lead from and to."""

    def __init__(self, desk: Desk, operations: Operations, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.top.addWidget(button(tr("&Merge…"), lambda: operations.merge_link(self.key), self.body))
        self.first = self.name = TextField(tr("name"), lambda text: self._set(name=text), self.body)
        self.title = TextField(tr("shown as"), lambda text: self._set(title=text.strip()), self.body)
        self.title.line.setPlaceholderText(tr("as its name"))
        form = self.form()
        form.addRow(tr("name"), self.name)
        form.addRow(tr("shown as"), self.title)
        ends = QHBoxLayout()
        ends.setSpacing(16)
        self.any: dict[str, QCheckBox] = {}
        self.ends: dict[str, TickList] = {}
        for end, words, anything in (
            ("sources", tr("from"), tr("from any label")),
            ("targets", tr("to"), tr("to any label")),
        ):
            column = QVBoxLayout()
            column.setSpacing(6)
            self.any[end] = tick(anything, partial(self._set_any, end), self.body)
            self.ends[end] = TickList(words, partial(self._tick, end), self.body)
            self.ends[end].setMinimumHeight(260)
            column.addWidget(faint(words, self.body))
            column.addWidget(self.any[end])
            column.addWidget(self.ends[end], 1)
            ends.addLayout(column, 1)
        self.rows.addLayout(ends, 1)

    def fill(self, anew: bool) -> None:
        kind = self.desk.link(self.key)
        if kind is None:
            return
        self.heading.setText(kind.shown)
        self.about.setText(tr("A link leads from one mark to another."))
        self.name.hold(kind.name, anew=anew)
        self.title.hold(kind.title, anew=anew)
        for end, ticks in self.ends.items():
            held = _end(kind, end)
            self.any[end].setChecked(not held)
            ticks.show_rows((name, words, name in held) for name, words in self._names(held))
            ticks.setEnabled(bool(held))

    def _names(self, held: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """What a link may end at: each layer, then its labels; and names that are there no more."""
        scheme = self.desk.scheme
        seen = set()
        for layer in scheme.layers:
            yield layer.name, tr("all of {layer}", layer=layer.shown)
            seen.add(layer.name)
            for label in scheme.labels_of(layer.name):
                if label.name not in seen:
                    yield label.name, label.shown
                seen.add(label.name)
        yield from ((name, name) for name in held if name not in seen)

    def _set(self, **columns: object) -> str:
        return self.desk.do(lambda edits: edits.set_relation_type(self.key, **columns))

    def _set_any(self, end: str, on: bool) -> None:
        """Any label, or, to begin with, those of the first layer."""
        first = self.desk.scheme.layers[0].name if self.desk.scheme.layers else ""
        self.desk.tell(self._set(**{end: [] if on or not first else [first]}))
        self.fill(False)

    def _tick(self, end: str, name: str, on: bool) -> None:
        kind = self.desk.link(self.key)
        if kind is not None:
            held = [each for each in _end(kind, end) if each != name]
            self.desk.tell(self._set(**{end: [*held, name] if on else held}))
            self.fill(False)


def _end(kind: RelationType, end: str) -> tuple[str, ...]:
    return kind.sources if end == "sources" else kind.targets


class FormPage(Page):
    """The questions about an article, in the order they are asked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.heading.setText(tr("Form of the article"))
        self.about.setText(tr("What is asked about each article as a whole. Enter opens a question, Alt with an arrow"
                              " moves it."))  # fmt: skip
        self.questions = OrderedList(tr("questions"), self.body)
        self.questions.opened.connect(lambda key: desk.wanted.emit("question", key))
        self.questions.moved.connect(lambda key, by: desk.move("question", key, by))
        self.new = TextField(tr("new question"), lambda name: desk.add("question", name), self.body)
        self.new.line.setPlaceholderText(tr("New question: its name, then Enter"))
        self.first = self.new
        self.rows.addWidget(self.questions)
        self.rows.addWidget(self.new)
        self.rows.addStretch()

    def fill(self, anew: bool) -> None:
        form = self.desk.scheme.form
        self.questions.show_rows([(each.id, attribute_words(each)) for each in form], QUESTIONS)
        self.questions.setVisible(bool(form))
        self.new.hold("", anew=anew)


class NotePage(Page):
    """What a heading of the list is about."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.rows.addStretch()

    def fill(self, anew: bool) -> None:
        links = tr(
            "A link leads from one mark to another: from a quote to who is quoted. Ins makes a new kind of link."
        )
        asked = tr("What is asked about a mark beside its label. Choose a label to give it a new one; one attribute may"
                   " be asked of many labels.")  # fmt: skip
        words = {"links": (tr("Links"), links), "attributes": (tr("Attributes of marks"), asked)}
        heading, about = words.get(self.key, ("", tr("This project has no labels yet. Make a layer, then its labels.")))
        self.heading.setText(heading)
        self.about.setText(about)
