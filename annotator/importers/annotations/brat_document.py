"""brat's lines onto a text: entities and events become marks, relations, arguments and equivalences links."""

from __future__ import annotations

from collections.abc import Callable, Container
from itertools import pairwise

from annotator.core.annotation import AttributeValue
from annotator.importers.annotations.brat_lines import Line, LineRefusedError, arguments_of, lines_of, spans_of
from annotator.importers.annotations.marked_text import DraftLink, DraftMark, MarkedText
from annotator.scheme_files.brat_reading import link_name

EVENTS = "events"  # the layer of events that no annotation.conf puts elsewhere
_PLAIN_NOTE = "AnnotatorNotes"
_ANSWER = "Attribute"  # notes that say what no attribute of brat can: NAME=VALUE
_DIGITS = "0123456789"


class BratDocument:
    """Puts the lines of one document onto its text, whatever their order.

    `layer_of` gives the layer of a type: that of an event (True) or of another mark; `roles` are the links that a
    configuration knows.
    """

    def __init__(
        self, document: MarkedText, layer_of: Callable[[str, bool], str], roles: Container[str] = frozenset()
    ) -> None:
        self._document = document
        self._layer_of = layer_of
        self._roles = roles
        self._lines: list[Line] = []
        self._spans: dict[str, Line] = {}
        self._things: dict[str, list[DraftMark | DraftLink]] = {}  # what attributes and notes may speak of
        self._owners: dict[str, str] = {}  # of attributes, which notes may speak of, too

    def read(self, text: str, name: str = "") -> None:
        """Take in the lines of `text`, of the file `name` where there is more than one."""
        before = f"{name}, " if name else ""
        for line in lines_of(text):
            if isinstance(line, tuple):
                self._document.leave_out(f"{before}line {line[0]}", line[1])
            else:
                self._lines.append(line)

    def finish(self) -> None:
        """Make marks and links of what was taken in."""
        by_kind: dict[str, list[Line]] = {}
        for line in self._lines:
            by_kind.setdefault(line.kind, []).append(line)
        for line in by_kind.get("T", ()):
            if line.key in self._spans:
                self._document.leave_out(line.place, f"{line.key} is there already")
            else:
                self._spans[line.key] = line
        events = by_kind.get("E", [])
        triggers = {line.words[0].rpartition(":")[2] for line in events if line.words}
        for key, line in self._spans.items():
            if key not in triggers:
                self._try(line, self._entity)
        for kind, take in (("E", self._event), ("R", self._relation), ("*", self._equivalence)):
            for line in by_kind.get(kind, ()):
                self._try(line, take)
        for line in events:
            self._try(line, self._event_arguments)
        for kind, take in (("A", self._attribute), ("M", self._attribute), ("N", self._reference), ("#", self._note)):
            for line in by_kind.get(kind, ()):
                self._try(line, take)

    def _try(self, line: Line, take: Callable[[Line], None]) -> None:
        try:
            take(line)
        except LineRefusedError as error:
            self._document.leave_out(line.place, str(error))

    def _entity(self, line: Line) -> None:
        kind, pairs = spans_of(line)
        self._marked(line.key, kind, pairs, line, event=False)

    def _marked(self, key: str, kind: str, pairs: list[tuple[int, int]], line: Line, *, event: bool) -> DraftMark:
        layer = self._layer_of(kind, event)
        made = self._document.mark(key, kind, pairs, line.rest, layer=layer, place=line.place)
        self._things.setdefault(key, []).append(made)
        return made

    def _event(self, line: Line) -> None:
        """An event is a mark on its trigger, which is no mark of its own then."""
        if line.key in self._things:
            raise LineRefusedError(f"{line.key} is there already")
        (kind, trigger), *_ = arguments_of(line.words)
        if trigger not in self._spans:
            raise LineRefusedError(f"its trigger {trigger} is not there")
        made = self._marked(line.key, kind, spans_of(self._spans[trigger])[1], self._spans[trigger], event=True)
        self._things.setdefault(trigger, []).append(made)

    def _event_arguments(self, line: Line) -> None:
        for role, key in arguments_of(line.words)[1:]:
            self._document.link(self._role(role), line.key, self._end(key), place=line.place)

    def _role(self, role: str) -> str:
        """The link that a role is: brat numbers what stands twice, as Theme, Theme2, of a Theme that it knows."""
        base = link_name(role.rstrip(_DIGITS)) if role not in self._roles else role
        return base if base in self._roles else role

    def _end(self, key: str) -> str:
        """The key of the mark at a link's end: that of the event whose trigger it names."""
        found = self._things.get(key)
        return found[0].key if found and isinstance(found[0], DraftMark) else key

    def _relation(self, line: Line) -> None:
        name, ends = (line.words or ("",))[0], arguments_of(line.words[1:])
        if not name or len(ends) < 2:
            raise LineRefusedError("a relation needs a type and two arguments")
        (_, source), (_, target), *more = ends
        made = self._document.link(link_name(name), self._end(source), self._end(target), place=line.place)
        self._things.setdefault(line.key, []).append(made)
        for role, key in more:
            self._document.leave_out(line.place, f"the argument {role}:{key}, beyond the two that a link has,")

    def _equivalence(self, line: Line) -> None:
        name, *keys = [word for word in line.words if word] or [""]
        if len(keys) < 2:
            raise LineRefusedError("an equivalence needs two marks or more")
        for one, other in pairwise(keys):
            self._document.link(name, self._end(one), self._end(other), place=line.place)

    def _attribute(self, line: Line) -> None:
        name, *said_of = [word for word in line.words if word] or [""]
        if not said_of:
            raise LineRefusedError("an attribute needs a name and a mark")
        key, *value = said_of
        said: AttributeValue = value[0] if value else True
        for thing in self._about(key):
            thing.say(name, said)
        self._owners[line.key] = key

    def _reference(self, line: Line) -> None:
        words = [word for word in line.words if word]
        if len(words) < 3:
            raise LineRefusedError("a normalisation needs a type, a mark and a reference")
        for thing in self._about(words[1]):
            thing.say(words[0], " ".join(words[2:]))
            if line.rest:
                thing.say(f"{words[0]}_name", line.rest)

    def _note(self, line: Line) -> None:
        kind, *keys = [word for word in line.words if word] or [""]
        if not keys:
            raise LineRefusedError("a note needs what it is about")
        text = line.rest or ""
        name, equals, value = text.partition("=")
        for thing in self._about(self._owners.get(keys[0], keys[0])):
            if kind == _ANSWER and name and equals:
                thing.say(name, value)
            else:
                thing.add_note(text if kind == _PLAIN_NOTE else f"{kind}: {text}")

    def _about(self, key: str) -> list[DraftMark | DraftLink]:
        found = self._things.get(key)
        if not found:
            raise LineRefusedError(f"{key}, of which it speaks, is not there")
        return found
