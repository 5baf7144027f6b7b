"""A small project with everything that is hard to carry, and its exports in every format: `tests/data/exports`.

`python -m tests.exporters.references` writes them anew, after a look at what changed.
"""

import shutil
import zipfile
from importlib.util import find_spec
from pathlib import Path

from annotator.core.annotation import (
    AnnotatedDocument,
    Annotation,
    Annotator,
    DocumentLabel,
    RegistryEntry,
    Relation,
    Zone,
)
from annotator.core.ids import text_hash
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.exporters import EXPORTERS, NETWORKS, OWN
from annotator.exporters.base import Contents
from annotator.scheme_files.files import scheme_texts
from annotator.templates import template

FOLDER = Path(__file__).parents[1] / "data" / "exports"
NEED = {"spacy-docbin": "spacy", "shards": "pyarrow"}  # what is not there everywhere
OTHERS = [
    each
    for each in EXPORTERS
    if each not in (*OWN, *NETWORKS) and each.name != "pdf" and find_spec(NEED.get(each.name, "annotator"))
]
BINARY = ("spacy-docbin", "xlsx", "shards")  # whose bytes change with the version of a program, or with the time
NEWS = template("news")
ANN, BEN = Annotator("0193" + "a" * 4 + "-22ba-791d-8f3a-abcc8142c8ea", "Ann"), Annotator(
    "0193" + "b" * 4 + "-22ba-791d-8f3a-abcc8142c8ea", "بشرى"
)  # fmt: skip
HADDAD = RegistryEntry("0193eeee-22ba-791d-8f3a-abcc8142c8ea", "person", "Haddad, Salim")
WHEN = "2026-11-22T09:00:00.000Z"
ENGLISH = "Ports 🚢 reopen\n\n“It stays open,” Salim Haddad of Marsa’s port said. “All week.”\n=1+1 \\ tab\there."
ARABIC = "وقال الوزير إنّ الممر مفتوح."


def key(number):
    return f"0193c0de-22ba-791d-8f3a-{number:012d}"


def label(name):
    return next(each for each in NEWS.labels if each.name == name)


def link_type(name):
    return next(each for each in NEWS.relations if each.name == name)


def place(text, words, after=0):
    start = text.index(words, after)
    return Span(start, start + len(words))


def mark(number, name, *spans, by=ANN, note="", **attributes):
    return Annotation(key(number), label(name), spans, attributes, note, by.id, "manual", None, WHEN, WHEN)


def link(number, kind, source, target, **attributes):
    return Relation(key(number), link_type(kind), key(source), key(target), attributes, ANN.id, WHEN, WHEN)


def documents():
    text = ENGLISH
    quote = place(text, "“It stays open,”"), place(text, "“All week.”")
    marks = (
        mark(1, "EVENT", place(text, "Ports 🚢 reopen"), note="a note\nof two lines"),
        mark(2, "QUOTE", *quote, quote="direct"),
        mark(3, "SOURCE", place(text, "Salim Haddad of Marsa’s port")),
        mark(4, "PERSON", place(text, "Salim Haddad"), entity=HADDAD.id, mention="name"),
        mark(5, "GPE", place(text, "Marsa")),
        mark(6, "CUE", place(text, "said")),
        mark(7, "CLAIM", place(text, "port said. “All"), by=BEN, hedge=True),
        mark(8, "QUANTITY", place(text, "=1+1 ")),
    )
    links = (link(11, "source", 2, 3), link(12, "cue", 2, 6), link(13, "claimed_by", 7, 4))
    first = AnnotatedDocument(
        text=text, title="Ports 🚢 reopen", id=key(21), sha256=text_hash(text), language="en",
        metadata={"publication": "The Marsa Herald", "published": "2016-11-02"},
        zones=(Zone(key(31), "HEADLINE", place(text, "Ports 🚢 reopen")),),
        annotations=marks, relations=links,
        labels=(DocumentLabel(key(41), "genre", "news", ANN.id),), statuses={ANN.id: "finished"},
    )  # fmt: skip
    spans = place(ARABIC, "الوزير"), place(ARABIC, "الممر مفتوح")
    second = AnnotatedDocument(
        text=ARABIC, title="الممر", id=key(22), sha256=text_hash(ARABIC), language="ar", direction="rtl",
        annotations=(mark(9, "PERSON", spans[0]), mark(10, "CLAIM", spans[1])),
        relations=(link(14, "claimed_by", 10, 9),),
    )  # fmt: skip
    return [first, second, AnnotatedDocument(text="Nothing here.", title="Nothing", id=key(23))]


def contents():
    scheme = Scheme(NEWS.name, NEWS.layers, NEWS.labels, NEWS.relations, NEWS.form)
    held = documents()
    return Contents("p" * 36, "Harbour", scheme, (ANN, BEN), (HADDAD,), lambda: iter(held), scheme_texts=scheme_texts)


def written(exporter, folder):
    """The files of an export with their bytes, by name; what is packed is unpacked."""
    out = Path(folder) / f"harbour{exporter.suffix}"
    report = exporter.export(contents(), out)
    if exporter.suffix == ".qdpx":
        with zipfile.ZipFile(out) as archive:
            return {name: archive.read(name) for name in archive.namelist()}, report
    if out.is_file():
        return {out.name: out.read_bytes()}, report
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*.*"))}, report


def main():
    import tempfile

    shutil.rmtree(FOLDER, ignore_errors=True)
    for exporter in [each for each in OTHERS if each.name not in BINARY]:
        with tempfile.TemporaryDirectory() as folder:
            files, _ = written(exporter, folder)
        for name, data in files.items():
            place = FOLDER / exporter.name / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


if __name__ == "__main__":
    main()
