"""Makes the small project file of the current version: `python -m tests.data.projects`, once for each version."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

from annotator import resources
from annotator.core.annotation import AnnotatedDocument, DocumentLabel, Occurrence, RegistryEntry, Zone
from annotator.core.edits import Edits
from annotator.core.imports import Header
from annotator.core.raw_page import RawPage
from annotator.core.scheme_json import scheme_from_json
from annotator.core.span import Span
from annotator.store.project import SCHEMA_VERSION, Project

ENGLISH = (
    "Ferry talks resume\n\nMARSA, (AP) – “The ferry sails again,” Rana Haddar told reporters on Tuesday, “and it sails"
    " on time.”\n\nThe harbour master did not comment."
)
ARABIC = "محادثات العبّارة\n\nقال الوزير إنّ المحادثات سوف تُستأنف سنة ١٩٧١."


def main() -> None:
    """Make the file beside this one; refuses to replace what was released."""
    os.environ["LOGNAME"] = "ana"  # whoever makes it, the file does not say so
    path = Path(__file__).with_name(f"v{SCHEMA_VERSION}.annotator")
    scheme = scheme_from_json(json.loads(resources.path("schemes/news.json").read_text(encoding="utf-8")))
    with Project.create(path, scheme, "Ferry") as project:
        project.work_as("ana")
        project.import_documents([Header(registry=(RegistryEntry("e1", "person", "Rana Haddar", ("R. Haddar",)),))])
        project.import_documents(_documents())
        project.index_documents()
        _work(project)
    connection = sqlite3.connect(path)
    for statement in ("journal_mode = DELETE", "page_size = 1024"):  # small pages make the file a third as large
        connection.execute(f"PRAGMA {statement}")
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def _documents() -> list[AnnotatedDocument]:
    return [
        AnnotatedDocument(
            ENGLISH,
            "Ferry talks resume",
            language="en",
            metadata={"publication": "Marsa Herald", "published": "2005-11-22", "author": "Dina Marwani"},
            zones=(Zone("", "HEADLINE", Span(0, 18)), Zone("", "BODY", Span(20, len(ENGLISH)))),
            labels=(DocumentLabel("", "genre", "wire", ""),),
            occurrences=(Occurrence("http://marsa.example/1"), Occurrence("http://marsa.example/again", "b/2.txt")),
            raw=RawPage.of(f"<h1>Ferry talks resume</h1><p>{ENGLISH}</p>".encode(), encoding="utf-8"),
        ),
        AnnotatedDocument(ARABIC, "محادثات العبّارة", language="ar", direction="rtl"),
        AnnotatedDocument("🚢 The ferry, again.", "Ferry talks, again 🚢"),
    ]


def _work(project: Project) -> None:
    """What a person does: marks of every kind, links, a note, an attribute, a status, and one step taken back."""
    english, arabic, _ = project.document_ids()
    labels = {label.name: label for label in project.scheme.labels}
    kinds = {kind.name: kind for kind in project.scheme.relations}
    edits = Edits(english, project.scheme, project.annotator)
    made = {
        name: edits.new_annotation(labels[name], [_place(ENGLISH, words) for words in pieces])
        for name, pieces in {
            "QUOTE": ["“The ferry sails again,”", "“and it sails on time.”"],
            "SOURCE": ["Rana Haddar"],
            "CUE": ["told reporters"],
            "PERSON": ["Rana Haddar"],
            "DATE": ["Tuesday"],
        }.items()
    }
    quote = made["QUOTE"] = made["QUOTE"]._replace(attributes={"quote": "direct"})
    project.apply(edits.add(*made.values()))
    project.apply(edits.link(edits.new_relation(kinds["source"], quote.id, made["SOURCE"].id)))
    project.apply(edits.link(edits.new_relation(kinds["cue"], quote.id, made["CUE"].id)))
    project.apply(edits.set_note(quote, "two halves"))
    project.apply(edits.set_attribute(made["PERSON"], "entity", "e1"))
    other = Edits(arabic, project.scheme, project.annotator)
    project.apply(other.add(other.new_annotation(labels["ROLE"], [_place(ARABIC, "الوزير")])))
    project.apply(edits.set_status(None, "finished"))
    project.apply(other.add(other.new_annotation(labels["PERSON"], [_place(ARABIC, "المحادثات")])))
    project.undo()


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


if __name__ == "__main__":
    main()
