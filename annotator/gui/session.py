"""The project and the document that the window works on, apart from how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.core.annotation import Annotation, AttributeValue
from annotator.core.changes import ChangeSet, RowChange
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.frames import frame, missing_kinds, part_kinds, part_relations
from annotator.core.missing import Missing, missing_in
from annotator.core.rows import SCHEME_TABLES
from annotator.core.scheme import Label, RelationType, Scheme
from annotator.core.span import Span, joined
from annotator.core.zones import with_zone
from annotator.gui.lacking import missing_sentence
from annotator.gui.long_steps import LongSteps, is_long
from annotator.gui.open_document import MarkChanges, OpenDocument, Taken
from annotator.gui.texts import tr
from annotator.store.project import Project
from annotator.store.writing import StaleChangeError

T = TypeVar("T")

MANY = 2000  # changed rows of a step, from which on all is read anew
SLICE = 64_000  # code points whose marks are read at a time: the first before the first paint, the rest after it


class Session(QObject):
    """Edits the open document through the project, and says what changed. Every edit is on the disk when it is told."""

    opened = Signal()  # another document, or none
    marks_changed = Signal(object)  # MarkChanges
    links_changed = Signal()
    chosen_changed = Signal()
    status_changed = Signal()
    answers_changed = Signal()  # to the document's form
    lacking = Signal(object)  # Missing: the first answer without which the document is not finished
    document_changed = Signal()  # zones or the note of the open one; its text never does
    scheme_changed = Signal()
    history_changed = Signal()
    refused = Signal(str)  # a sentence: what could not be done
    unsaved = Signal(str, object)  # why the project file did not take the last step, and the ChangeSet, to try again

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.scheme: Scheme = project.scheme
        self.open: OpenDocument | None = None
        self.chosen: str | None = None
        self.given: list[str] = []  # the ids of labels, the one given last first
        self._alike: tuple[Annotation, list[Annotation]] | None = None  # those on the words of a mark, until a change
        self.long_steps = LongSteps(project, self)
        self.long_steps.refused.connect(lambda why: self._on_unsaved(why, self.long_steps.last))
        self.before_large: Callable[[], object] = lambda: None  # called before many rows change at once
        self.along: tuple[RowChange, ...] = ()  # what the next step does as well: see `do_along`
        project.on_change(self._on_change)

    # Which document

    def show(self, key: str) -> None:
        """Open the document with that id. Raises KnownError when there is none."""
        document = self.project.document(key)
        opened = OpenDocument(document, status=self.project.status(key, self.project.annotator))
        opened.counts = self.project.label_counts(key)
        opened.answers = self.project.answers(key, self.project.annotator)
        opened.annotations = {mark.id: mark for mark in self.project.annotations(key, end=SLICE)}
        opened.read_to = SLICE
        if opened.complete:
            opened.relations = {link.id: link for link in self.project.relations(key)}
        self.open, self.chosen = opened, None
        self.opened.emit()
        self.chosen_changed.emit()

    def show_more(self) -> bool:
        """Read the marks of the next slice of the text. Returns whether there are more to come."""
        opened = self.open
        if opened is None or opened.complete:
            return False
        start, opened.read_to = opened.read_to, opened.read_to + SLICE
        found = self.project.annotations(opened.id, start=start, end=opened.read_to)
        new = [mark for mark in found if mark.id not in opened.annotations]
        opened.annotations.update((mark.id, mark) for mark in new)
        self.marks_changed.emit(MarkChanges(added=tuple(mark.id for mark in new)))
        if opened.complete:
            opened.relations = {link.id: link for link in self.project.relations(opened.id)}
            self.links_changed.emit()
        return not opened.complete

    def close_document(self) -> None:
        """Show no document."""
        self.open = self.chosen = None
        self.opened.emit()
        self.chosen_changed.emit()

    # The chosen mark

    def choose(self, key: str | None) -> None:
        """Let the mark with that id be the one that the inspector shows and keys act on."""
        if self.open is None or (key is not None and key not in self.open.annotations):
            key = None
        if key != self.chosen:
            self.chosen = key
            self.chosen_changed.emit()

    @property
    def chosen_mark(self) -> Annotation | None:
        """The chosen mark."""
        return self.open.annotations.get(self.chosen) if self.open and self.chosen else None

    def related(self, key: str) -> set[str]:
        """The marks at the other ends of a mark's links."""
        if self.open is None:
            return set()
        return {end for link in self.open.relations_of(key) for end in (link.source, link.target)} - {key}

    def counts(self) -> Mapping[str, int]:
        """How many marks of the open document carry each label, by the label's id."""
        return self.open.counts if self.open else {}

    # Edits

    def mark(self, label: Label, fragments: Iterable[Span]) -> Annotation | None:
        """Mark the fragments with `label`; link the new mark to the chosen one where that is what it is for.

        A SOURCE or CUE that is marked while a QUOTE is chosen becomes that quote's, and the quote stays chosen:
        so a frame is made with one key a part. See `annotator.core.frames`.
        """
        opened, edits = self.open, self.edits()
        if opened is None or edits is None:
            return None
        pieces = tuple(fragments)
        new = edits.new_annotation(label, pieces, self._worked_out(label, pieces))
        self.given = [label.id, *(key for key in self.given if key != label.id)]
        whole = self._part_of_chosen(label)
        links = [edits.new_relation(whole[1], whole[0].id, new.id)] if whole else []
        if not self.apply(self._with_status(edits, edits.add(new, relations=links))):
            return None
        self.choose(whole[0].id if whole else new.id)
        return new

    def mark_and_link(self, label: Label, span: Span, kind: RelationType, source: str) -> None:
        """Mark `span` and let a link from the mark with id `source` lead there, in one step."""
        edits = self.edits()
        if self.open is None or edits is None or source not in self.open.annotations:
            return
        new = edits.new_annotation(label, [span], self._worked_out(label, (span,)))
        if self.apply(self._with_status(edits, edits.add(new, relations=[edits.new_relation(kind, source, new.id)]))):
            self.choose(source)

    def relabel(self, label: Label) -> None:
        """Give the chosen mark another label."""
        mark, edits = self.chosen_mark, self.edits()
        if mark is not None and edits is not None and mark.label.id != label.id:
            self.apply(edits.relabel(mark, label))

    def set_fragments(self, fragments: Iterable[Span], name: str = "Move edge") -> None:
        """Move the chosen mark's edges."""
        mark, edits = self.chosen_mark, self.edits()
        if mark is not None and edits is not None:
            self.apply(edits.set_fragments(mark, joined(fragments), name))

    def add_fragment(self, span: Span) -> None:
        """Add a piece to the chosen mark."""
        if (mark := self.chosen_mark) is not None:
            self.set_fragments((*mark.fragments, span), "Add fragment")

    def remove_fragment(self, position: int) -> None:
        """Take the fragment that holds `position` away from the chosen mark. Says why not, where that cannot be."""
        mark = self.chosen_mark
        if mark is None:
            return
        kept = [piece for piece in mark.fragments if not piece.start <= position <= piece.end]
        if len(kept) == len(mark.fragments):
            self.refused.emit(tr("The caret stands in no fragment of the chosen mark."))
        elif not kept:
            self.refused.emit(tr("A mark needs one fragment at least. To delete it, press Del."))
        else:
            self.set_fragments(kept, "Remove fragment")

    def nudge(self, edge: str, direction: str, unit: str) -> None:
        """Move the "start" or "end" edge of the chosen mark "out" or "in", by a "word" or a "character"."""
        from annotator.core.edges import nudged

        mark = self.chosen_mark
        if mark is None or self.open is None:
            self.refused.emit(tr("Choose a mark first: its edges are what these keys move."))
            return
        moved = nudged(self.open.text, mark.fragments, edge, direction, unit)
        if moved is None:
            self.refused.emit(tr("The edge cannot be moved any further."))
        else:
            self.set_fragments(moved)

    def mark_same_again(self, fragments: Iterable[Span]) -> Annotation | None:
        """Mark the fragments as the chosen mark is marked: its label, its answers, and links to the same parts."""
        opened, edits, like = self.open, self.edits(), self.chosen_mark
        if opened is None or edits is None or like is None:
            return None
        pieces = joined(fragments)
        if pieces == like.fragments:
            self.refused.emit(tr("These are the words of the chosen mark itself. Select others."))
            return None
        new = edits.new_annotation(like.label, pieces, {**like.attributes, **self._worked_out(like.label, pieces)})
        parts = part_relations(self.scheme, like, opened.relations.values())
        links = [edits.new_relation(part.type, new.id, part.target) for part in parts]
        if not self.apply(self._with_status(edits, edits.add(new, relations=links))):
            return None
        self.choose(new.id)
        return new

    def write_note(self, key: str, note: str) -> None:
        """Write the note of the mark with that id."""
        mark, edits = self.open.annotations.get(key) if self.open else None, self.edits()
        if mark is not None and edits is not None and mark.note != note:
            self.apply(edits.set_note(mark, note))

    def set_attribute(self, name: str, value: AttributeValue | None, mark: str | None = None) -> None:
        """Set an attribute of the mark with the id `mark`, else of the chosen one; None makes it “not coded”."""
        key, edits = mark or self.chosen, self.edits()
        found = self.open.annotations.get(key) if self.open is not None and key is not None else None
        if found is not None and edits is not None and found.attributes.get(name) != value:
            self.apply(edits.set_attribute(found, name, value))

    def make_other_part(self, part: str, label: Label) -> None:
        """Let a part of the chosen mark be another part of it: a CUE where it was taken for the SOURCE."""
        opened, edits, head = self.open, self.edits(), self.chosen_mark
        if opened is None or edits is None or head is None or part not in opened.annotations:
            return
        kinds = part_kinds(self.scheme, head.label)
        kind = next((kind for kind in kinds if label.name in kind.targets), None)
        links = opened.relations.values()
        old = [link for link in links if (link.source, link.target) == (head.id, part) and link.type in kinds]
        if kind is not None:
            steps = [edits.relabel(opened.annotations[part], label), *map(edits.unlink, old)]
            steps.append(edits.link(edits.new_relation(kind, head.id, part)))
            rows = tuple(row for step in steps for row in step.rows)
            self.apply(ChangeSet(steps[0].name, rows, opened.id))

    def make_fragment(self, part: str) -> None:
        """Let the words of a part be a fragment of the chosen mark instead."""
        opened, edits, head = self.open, self.edits(), self.chosen_mark
        if opened is None or edits is None or head is None or part not in opened.annotations:
            return
        taken = opened.annotations[part]
        gone = edits.delete([taken], opened.relations.values())
        whole = edits.set_fragments(head, joined((*head.fragments, *taken.fragments)), "Add fragment")
        self.apply(ChangeSet(whole.name, (*gone.rows, *whole.rows), opened.id))

    def delete_chosen(self) -> None:
        """Delete the chosen mark with its links and, where it is the head of a frame, the parts that are its alone."""
        mark, edits, opened = self.chosen_mark, self.edits(), self.open
        if mark is not None and edits is not None and opened is not None:
            whole = frame(self.scheme, mark, opened.annotations, opened.relations.values())
            self.apply(edits.delete(whole, opened.relations.values()))

    def link(self, kind: RelationType, source: str, target: str) -> bool:
        """Link two marks of the open document. Says why not, where the scheme or sense forbids it."""
        opened, edits = self.open, self.edits()
        if opened is None or edits is None:
            return False
        ends = opened.annotations.get(source), opened.annotations.get(target)
        if ends[0] is None or ends[1] is None:
            self.refused.emit(tr("That mark is not there any more."))
            return False
        if source == target:
            self.refused.emit(tr("A mark cannot be linked to itself."))
            return False
        if not kind.starts_at(ends[0].label) or not kind.ends_at(ends[1].label):
            names = {"start": ends[0].label.name, "end": ends[1].label.name}
            self.refused.emit(tr("The scheme has no link “{link}” from {start} to {end}.", link=kind.shown, **names))
            return False
        if any(
            (link.type.id, link.source, link.target) == (kind.id, source, target) for link in opened.relations.values()
        ):
            return False
        return self.apply(edits.link(edits.new_relation(kind, source, target)))

    def unlink(self, relation: str) -> None:
        """Take a link away."""
        edits = self.edits()
        if self.open is not None and edits is not None and relation in self.open.relations:
            self.apply(edits.unlink(self.open.relations[relation]))

    def set_status(self, status: str) -> None:
        """Say how far this annotator is with the open document. What is required must be answered to finish it."""
        edits = self.edits()
        if self.open is None or edits is None or self.open.status == status:
            return
        if status == "finished" and (missing := self.missing()):
            self.refused.emit(missing_sentence(missing, self.open.text))
            self.status_changed.emit()  # whoever shows it as finished already is to look again
            self.lacking.emit(missing[0])
            return
        self.apply(edits.set_status(self.open.status, status))

    def missing(self) -> list[Missing]:
        """What this annotator has to answer before the open document is finished."""
        opened = self.open
        if opened is None:
            return []
        marks = opened.annotations.values() if opened.complete else self.project.annotations(opened.id)
        return list(missing_in(self.scheme, marks, opened.answered, self.project.annotator))

    # Forms

    def answer(self, name: str, value: AttributeValue | None) -> None:
        """Answer an attribute of the document's form; None makes it “not coded”."""
        edits = self.edits()
        if self.open is not None and edits is not None and self.open.answered.get(name) != value:
            self.apply(self._with_status(edits, edits.answer(self.open.answers, {name: value})))

    def copy_last_form(self) -> bool:
        """Answer what is not coded yet as the last form like this one was: the chosen mark's, else the document's.

        In one step. Says why not, where there is nothing to copy. Returns whether there was.
        """
        from annotator.core.copying import copied  # wanted now and then
        from annotator.store.last_forms import last_answers, last_form

        mark, edits, opened = self.chosen_mark, self.edits(), self.open
        if edits is None or opened is None:
            return False
        annotator = self.project.annotator
        if mark is not None:
            like = last_answers(self.project, mark.label.id, annotator, mark.id)
            new = copied(mark.label.attributes, mark.attributes, like)
        else:
            like = last_form(self.project, annotator, opened.id)
            new = copied(self.scheme.form, opened.answered, like)
        if not like:
            self.refused.emit(tr("There is no earlier form like this one to copy."))
        elif not new:
            self.refused.emit(tr("The last form has no answer that is missing here."))
        elif mark is not None:
            return self.apply(edits.fill_in(mark, new))
        else:
            return self.apply(self._with_status(edits, edits.answer(opened.answers, new)))
        return False

    def alike(self) -> list[Annotation]:
        """The marks on just the words of the chosen one, itself among them, in the order they were made."""
        mark = self.chosen_mark
        if mark is None or self.open is None:
            return []
        if self._alike is not None and self._alike[0] is mark:
            return self._alike[1]
        here = self.project.annotations(self.open.id, mark.start, mark.start + 1)  # by an index; marks may be many
        same = (self.open.annotations.get(each.id) for each in here if each.fragments == mark.fragments)
        found = sorted(filter(None, same), key=lambda each: (each.created, each.id))
        self._alike = (mark, found)
        return found

    def choose_alike(self, by: int) -> None:
        """Choose the next mark on the same words, or the one before."""
        alike = self.alike()
        place = next((number for number, each in enumerate(alike) if each.id == self.chosen), 0)
        if len(alike) < 2:
            self.refused.emit(tr("There is no other mark on just these words. Shift and a label’s key makes one."))
        else:
            self.choose(alike[(place + by) % len(alike)].id)

    def mark_another(self) -> None:
        """Another mark like the chosen one on its words, with a form of its own."""
        if (mark := self.chosen_mark) is not None:
            self.mark(mark.label, mark.fragments)

    def set_zone(self, label: str, span: Span) -> None:
        """Let a stretch of the open document be a zone called `label`, or none where that is empty."""
        edits = self.edits()
        if self.open is not None and edits is not None:
            old = self.open.document.zones
            changes = edits.set_zones(old, with_zone(old, label, span))
            if changes.rows:
                self.apply(changes)

    def write_document_note(self, note: str) -> None:
        """Write the note of the open document."""
        if self.open is None or self.open.document.note == note or self.busy():
            return
        key = self.open.id
        self._saved(lambda: self.project.write_document_note(key, note))

    def undo(self) -> ChangeSet | None:
        """Take back the last step, in whatever document it was. A large one is left to `long_steps`."""
        return self._step(self.project.undo, redo=False)

    def redo(self) -> ChangeSet | None:
        """Do again what was taken back. A large step is left to `long_steps`."""
        return self._step(self.project.redo, redo=True)

    def _step(self, step: Callable[[], ChangeSet | None], *, redo: bool) -> ChangeSet | None:
        if self.busy() or self.long_steps.repeat_if_long(redo=redo):
            return None
        return self._saved(step)

    def _saved(self, step: Callable[[], T]) -> T | None:
        """What `step` gives; where the file does not take it, it is told as unsaved."""
        try:
            return step()
        except KnownError as error:
            self._on_unsaved(str(error), None)
            return None

    def edits(self) -> Edits | None:
        """What makes change sets for the open document; give them to `apply`."""
        if self.open is None:
            return None
        return Edits(self.open.id, self.scheme, self.project.annotator)

    def busy(self) -> bool:
        """Whether nothing can be changed now, because a large step is being written. Says so then."""
        if self.long_steps.busy:
            self.refused.emit(tr("A large step is being written. Nothing else was changed; try again in a moment."))
        return self.long_steps.busy

    def do_along(self, changes: ChangeSet, step: Callable[[], object]) -> None:
        """Let `changes` and what `step` does be one step, called as the latter is, or `changes` alone."""
        self.along = changes.rows
        step()
        if self.along:
            self.apply(replace(changes, rows=()))

    def apply(self, changes: ChangeSet) -> bool:
        """Write a step, and say why where the file does not take it. Returns whether it did, or a large one began."""
        changes, self.along = replace(changes, rows=(*self.along, *changes.rows)), ()
        if self.busy():
            return False
        if is_long(changes) and self.project.path is not None:
            self.long_steps.apply(changes)
            return True
        try:
            self.project.apply(changes)
        except KnownError as error:
            self._on_unsaved(str(error), None if isinstance(error, StaleChangeError) else changes)
            return False
        return True

    def _on_unsaved(self, why: str, changes: ChangeSet | None) -> None:
        self.refused.emit(why)
        self.unsaved.emit(why, changes)

    def _with_status(self, edits: Edits, changes: ChangeSet) -> ChangeSet:
        """A document with a mark is in progress, without anybody having to say so."""
        if self.open is None or self.open.status not in (None, "new") or not changes.rows:
            return changes
        begun = edits.set_status(self.open.status, "in_progress")
        return ChangeSet(changes.name, (*changes.rows, *begun.rows), changes.document)

    def _worked_out(self, label: Label, fragments: tuple[Span, ...]) -> Mapping[str, AttributeValue]:
        if self.open is None or not any(attribute.name == "quote" for attribute in label.attributes):
            return {}
        from annotator.core.quotation import quote_kind  # its patterns take a while, and wait for the first quote

        return {"quote": quote_kind(self.open.text, sorted(fragments))}

    def _part_of_chosen(self, label: Label) -> tuple[Annotation, RelationType] | None:
        """The chosen mark and the link of it that a new mark with `label` would fill."""
        chosen = self.chosen_mark
        if chosen is None or self.open is None or chosen.label.layer != label.layer:
            return None
        missing = missing_kinds(self.scheme, chosen, self.open.relations.values())
        return next(((chosen, kind) for kind in missing if label.name in kind.targets), None)

    @property
    def awaits_parts(self) -> bool:
        """Whether the chosen mark is one of several parts, as a quote is, and lacks some of them."""
        mark, opened = self.chosen_mark, self.open
        if mark is None or opened is None:
            return False
        return bool(missing_kinds(self.scheme, mark, opened.relations.values()))

    def take_in_import(self) -> None:
        """Look at what an import or a change in bulk may have changed: the scheme, and this document.

        The document stays open where it is, and so does the chosen mark, if they are there still.
        """
        self.scheme = self.project.scheme
        if self.open is not None and self.project.number_of(self.open.id) is None:
            self.close_document()
        taken = self.open.read_anew(self.project) if self.open is not None else Taken()
        if self.open is not None:
            self._tell_of(self.open, taken)
        self.scheme_changed.emit()
        if taken.page:
            self.document_changed.emit()
        if self.open is not None:
            self.status_changed.emit()
            self.answers_changed.emit()

    # What the project tells

    def _on_change(self, changes: ChangeSet) -> None:
        self._alike = None
        if any(
            change.table == "documents" and change.after is None and self._shows(change.key) for change in changes.rows
        ):
            self.close_document()
        of_scheme = any(changes.touches(table) for table in SCHEME_TABLES)  # names in what was read are others then
        if of_scheme or changes.bulk or len(changes.rows) > MANY:
            self.take_in_import()
        elif self.open is not None:
            self._take_in(self.open, changes)
        self.history_changed.emit()

    def _shows(self, document: str) -> bool:
        return self.open is not None and self.open.id == document

    def _take_in(self, opened: OpenDocument, changes: ChangeSet) -> None:
        taken = opened.take_in(changes, self.project)
        if taken.status:
            self.status_changed.emit()
        if taken.page:
            self.document_changed.emit()
        if taken.answers:
            self.answers_changed.emit()
        self._tell_of(opened, taken)

    def _tell_of(self, opened: OpenDocument, taken: Taken) -> None:
        if self.chosen not in opened.annotations:
            self.choose(None)
        if taken.marks != MarkChanges():
            self.marks_changed.emit(taken.marks)
        if taken.links:
            self.links_changed.emit()
        if self.chosen is not None and (taken.marks != MarkChanges() or taken.links):
            self.chosen_changed.emit()
