"""WebAnno TSV of the versions 1 and 2: a word a row, spans as tags with B and I, or one value for the word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotator.core.errors import KnownError
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.sentence_texts import SentenceTexts
from annotator.importers.annotations.tag_runs import Run, TagRuns
from annotator.importers.annotations.webanno_cells import Feature, naming_feature, short

_ROW = re.compile(r"\d+(?:-\d+)?\t")
_ENTITIES, _SPEECH = "NamedEntity", "POS"
_NOTHING = ("_", "O", "")


@dataclass(slots=True)
class _Layer:
    name: str
    full_name: str
    features: list[Feature]
    base: str = ""  # of relations
    base_column: int = 0


@dataclass(slots=True)
class _Word:
    key: str
    form: str
    cells: list[str]
    line: int
    start: int = 0
    end: int = 0
    marks: dict[str, list[str]] = field(default_factory=dict)  # keys of marks, by the full name of their layer


def older_document(lines: list[str], name: str) -> MarkedText:
    """The document of a file of these versions. Raises KnownError where there are no words."""
    layers = _layers(lines)
    texts = SentenceTexts()
    sentences: list[list[_Word]] = []
    said, words = "", list[_Word]()
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#text="):
            said = line[6:]
        elif _ROW.match(line):
            words.append(_word(line, number, 1 if layers else None))
        elif not line.strip() and words:
            if sentences:
                texts.gap("\n")
            places = texts.add(said, [word.form for word in words])
            for word, (start, end) in zip(words, places, strict=True):
                word.start, word.end = start, end
            sentences.append(words)
            said, words = "", []
    if not sentences:
        raise KnownError("There are no words of WebAnno TSV in it.")
    document = MarkedText(texts.text, name)
    _put(document, sentences, layers or _layers_of_version_1())
    if not layers:
        document.tell("what version 1 says of lemmas and dependencies was left out.")
    return document


def _word(line: str, number: int, form: int | None) -> _Word:
    cells = line.rstrip("\r").split("\t")
    return _Word(cells[0], cells[form or 1], cells, number)


def _layers(lines: list[str]) -> list[_Layer]:
    """The layers of a header such as ` # a.b.Layer | feature # a.b.Other | feature | AttachTo=a.b.Layer`."""
    first = next((line for line in lines if line.strip()), "")
    if not first.lstrip().startswith("# "):
        return []
    layers, column = [], 2
    for part in first.split(" # ")[1:] if first.startswith(" ") else f" {first}".split(" # ")[1:]:
        full, *names = [name.strip() for name in part.split("|")]
        layer = _Layer(short(full), full, [])
        for name in names:
            if name.startswith("AttachTo="):
                layer.base, layer.base_column = name[9:], column
            else:
                layer.features.append(Feature(name, column))
            column += 1
        layers.append(layer)
    return layers


def _layers_of_version_1() -> list[_Layer]:
    return [
        _Layer(_SPEECH, _SPEECH, [Feature("PosValue", 3)]),
        _Layer(_ENTITIES, _ENTITIES, [Feature("value", 4)]),
    ]


def _put(document: MarkedText, sentences: list[list[_Word]], layers: list[_Layer]) -> None:
    for layer in layers:
        if not layer.base:
            for words in sentences:
                _spans(document, layer, words)
    for layer in layers:
        if layer.base:
            for words in sentences:
                _relations(document, layer, words)


def _spans(document: MarkedText, layer: _Layer, words: list[_Word]) -> None:
    naming = naming_feature(layer.name, layer.features) or (layer.features[0] if layer.features else None)
    if naming is None:
        return
    tagged = any(_cell(word, naming.column).startswith(("B-", "I-")) for word in words)
    runs = TagRuns()
    for number, word in enumerate(words):
        tags = _values(word, naming.column)
        if not tagged:  # a word's own value, which does not go on: as if each began
            tags = [f"B-{tag}" for tag in tags]
        runs.add(number, tags, word.line)
    for count, run in enumerate(runs.runs):
        _mark(document, layer, naming, words, run, f"{layer.full_name}/{words[0].line}/{count}")


def _mark(document: MarkedText, layer: _Layer, naming: Feature, words: list[_Word], run: Run, key: str) -> None:
    first = words[run.first]
    label = run.label if run.label not in (f"{layer.full_name}_", "") else layer.name
    pairs = [(first.start, words[run.last].end)]
    mark = document.mark(key, label, pairs, layer=layer.name, place=f"line {run.place}")
    place = len(first.marks.setdefault(layer.full_name, []))
    for word in words[run.first : run.last + 1]:
        word.marks.setdefault(layer.full_name, []).append(key)
    for feature in layer.features:
        values = _values(first, feature.column)
        if feature is not naming and place < len(values) and values[place] != f"{layer.full_name}_":
            mark.say(feature.name, values[place].removeprefix("B-"))


def _relations(document: MarkedText, layer: _Layer, words: list[_Word]) -> None:
    by_key = {word.key: word for word in words}
    naming = naming_feature(layer.name, layer.features) or (layer.features[0] if layer.features else None)
    for word in words:
        for place, end in enumerate(_values(word, layer.base_column)):
            other = by_key.get(end)
            source = other.marks.get(layer.base, [""])[0] if other else ""
            target = word.marks.get(layer.base, [""])[0]
            said = {each.name: values[place] for each in layer.features if place < len(values := _all(word, each))}
            name = (said.pop(naming.name, "") if naming else "").removeprefix(f"{layer.full_name}_") or layer.name
            link = document.link(name, source, target, place=f"line {word.line}")
            link.attributes.update({key: value for key, value in said.items() if value not in _NOTHING})


def _all(word: _Word, feature: Feature) -> list[str]:
    return _values(word, feature.column)


def _values(word: _Word, column: int) -> list[str]:
    return [value for value in _cell(word, column).split("|") if value not in _NOTHING]


def _cell(word: _Word, column: int) -> str:
    return word.cells[column] if column < len(word.cells) else ""
