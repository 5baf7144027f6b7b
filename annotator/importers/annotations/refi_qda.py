"""REFI-QDA projects, which programs for qualitative analysis exchange: codes as labels, coded selections as marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from annotator.core.annotation import AttributeValue
from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.ids import named_id
from annotator.core.imports import Failure, Header, ImportItem, Notice
from annotator.core.scheme import Label, Layer, Scheme
from annotator.importers.annotations.marked_text import DraftMark, MarkedText
from annotator.importers.annotations.refi_answers import Answer, answer_of, is_label, take
from annotator.importers.annotations.typed_values import typed_value
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.markup import Damaged, Element, below, children, name_of, xml_root
from annotator.importers.text import LIMIT
from annotator.importers.zip_members import ZipMembers, is_zip, names_in_head

_LAYER = "codes"
_CONTINUES = "continues"  # the link by which our own marks in pieces hang together
_UNCODED = "quotation"  # the label of a selection that has no code
_ROOT = b"QDA-XML:project"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}$")
_TEXTS = ("textsource", "representation", "transcript")
_UNREAD = ("pictureselection", "pdfselection", "videoselection", "audioselection")

Opener = Callable[[str], str | None]  # the text of a file of the project; None where it is not there


class RefiQdaImporter:
    """Takes the texts of a project in, with codes as labels and every coder's selections as marks."""

    name = "refi-qda"
    title = "REFI-QDA project"
    suffixes: tuple[str, ...] = (".qdpx", ".qde")
    carries = Carries(
        nested=True,
        crossing=True,
        discontinuous=True,
        links=True,
        attributes=True,
        notes=True,
        answers=True,
        people=True,
        facts=True,
    )
    loses = "Pictures, sound, video and pages of PDF files; sets, cases, graphs and free notes."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the file that describes a project stands first in the archive, or is the file itself."""
        if is_zip(head):
            known = any(member.lower() == "project.qde" for member in names_in_head(head))
            return 0.98 if known or name.lower().endswith(".qdpx") else 0.0
        return 0.98 if _ROOT in head[:3000] and b"<" in head[:100] else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """The scheme, then a document a text. Raises KnownError where the project cannot be read."""
        if not is_zip(source.head(100)):
            yield from _Project(decoded(source.whole(LIMIT)).text, partial(_beside, source), source).items()
            return
        with ZipMembers(source) as members:
            names = {name.replace("\\", "/").lower(): name for name in members.names()}
            described = next((name for name in sorted(names) if name.endswith(".qde")), None)
            if described is None:
                raise KnownError("It is an archive without a project.qde.")
            opener = partial(_member, members, names)
            yield from _Project(opener(described) or "", opener, source).items()


def _member(members: ZipMembers, names: dict[str, str], place: str) -> str | None:
    name = names.get(place.lower())
    if name is None:
        return None
    with members.stream(name) as stream:
        data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise KnownError(f"{place} is larger than {LIMIT // 1_000_000} MB")
    return decoded(data).text


def _beside(source: Source, place: str) -> str | None:
    found = source.beside(place) or source.beside(place.replace("sources/", "Sources/"))
    return decoded(found.whole(LIMIT)).text if found is not None else None


@dataclass(slots=True)
class _Project:
    text: str
    opener: Opener
    source: Source
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Label] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)  # of our own projects: codes that are answers
    notes: dict[str, Element] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # of our own projects: variables that are questions about a text
    ours: bool = False  # whether this program wrote it, so that notes are answers of forms and groups of codes layers

    def items(self) -> Iterator[ImportItem]:
        try:
            root = xml_root(self.text)
        except Damaged as error:
            raise KnownError(f"{error}") from None
        self.ours = root.get("origin") == "Annotator"
        self.notes = {_of(note, "guid"): note for note in below(root, "note")}
        self.variables = {_of(each, "guid"): each.get("name") or "" for each in below(root, "variable")}
        self.asked = {_of(each, "guid") for each in below(root, "variable") if self.ours and len(each)}
        self.users = {_of(user, "guid"): user.get("name") or "" for user in below(root, "user")}
        scheme = self._scheme(root)
        yield Header(scheme)
        names = LabelNames(scheme)
        links = list(below(root, "link"))
        for element in below(root, *_TEXTS):
            yield from self._document(element, names, links)
        unread = Counter(name_of(each).removesuffix("selection") for each in below(root, *_UNREAD))
        for kind, count in unread.items():
            what = "one selection was" if count == 1 else f"{count} selections were"
            yield Notice(f"In {self.source.name}, {what} left out that are no text ({kind}).")

    def _scheme(self, root: Element) -> Scheme:
        taken: dict[tuple[str, str], Label] = {}
        layers: list[str] = []
        for code in below(root, "code"):
            name, guid = (code.get("name") or "").strip(), _of(code, "guid")
            above = code.getparent()
            inner = above is not None and name_of(above) == "code"
            if self.ours and (answer := answer_of(code)) is not None:
                self.answers[guid] = answer
            if not name or not guid or (self.ours and not is_label(code)):
                continue
            layer = (above.get("name") or _LAYER) if self.ours and inner else _LAYER
            if (layer, name) in taken and inner and not self.ours:
                name = f"{above.get('name')}/{name}"
            if (layer, name) not in taken:  # codes of one name are one label
                taken[layer, name] = _label(layer, name, code)
                layers.append(layer)
            self.codes[guid] = taken[layer, name]
        made = tuple(Layer(named_id(f"layers/{name}"), name) for name in dict.fromkeys(layers))
        return Scheme("", made, tuple(taken.values()))

    def _document(self, element: Element, names: LabelNames, links: list[Element]) -> Iterator[ImportItem]:
        title = element.get("name") or ""
        above = element.getparent()
        if not title and above is not None:
            title = above.get("name") or ""
        selections = list(children(element, "plaintextselection"))
        try:
            text = self._text_of(element)
            if text is None:
                raise KnownError("its text is not in the project")
            document = MarkedText(text, f"“{title}” of {self.source.name}", names)
        except KnownError as error:
            marked = f" with what is marked in it ({len(selections)})" if selections else ""
            yield Failure(self.source.name, f"“{title}”{marked} was left out: {str(error).rstrip('.')}.")
            return
        for selection in selections:
            self._selection(document, selection)
        self._links(document, links)
        metadata = self._variables(element, document)
        for coding in children(element, "coding"):
            for label in self._labels(coding):
                document.answer(_LAYER, [label.name], self._user(coding))
        yield from document.items(title, {"path": self.source.path} | metadata)

    def _text_of(self, element: Element) -> str | None:
        inline = next(iter(children(element, "plaintextcontent")), None)
        if inline is not None and inline.text:
            return str(inline.text)
        place = element.get("plainTextPath") or ""
        kind, _, name = place.partition("://")
        if kind not in ("internal", "relative") or not name:
            return None
        return self.opener(f"sources/{name}" if kind == "internal" else name)

    def _selection(self, document: MarkedText, selection: Element) -> None:
        numbers = [selection.get(name) or "" for name in ("startPosition", "endPosition")]
        place = f"line {selection.sourceline}"
        if not all(re.fullmatch(r"-?\d{1,10}", number) for number in numbers):
            document.leave_out(f"{place}: a selection", "it has no start or end")
            return
        pair = (int(numbers[0]), int(numbers[1]))
        key = _of(selection, "guid")
        about = next(iter(children(selection, "description")), None)
        codings = [
            (label, self._user(coding)) for coding in children(selection, "coding") for label in self._labels(coding)
        ]
        named = [(label.layer, label.name, user) for label, user in codings]
        for layer, name, user in named or [(_LAYER, _UNCODED, self._user(selection))]:
            mark = document.mark(
                key, name, [pair], _quote(selection, document, pair), layer=layer, place=place, annotator=user
            )
            _note(mark, about)
            self._notes(mark, selection)
            for answer in self._answers(selection):
                take(mark, answer)
            mark.created = _moment(selection.get("creationDateTime"))

    def _labels(self, coding: Element) -> Iterator[Label]:
        for reference in children(coding, "coderef"):
            if (label := self.codes.get(_of(reference, "targetGUID"))) is not None:
                yield label

    def _answers(self, selection: Element) -> Iterator[Answer]:
        for coding in children(selection, "coding"):
            for reference in children(coding, "coderef"):
                if (answer := self.answers.get(_of(reference, "targetGUID"))) is not None:
                    yield answer

    def _user(self, element: Element) -> str:
        return self.users.get(_of(element, "creatingUser"), "")

    def _notes(self, mark: DraftMark, selection: Element) -> None:
        for reference in children(selection, "noteref"):
            note = self.notes.get(_of(reference, "targetGUID"))
            content = next(iter(children(note, "plaintextcontent")), None) if note is not None else None
            text = (content.text or "").strip() if content is not None else ""
            name = (note.get("name") or "") if note is not None else ""
            if text and self.ours and name and name != "note":
                mark.attributes[name] = typed_value(text)
            elif text:
                mark.add_note(text)

    def _variables(self, element: Element, document: MarkedText) -> dict[str, str]:
        """What variables say of a text; of our own, those that are questions are answered, each by a person."""
        said: dict[str, str] = {}
        for each in children(element, "variablevalue"):
            reference = next(iter(children(each, "variableref")), None)
            key = _of(reference, "targetGUID") if reference is not None else ""
            name = self.variables.get(key, "")
            value = next((held.text or "" for held in each if name_of(held).endswith("value")), "")
            if (key in self.asked and name) or (self.ours and self._answered(name, value)[0] != name):
                document.answer(*self._answered(name, value))
            elif name and value and name != "path":
                said[name] = value
        return said

    def _answered(self, name: str, value: str) -> tuple[str, AttributeValue, str]:
        """The question, the answer, and who gave it: behind the name where there are several people."""
        people = set(self.users.values())
        found = re.match(r"(.+) \((.+)\)$", name)
        if found and found[2] in people:
            return found[1], typed_value(value), found[2]
        return name, typed_value(value), next(iter(people)) if len(people) == 1 else ""

    def _links(self, document: MarkedText, links: list[Element]) -> None:
        """Links between marks of this text; those from piece to piece of a mark of ours make one mark of them."""
        marks = {mark.key: mark for mark in document.marks}
        for link in links:
            ends = (_of(link, "originGUID"), _of(link, "targetGUID"))
            if not set(ends) <= marks.keys():
                continue
            if self.ours and link.get("name") == _CONTINUES and marks[ends[0]] is not marks[ends[1]]:
                document.join(marks[ends[0]], marks[ends[1]])
                marks[ends[1]] = marks[ends[0]]  # a third piece goes on from the second
            else:
                document.link(link.get("name") or "link", *ends, place=f"line {link.sourceline}")


def _of(element: Element, name: str) -> str:
    return (element.get(name) or "").strip("{} ").upper()


def _label(layer: str, name: str, code: Element) -> Label:
    color, about = code.get("color") or "", next(iter(children(code, "description")), None)
    guideline = (about.text or "") if about is not None else ""
    label = Label(named_id(f"/{layer}/{name}"), layer, name, guideline=guideline)
    return replace(label, color=color.lower()) if _COLOR.match(color) else label


def _quote(selection: Element, document: MarkedText, pair: tuple[int, int]) -> str | None:
    """The words of a selection, where its name is those: many programs call it by them, others by anything."""
    name = selection.get("name") or ""
    length, units = pair[1] - pair[0], len(name.encode("utf-16-le")) // 2
    return name if length in (len(name), units) and name in document.text else None


def _note(mark: DraftMark, about: Element | None) -> None:
    if about is not None and about.text and about.text.strip():
        mark.add_note(about.text.strip())


def _moment(written: str | None) -> str:
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$", written or "")
    return f"{found[1]}.{(found[2] or '').ljust(3, '0')[:3]}Z" if found else ""
