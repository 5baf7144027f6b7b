"""Reads brat's configuration: sections of lines, each a type with what may stand at its arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, NoReturn

from annotator.core.errors import KnownError
from annotator.scheme_files.base import ReadScheme, SchemeText
from annotator.scheme_files.drafts import Draft

ENTITIES, EVENTS = "entities", "events"
GROUP = "-layer"  # behind the name of a group, where a label is called like its layer
_SECTIONS = {"entities": ENTITIES, "spans": ENTITIES, "events": EVENTS, "relations": "relations"}
_HEAD = re.compile(r"\s*\[([^\]]+)\]\s*")
_MACRO = re.compile(r"\s*<([^<>=]+)>\s*=\s*(\S.*)")
_TERM = re.compile(r"(\s*)(!?)(\S+)(?:\s+(.*))?")
_ROLE = re.compile(r"([^?*+{}]+)([?*+]|\{[^}]*\})?")
_TIMES = {"?": "at most one", "*": "any number", "+": "one or more", "": "one"}
_DIGIT = re.compile(r"\d-$")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def link_name(name: str) -> str:
    """A link's name: one that ends in a digit has a “-” behind it in files, since brat numbers what stands twice."""
    return name[:-1] if _DIGIT.search(name) else name


class Line(NamedTuple):
    """One line of a section."""

    number: int
    depth: int
    usable: bool  # without “!”
    name: str
    arguments: str


class BratReading:
    """One file being read."""

    def __init__(self, file: SchemeText) -> None:
        self._file = file
        self._draft = Draft(file.stem or "brat")
        self._macros: dict[str, str] = {}
        self._lines: dict[str, list[Line]] = {ENTITIES: [], EVENTS: [], "relations": [], "attributes": []}
        self._below: dict[str, list[str]] = {}  # each type with the labels that it stands for
        self._owner: dict[str, str] = {}  # each label with its layer

    def scheme(self) -> ReadScheme:
        """What it says. Raises KnownError, with the line, where it is not of the form."""
        self._split()
        for section in (ENTITIES, EVENTS):
            self._types(section)
        for line in self._lines["relations"]:
            self._relation(line)
        self._events()
        for line in self._lines["attributes"]:
            self._attribute(line)
        self._look()
        scheme = self._draft.scheme()
        labels = tuple(replace(each, layer_said=each.layer not in (ENTITIES, EVENTS)) for each in scheme.labels)
        return ReadScheme(replace(scheme, labels=labels), tuple(self._draft.notes))

    def _fail(self, number: int, what: str) -> NoReturn:
        raise KnownError(f"{self._file.name}, line {number}: {what}. Nothing was changed.")

    def _split(self) -> None:
        section = ""
        for number, text in enumerate(self._file.text.splitlines(), 1):
            if not text.strip() or text.lstrip().startswith("#") or re.fullmatch(r"\s*-{3,}\s*", text):
                continue
            if head := _HEAD.fullmatch(text):
                section = _SECTIONS.get(head[1].strip().lower(), head[1].strip().lower())
                if section not in self._lines:
                    self._draft.note(f"Left out: the section [{section}].")
            elif macro := _MACRO.fullmatch(text):
                self._macros[macro[1].strip()] = macro[2].strip()
            elif not section:
                self._fail(number, "this stands before any section such as [entities]")
            elif section in self._lines:
                self._lines[section].append(self._line(number, text))

    def _line(self, number: int, text: str) -> Line:
        term = _TERM.fullmatch(text.rstrip())
        if term is None:
            self._fail(number, "there is no type")
        indent, mark, name, rest = term.groups()
        first = name.split("|")[0]
        if not first:
            self._fail(number, "there is no type before “|”")
        return Line(number, len(indent.expandtabs(4)), not mark, first, (rest or "").strip())

    # Types

    def _types(self, section: str) -> None:
        above: list[Line] = []
        for line in self._lines[section]:
            while above and above[-1].depth >= line.depth:
                above.pop()
            group = section == ENTITIES and not line.usable and not above
            if line.usable:
                self._label(line, section, above)
            elif not group:
                self._draft.note(f"Left out: {line.name}, which only stands above others.")
            if not line.usable and line.name in self._below:
                self._fail(line.number, f"{line.name} is there already")
            self._below.setdefault(line.name, [])
            above.append(line)

    def _label(self, line: Line, section: str, above: list[Line]) -> None:
        if line.name in self._owner:
            self._fail(line.number, f"the type {line.name} is there already")
        top = above[0] if above else None
        grouped = section == ENTITIES and top is not None and not top.usable
        layer = top.name.removesuffix(GROUP) if top is not None and grouped else section
        self._owner[line.name] = layer
        self._draft.label(layer, line.name, guideline=self._needs(line) if section == EVENTS else "")
        self._below.setdefault(line.name, []).append(line.name)
        for other in above:
            self._below[other.name].append(line.name)
            if other.usable:
                self._draft.note(f"Left out: that {line.name} is a kind of {other.name}.")

    def _needs(self, line: Line) -> str:
        """How many of which arguments an event has, in words."""
        parts = [(role, times) for role, times, _ in self._arguments(line) if not role.startswith("<")]
        counted = [f"{role} ({_TIMES.get(times, times.strip('{}'))})" for role, times in parts]
        return f"Arguments: {', '.join(counted)}." if counted else ""

    # What joins them

    def _arguments(self, line: Line) -> Iterator[tuple[str, str, str]]:
        """(role, how often, what may stand there) of each argument of a line."""
        for part in re.split(r"\s*,\s*", line.arguments):
            if not part:
                continue
            role, colon, types = part.partition(":")
            found = _ROLE.fullmatch(role.strip()) if not role.strip().startswith("<") else None
            if not colon or not types.strip() or (found is None and not role.strip().startswith("<")):
                self._fail(line.number, f"“{part}” is not of the form ROLE:TYPE")
            yield (found[1], found[2] or "", types.strip()) if found else (role.strip(), "", types.strip())

    def _relation(self, line: Line) -> None:
        if line.name.startswith("<"):
            self._draft.note(f"Left out: {line.name} {line.arguments}. Marks may overlap as they like.")
            return
        ends = {role: types for role, _, types in self._arguments(line)}
        if rest := [role for role in ends if role.startswith("<")]:
            self._draft.note(f"Left out: {', '.join(rest)} of the link {line.name}. Links have a direction.")
        if len(named := [types for role, types in ends.items() if not role.startswith("<")]) != 2:
            self._fail(line.number, f"the relation {line.name} needs two arguments, Arg1 and Arg2")
        name = link_name(line.name)
        self._draft.relation(name, self._ends(line, named[0]), self._ends(line, named[1]))

    def _events(self) -> None:
        for line in self._lines[EVENTS]:
            for role, _, types in self._arguments(line):
                if line.usable and not role.startswith("<"):
                    self._draft.relation(link_name(role), [line.name], self._ends(line, types))

    def _ends(self, line: Line, types: str) -> list[str]:
        """The labels and layers that `A|B|<MACRO>` stands for; none: any."""
        names = self._expanded(line, types, 0)
        if names is None:
            return []
        for layer in dict.fromkeys(self._owner.values()):
            mine = self._draft.labels_of(layer)
            if len(mine) > 1 and set(mine) <= set(names):
                names = [layer, *(name for name in names if name not in mine)]
        if not names:
            self._fail(line.number, f"nothing can stand at “{types}”")
        return names

    def _expanded(self, line: Line, types: str, depth: int) -> list[str] | None:
        found: list[str] = []
        for part in filter(None, re.split(r"\s*\|\s*", types.strip())):
            names = self._meant(line, part, depth)
            if names is None:
                return None
            found += [name for name in names if name not in found]
        return found

    def _meant(self, line: Line, part: str, depth: int) -> list[str] | None:
        if part == "<ANY>":
            return None
        if part in ("<ENTITY>", "<EVENT>"):
            return [name for name, layer in self._owner.items() if (layer == EVENTS) == (part == "<EVENT>")]
        if part.startswith("<"):
            macro = self._macros.get(part.strip("<>"))
            if macro is None or depth > len(self._macros):
                self._fail(line.number, f"{part} is not defined")
            return self._expanded(line, macro, depth + 1)
        if part not in self._below:
            self._fail(line.number, f"{line.name} speaks of {part}, which is no type")
        return self._below[part]

    # Attributes

    def _attribute(self, line: Line) -> None:
        keys = {role: types for role, _, types in self._arguments(line)}
        if "Arg" not in keys:
            self._fail(line.number, f"the attribute {line.name} has no Arg")
        if keys["Arg"] == "<RELATION>":
            self._draft.note(f"Left out: the attribute {line.name}, which is one of links.")
            return
        if rest := [key for key in keys if key not in ("Arg", "Value")]:
            self._draft.note(f"Left out: {', '.join(rest)} of the attribute {line.name}.")
        owners = self._owners(self._ends(line, keys["Arg"]))
        values = [{"name": name} for name in re.split(r"\s*\|\s*", keys.get("Value", "")) if name]
        self._draft.attribute(line.name, "choice" if values else "yes_no", owners, values=values)

    def _owners(self, ends: Iterable[str]) -> list[str]:
        return [f"{self._owner[end]}/{end}" if end in self._owner else end for end in ends] or list(
            dict.fromkeys(self._owner.values())
        )

    # What stands beside it

    def _look(self) -> None:
        """Titles and colours from visual.conf, keys from kb_shortcuts.conf."""
        labels = {name: self._draft.label_there(layer, name) for layer, name in self._draft.labels}
        section = ""
        for text in _content(self._file.beside("visual.conf")):
            if head := _HEAD.fullmatch(text):
                section = head[1].strip().lower()
            elif section == "labels":
                name, *shown = (part.strip() for part in text.split("|"))
                if name in labels and shown and shown[0] not in ("", name):
                    labels[name]["title"] = shown[0]
            elif section == "drawing" and (term := _TERM.fullmatch(text.rstrip())) and term[3] in labels:
                color = re.search(r"bgColor:\s*([^,\s]+)", term[4] or "")
                if color and _COLOR.fullmatch(color[1]):
                    labels[term[3]]["color"] = color[1]
        for text in _content(self._file.beside("kb_shortcuts.conf")):
            key, *names = text.split()
            if names and names[0] in labels:
                labels[names[0]]["shortcut"] = key.lower()


def _content(text: str | None) -> Iterator[str]:
    for line in (text or "").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line
