"""What an import gives, beside what was counted in the same files independently of this program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Header, ImportItem, Notice

Facts = Mapping[str, Any]


class Row(NamedTuple):
    """Something that was counted: how many there are, how many came in, and how many were told not to."""

    what: str
    counted: int
    came: int
    told: int = 0

    @property
    def right(self) -> bool:
        """Whether nothing is missing that was not told."""
        return self.counted == self.came + self.told


class Found:
    """What an import gave, in numbers."""

    def __init__(self, items: Sequence[ImportItem]) -> None:
        self.documents = [item for item in items if isinstance(item, AnnotatedDocument)]
        self.failures = [item.reason for item in items if isinstance(item, Failure)]
        self.notices = [item.text for item in items if isinstance(item, Notice)]
        self.schemes = [item.scheme for item in items if isinstance(item, Header)]
        self.marks = [mark for document in self.documents for mark in document.annotations]
        self.links = [link for document in self.documents for link in document.relations]
        self.labels = Counter(mark.label.name for mark in self.marks)
        self.layers = Counter(mark.label.layer for mark in self.marks)
        self.kinds = Counter(link.type.name for link in self.links)

    def telling(self, words: str) -> int:
        """How many notices and failures speak so."""
        return sum(words in text for text in (*self.notices, *self.failures))


def rows(name: str, facts: Facts, items: Sequence[ImportItem]) -> list[Row]:
    """What was counted in the file or folder `name`, with what came in; nothing where nothing like it was counted."""
    count = _COUNTS.get(facts.get("format", ""))
    return list(count(facts, Found(items))) if count else []


def is_counted(facts: Facts) -> bool:
    """Whether there is anything of annotations to compare."""
    return facts.get("format", "") in _COUNTS


def _brat(facts: Facts, found: Found) -> Iterator[Row]:
    totals, roles = facts["totals"], facts.get("event_args", {})
    documents = [each for each in found.documents if not each.metadata["path"].endswith(".md")]
    yield Row("documents", totals["docs"], len(documents))
    yield Row("characters", totals["chars"], sum(len(document.text) for document in documents))
    yield from _by_label(facts["labels"], found)
    chained = totals.get("equiv_members", 0) - totals.get("equiv", 0)
    hanging = found.telling("a mark at its end is not there")
    yield Row("links", totals["R"] + chained + sum(roles.values()), len(found.links), hanging)
    things = (*found.marks, *found.links)
    names = {key.partition("=")[0] for key in facts.get("attributes", {})}
    coded = sum(key in names for each in things for key in each.attributes)
    yield Row("attributes", sum(facts.get("attributes", {}).values()), coded)
    noted = sum("note" in each.attributes or bool(getattr(each, "note", "")) for each in things)
    yield Row("notes", totals.get("notes", 0), noted)


def _by_label(counted: Mapping[str, int], found: Found, told: int = 0) -> Iterator[Row]:
    """All marks, and those whose labels are as often there as counted."""
    yield Row("marks", sum(counted.values()), len(found.marks), told)
    right = sum(min(count, found.labels[label]) for label, count in counted.items())
    yield Row("marks by label", sum(counted.values()), right, told)


def _conll(facts: Facts, found: Found) -> Iterator[Row]:
    yield Row("words", facts["tokens"], sum(len(document.text.split()) for document in found.documents))
    yield from _by_label(facts.get("entities_col1") or facts["B_tags"], found)


def _conllu(facts: Facts, found: Found) -> Iterator[Row]:
    yield Row("documents", len(facts["newdocs"]), len(found.documents))
    yield from _by_label(facts["entity_mentions"], found)
    coreference = len(found.links) - found.kinds["bridge"]
    yield Row("coreference", facts["entity_mentions_total"] - facts["coref_groups"], coreference)


def _webanno(facts: Facts, found: Found) -> Iterator[Row]:
    by_kind = {kind: [layer for layer in facts["layers"].values() if layer["kind"] == kind] for kind in
               ("T_SP", "T_RL", "T_CH")}  # fmt: skip
    slots = any("ROLE" in feature for layer in by_kind["T_SP"] for feature in layer["features"])
    if not by_kind["T_CH"]:
        marks = sum(mark.label.layer not in ("Token", "SimpleLink") for mark in found.marks)
        counted = sum(layer["annotations"] for layer in by_kind["T_SP"])
        yield Row("marks", counted, marks, found.telling("it is empty, and a mark needs words"))
        if not slots:
            yield Row("links", sum(layer["relation_cells_entries"] for layer in by_kind["T_RL"]), len(found.links))


def _older_webanno(facts: Facts, found: Found) -> Iterator[Row]:
    if facts["rows"]:  # of the first version, the independent counting has none
        words = sum(len(document.text.split()) for document in found.documents)
        sentences = sum(len(each.text.split("\n")) for each in found.documents)
        yield Row("sentences", max(1, facts["sentences"]), sentences)
        yield Row("words and heads", facts["rows"], words + (facts["rows"] == words + 1))


OF_THE_TEXT = frozenset(
    (
        *("Token", "Sentence", "Paragraph", "Heading", "DocumentMetaData", "DocumentAnnotation", "Div"),
        *("TagsetDescription", "TagDescription", "XmlTextNode", "XmlElement", "XmlDocument"),
    )
)  # types of UIMA that say how a text is built: their marks are none of a person


def _xmi(facts: Facts, found: Found) -> Iterator[Row]:
    if not facts["text_utf16"]:
        return
    yield Row("characters", facts["text_chars"][0], sum(len(document.text) for document in found.documents))
    counted: Counter[str] = Counter()
    for kind, count in facts["elements"].items():
        counted[kind.rpartition("/")[2]] += count
    empty = found.telling("it is empty")
    for layer in sorted(set(found.layers) - OF_THE_TEXT):
        yield Row(
            f"marks of {layer}", counted[layer], found.layers[layer], min(empty, counted[layer] - found.layers[layer])
        )


def _json_cas(facts: Facts, found: Found) -> Iterator[Row]:
    counted = Counter(words for kind, _, _, words in facts["covered_text_utf16"]
                      if words and kind.rpartition(".")[2] not in OF_THE_TEXT)  # fmt: skip
    if facts["covered_text_utf16"]:
        came = Counter(mark.covered(document.text) for document in found.documents for mark in document.annotations)
        yield Row("marks with their words", counted.total(), (counted & came).total())


def _jsonl(facts: Facts, found: Found) -> Iterator[Row]:
    if "pattern" in facts["keys"]:  # of Prodigy: no texts
        return
    yield Row("records", facts["lines"], len(found.documents), len(found.failures))
    kinds = Counter({f"REL:{kind}": count for kind, count in found.kinds.items()}) + found.labels
    without = sum(facts["labels"].values()) - sum(min(kinds[key], count) for key, count in facts["labels"].items())
    yield Row("marks and links", sum(facts["labels"].values()), kinds.total(), without if found.failures else 0)


def _label_studio(facts: Facts, found: Found) -> Iterator[Row]:
    yield Row("tasks", facts["tasks"], len(found.documents), len(found.failures))


def _recogito(facts: Facts, found: Found) -> Iterator[Row]:
    told = 0 if found.documents else facts["annotations"]  # its text is not among the files
    yield Row("annotations", facts["annotations"], len(found.marks), told)


def _refi(facts: Facts, found: Found) -> Iterator[Row]:
    yield Row("codes", len(facts["codes"]), sum(len(scheme.labels) for scheme in found.schemes))
    named = " ".join(found.failures)
    yield Row("sources", len(facts["sources"]), 0, sum(each["name"] in named for each in facts["sources"]))
    yield Row("transcripts", facts["tags"]["Transcript"], len(found.documents))


def _tei(facts: Facts, found: Found) -> Iterator[Row]:
    letters = sum(len("".join(document.text.split())) for document in found.documents)
    yield Row("letters", facts["text_chars_nows"], letters)
    named = {key[5:]: count for key, count in facts["text_elements"].items() if key.startswith("name:")}
    yield Row("names", sum(named.values()), sum(min(count, found.labels[label]) for label, count in named.items()))


def _litbank(facts: Facts, found: Found) -> Iterator[Row]:
    yield Row("quotations", facts["rows"].get("QUOTE", 0), found.labels["QUOTE"])
    yield Row("speakers", facts["speakers"], len({mark.attributes["speaker"] for mark in found.marks}))


def _dna(facts: Facts, found: Found) -> Iterator[Row]:
    yield Row("documents", facts["documents"], len(found.documents))
    words = [mark.covered(document.text) for document in found.documents for mark in document.annotations]
    right = sum(statement["text"] in words for statement in facts["statements"])
    yield Row("statements with their words", len(facts["statements"]), right)


_COUNTS: dict[str, Callable[[Facts, Found], Iterator[Row]]] = {
    **dict.fromkeys(("brat",), _brat),
    **dict.fromkeys(("conll", "conll nested (space separated tags)"), _conll),
    **dict.fromkeys(("conllu",), _conllu),
    **dict.fromkeys(("tsv-src", "tsv-coref", "webanno tsv 3"), _webanno),
    "webanno tsv 2 or 1": _older_webanno,
    "uima xmi": _xmi,
    "uima json cas": _json_cas,
    "jsonl": _jsonl,
    "label studio json": _label_studio,
    "recogito json": _recogito,
    "refi-qda": _refi,
    "tei": _tei,
    "litbank quotation rows (TSV in a file named .ann; not brat)": _litbank,
    "dna3-sqlite (synthetic)": _dna,
}
