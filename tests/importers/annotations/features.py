"""What is found in documents that came in: the features of formats, as the reference files show them."""

import json
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from itertools import pairwise

from annotator.core.annotation import AnnotatedDocument
from annotator.core.carries import Carries
from annotator.core.standing_off import StandOff
from annotator.importers.beginnings import beginning
from annotator.importers.walking import read_source, recognised, sources
from tests.importers.annotations import references

EXPORTS = references.FOLDER.parent / "exports"  # what this program writes, which it reads again

_ABOUT_THE_FILE = ("path", "task")  # what importers say of every document


def features_of(documents):
    """The features that these documents have, each in one of them at least."""
    found = set()
    people = set()
    for document in documents:
        found |= {name for name, has in _HAS.items() if has(document)}
        people |= _people(document)
    found |= {"people"} if len(people) > 1 else set()
    return Carries(**{name: name in found for name in Carries._fields})


def _spans(document):
    return sorted((mark.start, mark.end) for mark in document.annotations)


def _nested(document):
    spans = sorted(_spans(document), key=lambda span: (span[0], -span[1]))
    return any(other[1] <= one[1] and other[0] < one[1] for one, other in pairwise(spans))


def _crossing(document):
    spans = _spans(document)
    return any(one[0] < other[0] < one[1] < other[1] for place, one in enumerate(spans) for other in spans[place:])


def _people(document):
    things = (*document.annotations, *document.relations, *document.labels)
    return {each.annotator for each in things if each.annotator}


_HAS = {
    "nested": _nested,
    "crossing": _crossing,
    "discontinuous": lambda document: any(len(mark.fragments) > 1 for mark in document.annotations),
    "links": lambda document: bool(document.relations),
    "attributes": lambda document: any(mark.attributes for mark in document.annotations),
    "link_attributes": lambda document: any(link.attributes for link in document.relations),
    "notes": lambda document: any(mark.note for mark in document.annotations),
    "answers": lambda document: bool(document.labels),
    "zones": lambda document: any(zone.label != "BODY" for zone in document.zones),
    "statuses": lambda document: bool(document.statuses),
    "facts": lambda document: bool(document.metadata.keys() - set(_ABOUT_THE_FILE)),
}


def shown(path):
    """The importer's name and the documents, for each file of a reference file or folder."""
    for source in sources([path]):
        importer = recognised(beginning(source), source.name)
        if importer is not None:
            found = [item.about if isinstance(item, StandOff) else item for item in read_source(source)]
            yield importer.name, [item for item in found if isinstance(item, AnnotatedDocument)]


_SOFA = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "One two three four five."}


def _cas(*structures):
    placed = [{"%ID": n, "@sofa": 1, **each} for n, each in enumerate(structures, 2)]
    return json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": [_SOFA, *placed]})


def _own(begin, end, **said):
    return {"%TYPE": "custom.Mark", "begin": begin, "end": end, "layer": "entities", "label": "A", **said}


_PIECE = {"source": "one.txt", "selector": [{"type": "TextPositionSelector", "start": 0, "end": 3}]}
_WEB = [
    {"id": "u:1", "type": "Annotation", "bodyValue": "x", "target": _PIECE},
    {"id": "u:2", "type": "Annotation", "bodyValue": "y", "target": _PIECE},
    {"id": "u:3", "type": "Annotation", "motivation": "linking", "target": "u:1", "attributes": {"sure": True},
     "body": [{"purpose": "linking", "source": "u:2"}]},
]  # fmt: skip
_TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>
<name xml:id="a">One</name> <name xml:id="b">two</name>
</p></body></text><standOff><relation xml:id="l" name="r" active="#a" passive="#b"/>
<fs corresp="#l"><f name="sure"><binary value="true"/></f></fs></standOff></TEI>"""
_QUOTES = [
    {"index": n, "span_label": "Cue", "span_start": start, "span_end": end, "paragraph_start": 0}
    for n, (start, end) in enumerate(((0, 6), (4, 6), (4, 12)))
]
_PASSAGE = """<collection><source>x</source><document><id>a</id><passage><offset>0</offset><text>One two three</text>
<annotation id="1"><infon key="type">A</infon><location offset="0" length="7"/><text>One two</text></annotation>
<annotation id="2"><infon key="type">A</infon><location offset="4" length="9"/><text>two three</text></annotation>
</passage></document></collection>"""

_DATASET = EXPORTS / "huggingface" / "data" / "train.jsonl"
_PREDICTED = [
    {"sha256": "a" * 64, "start": start, "end": end, "label": "A", "model": model}
    for start, end, model in ((0, 7, "one"), (4, 13, "one"), (4, 7, "two"))
]


def _dataset_with_answers_about_links():
    rows = [json.loads(line) for line in _DATASET.read_text(encoding="utf-8").splitlines()]
    for link in (link for row in rows for link in row["links"]):
        link["attributes"] = [{"name": "sure", "value": "true"}]
    return "".join(json.dumps(row) + "\n" for row in rows)


# beside the reference files: what these do not show
FILES = {
    "bioc": {"crossing.xml": _PASSAGE},
    "conll": {"crossing.conll": "One B-A O\ntwo I-A B-B\nthree O I-B\n"},
    "conll-coref": {"crossing.conll": "# begin document a\n1\tOne\t(event-1\n2\ttwo\tevent-1)(place-2\n"
                    "3\tthree\tplace-2)\n# end document\n"},
    "conllu": {"crossing.conllu": "# newdoc id = a\n# global.Entity = GRP-etype\n"
               "1\tOne\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-a\n"
               "2\ttwo\t_\t_\t_\t_\t_\t_\t_\tEntity=1)(2-b\n3\tthree\t_\t_\t_\t_\t_\t_\t_\tEntity=2)\n"},
    "huggingface": {"train.jsonl": _dataset_with_answers_about_links()},
    "predictions": {"a.jsonl": "".join(json.dumps(each) + "\n" for each in _PREDICTED)},
    "litbank-quotes": {"a.txt": "One two three .", "a.ann": "QUOTE\tQ1\t0\t0\t0\t1\tOne two\n"
                       "QUOTE\tQ2\t0\t1\t0\t2\ttwo three\nATTRIB\tQ1\tMira\nQUOTE\tQ3\t0\t0\t0\t0\tOne\n"},
    "news-quotes": {"a.json": json.dumps([{"paragraphs": ["One two three four"], "entities": _QUOTES}])},
    "prodigy": {"a.jsonl": "".join(json.dumps({"text": "One two", "spans": [{"start": 0, "end": 3, "label": "A"}],
                "answer": "accept", "_annotator_id": who}) + "\n" for who in ("ann", "bo"))},
    "tei": {"a.xml": _TEI},
    "uima-json": {"a.json": _cas(_own(0, 7, mark="1", note="x", annotator="Ann"), _own(4, 13, mark="2", annotator="Bo"),
                  _own(8, 13, mark="3"), _own(14, 18, mark="3"), _own(14, 16, mark="4"),
                  {"%TYPE": "x.DocumentMetaData", "begin": 0, "end": 24, "documentUri": "file:one"},
                  {"%TYPE": "custom.Zone", "begin": 0, "end": 3, "label": "HEADLINE"},
                  {"%TYPE": "custom.Link", "begin": 0, "end": 3, "label": "r", "@Governor": 2, "@Dependent": 3,
                   "sure": True})},
    "web-annotation": {"one.txt": "One two",
                       "a.jsonld": json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "items": _WEB})},
}  # fmt: skip


def shown_by(name, folder):
    """The features that the importer of that name is shown to take in, by every file that it reads here."""
    paths = [*references.paths(), *sorted(EXPORTS.iterdir())]
    if name == "dna":
        _crossing_statements(folder / "crossing.dna")
    if name == "huggingface":
        _answered_links(folder / "dataset")
    for file, text in FILES.get(name, {}).items():
        (folder / file).write_text(text, encoding="utf-8")
    return features_of(document for path in [*paths, folder] for document in _read_by(name, path))


def _crossing_statements(path):
    """The reference file's database, two of its statements laid across each other."""
    shutil.copyfile(references.FOLDER / "ports.dna", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        (_, start, end), (second, *_) = connection.execute("SELECT ID, Start, Stop FROM STATEMENTS LIMIT 2").fetchall()
        connection.execute("UPDATE STATEMENTS SET Start = ?, Stop = ? WHERE ID = ?", (start + 1, end + 1, second))


def _answered_links(folder):
    """The reference folder, its links with an answer."""
    shutil.copytree(references.FOLDER / "dataset", folder)
    for place in folder.glob("data/*.jsonl"):
        records = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
        for link in [link for record in records for link in record["links"]]:
            link["attributes"] = [{"name": "sure", "value": "yes", "type": "text"}]
        place.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


@cache
def _all_of(path):
    return [(name, documents) for name, documents in shown(path)]


def _read_by(name, path):
    found = shown(path) if EXPORTS.parent not in path.parents else _all_of(path)
    return [document for reader, documents in found if reader == name for document in documents]
