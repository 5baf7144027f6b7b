"""How many key presses, clicks and drags annotating costs: `python -m tests.effort [--json FILE]`.

Three articles of the sample archive are annotated after their gold in the window, by real input events: as a person
does who knows the program, label by label with the brush. At the end the project must hold the gold and nothing else.
Beside each figure: what a tool costs that is used with the mouse alone, at two clicks a label and six a relation.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from annotator.core.occurrences import Wanted, occurrences
from annotator.core.span import Span
from annotator.core.whole_quotation import whole_quotation
from annotator.gui.app import make_application, open_window
from annotator.gui.settings import Settings
from annotator.importers.walking import items
from annotator.resources import path as resource
from annotator.store.project import Project
from annotator.templates import template
from tests.effort.gold import Frame, Gold, Name, all_gold
from tests.effort.hands import Hands

CLICKS_A_LABEL, CLICKS_A_RELATION = 2, 6
ASKED = {"one word": 1.5, "longer": 2.0, "frame": 4.0, "further": 1.0}
NAMES = {
    "one word": "an entity of one word, first mention",
    "longer": "an entity of several words, first mention",
    "further": "a further occurrence of a name",
    "frame": "a quote with its source and cue",
}


@dataclass
class Tally:
    """What was done for one kind of mark."""

    marks: int = 0
    events: int = 0
    mouse_only: int = 0

    def add(self, marks: int, events: int, mouse_only: int) -> None:
        self.marks += marks
        self.events += events
        self.mouse_only += mouse_only

    @property
    def each(self) -> float:
        return self.events / self.marks if self.marks else 0.0


@dataclass
class Tallies:
    """Of all kinds."""

    of: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in NAMES})


def main(arguments: list[str]) -> int:
    """Print the figures; 1 when one is more than was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        tallies = measured(Path(folder))
    print(_table(tallies))
    if arguments[:1] == ["--json"]:
        held = {kind: asdict(tally) for kind, tally in tallies.of.items()}
        Path(arguments[1]).write_text(json.dumps(held, indent=1), encoding="utf-8")
    return int(any(tally.each > ASKED[kind] for kind, tally in tallies.of.items()))


def measured(folder: Path) -> Tallies:
    """Annotate the three articles in a project in `folder`."""
    make_application()
    tallies = Tallies()
    path = _project(folder)
    window = open_window(Settings(annotator="effort", theme="light", backups=False), path)
    window.resize(1280, 900)
    window.show()
    window.activateWindow()
    while not window.isActiveWindow():
        QApplication.processEvents()
    for gold in all_gold():
        _open(window, gold)
        hands = Hands(window)
        _frames(hands, gold, tallies)
        _entities(hands, gold, tallies)
        _check(window, gold)
    window.close()
    return tallies


def _project(folder: Path) -> Path:
    path = folder / "effort.annotator"
    with Project.create(path, template("news")) as project:
        project.work_as("effort")
        project.import_documents(items([resource("sample")]))
        for key in project.document_ids():  # the sample comes with marks; here they are what is to be made
            from annotator.core.edits import Edits

            marks = project.annotations(key)
            if marks:
                edits = Edits(key, project.scheme, project.annotator)
                project.apply(edits.delete(marks, project.relations(key)))
    return path


def _open(window, gold: Gold) -> None:
    project = window.session.project
    (key,) = [one.id for one in project.annotated_documents() if one.text == gold.text]
    window.show_document(key)
    while not window.session.open.complete:
        window.session.show_more()


def _frames(hands: Hands, gold: Gold, tallies: Tallies) -> None:
    """All quotes: the brush with QUOTE, then for each one the quote, the source, the cue."""
    before = hands.count
    hands.action("brush")
    hands.key("q")
    for frame in gold.frames:
        _frame(hands, gold, frame)
    hands.escape()
    relations = 2 * len(gold.frames)
    clicks = CLICKS_A_LABEL * 3 * len(gold.frames) + CLICKS_A_RELATION * relations
    tallies.of["frame"].add(len(gold.frames), hands.count - before, clicks)


def _frame(hands: Hands, gold: Gold, frame: Frame) -> None:
    middle = _word_inside(gold.text, frame.quote[0])
    if whole_quotation(gold.text, middle) == frame.quote:
        hands.click(middle)
    else:
        hands.drag(frame.quote[0])
        for piece in frame.quote[1:]:
            hands.drag(piece, more=True)
    for part in (frame.source, frame.cue):
        hands.drag(part[0]) if " " in part[0].covered(gold.text) else hands.take(part[0])
        for piece in part[1:]:
            raise AssertionError(f"a part in pieces: {piece}")


def _word_inside(text: str, span: Span) -> int:
    """A place inside a word, near the middle of a quotation."""
    place = (span.start + span.end) // 2
    while not text[place].isalpha() or not text[place - 1].isalpha():
        place += 1
    return place


def _entities(hands: Hands, gold: Gold, tallies: Tallies) -> None:
    """All names, label by label: the brush, the first mention, then everywhere at once where that is right."""
    began = hands.count
    hands.action("brush")
    for label in dict.fromkeys(name.label for name in gold.names):
        names = [name for name in gold.names if name.label == label]
        names.sort(key=lambda name: -(name.places[0].end - name.places[0].start))  # a longer name before its parts
        hands.key(_key(hands, label))
        done: list[Span] = []
        for name in names:
            _entity(hands, gold, name, done, tallies, began)
            began = hands.count
    hands.escape()
    tallies.of["one word"].events += hands.count - began


def _entity(hands: Hands, gold: Gold, name: Name, done: list[Span], tallies: Tallies, began: int) -> None:
    first, *further = name.places
    words = first.covered(gold.text)
    kind = "longer" if len(words.split()) > 1 else "one word"
    hands.take(first)
    done.append(first)
    tallies.of[kind].add(1, hands.count - began, CLICKS_A_LABEL)
    if not further:
        return
    before = hands.count
    found = [span for span in occurrences(gold.text, Wanted(words)) if not any(span.overlaps(one) for one in done)]
    if found == further:
        hands.action("mark_everywhere")
    else:
        for span in further:
            hands.take(span)
    done += further
    tallies.of["further"].add(len(further), hands.count - before, CLICKS_A_LABEL * len(further))


def _key(hands: Hands, label: str) -> str:
    return next(one.shortcut for one in hands.window.session.scheme.labels if one.name == label)


def _check(window, gold: Gold) -> None:
    """The project must hold the gold, all of it and no more."""
    held = window.session.project.annotated(window.session.open.id)
    marks = {mark.id: mark for mark in held.annotations}
    made = sorted((mark.label.name, mark.fragments) for mark in held.annotations)
    parts = {("SOURCE", frame.source) for frame in gold.frames} | {("CUE", frame.cue) for frame in gold.frames}
    wanted = [("QUOTE", frame.quote) for frame in gold.frames] + list(parts)
    wanted += [(name.label, (place,)) for name in gold.names for place in name.places]
    assert made == sorted(wanted), _difference(gold.text, made, sorted(wanted))
    links = {(link.type.name, marks[link.source].fragments, marks[link.target].fragments) for link in held.relations}
    frames = {("source", frame.quote, frame.source) for frame in gold.frames}
    frames |= {("cue", frame.quote, frame.cue) for frame in gold.frames}
    assert links == frames, links ^ frames


def _difference(text: str, made: list, wanted: list) -> str:
    def told(rows: list) -> str:
        return "; ".join(f"{label} {' … '.join(span.covered(text) for span in spans)} {spans}" for label, spans in rows)

    return (
        f"too much: {told([x for x in made if x not in wanted])}\nmissing: {told([x for x in wanted if x not in made])}"
    )


def _table(tallies: Tallies) -> str:
    lines = [
        "| what | marks | events | each | asked for | mouse only, each |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for kind, tally in tallies.of.items():
        mouse = tally.mouse_only / tally.marks
        lines.append(
            f"| {NAMES[kind]} | {tally.marks} | {tally.events} | {tally.each:.2f} | {ASKED[kind]:.1f} | {mouse:.1f} |"
        )
    events, mouse = (sum(getattr(tally, name) for tally in tallies.of.values()) for name in ("events", "mouse_only"))
    lines.append(f"| three articles whole | | {events} | | | {mouse} in all, {mouse / events:.1f} × |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
