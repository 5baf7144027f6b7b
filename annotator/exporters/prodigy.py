"""Prodigy's JSON Lines: tokens, spans and relations between spans."""

from __future__ import annotations

import zlib
from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses, without
from annotator.exporters.json_lines import Json, facts, line, lines, see_quote
from annotator.exporters.proving import Part, export_file
from annotator.exporters.spaced_tokens import spaced_tokens


class ProdigyExporter(PlainExporter):
    """A task a line, accepted; tokens are cut where a mark begins or ends."""

    name = "prodigy"
    title = "Prodigy, JSON Lines"
    suffix = ".jsonl"
    carries = Carries(nested=True, crossing=True, links=True, facts=True)
    unit = "code points and tokens"
    loses = loses(carries)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        return export_file(contents, out, self.carries, _part, _read, progress)


def _part(document: AnnotatedDocument, ledger: Ledger) -> Part:
    text = document.text
    blank = [mark.id for mark in document.annotations if not text[mark.start : mark.end].strip()]
    document = without(document, "marks of white space", blank, ledger)
    written = spaced_tokens(document)
    starts = {token["start"]: token["id"] for token in written}
    ends = {token["end"]: token["id"] for token in written}
    spans = {}
    for mark in document.annotations:
        spans[mark.id] = {
            "start": mark.start,
            "end": mark.end,
            "token_start": starts[mark.start],
            "token_end": ends[mark.end],
            "label": mark.label.name,
            "id": mark.id,
            "text": text[mark.start : mark.end],
        }
    relations = []
    for link in document.relations:
        head, child = spans[link.source], spans[link.target]
        ends_ = {"head": head["token_end"], "child": child["token_end"], "head_span": head, "child_span": child}
        relations.append(ends_ | {"label": link.type.name, "id": link.id})
    meta = facts(document)
    key = zlib.crc32(text.encode())
    task: Json = {"text": text, "meta": meta, "_input_hash": key, "_task_hash": key, "tokens": written}
    task |= {"spans": list(spans.values()), "relations": relations, "answer": "accept"}
    held = (
        text,
        tuple((mark.id, mark.start, mark.end, mark.label.name) for mark in document.annotations),
        tuple((link.source, link.target, link.type.name, link.id) for link in document.relations),
        tuple(meta.items()),
    )
    return Part(line(task), held, len(spans), len(relations))


def _read(path: Path) -> Iterator[Hashable]:
    for found in lines(path):
        text, known = found["text"], found["tokens"]
        if "".join(token["text"] + " " * token["ws"] for token in known) != text:
            raise ValueError("the tokens are not the text")
        spans = []
        for span in found["spans"]:
            see_quote(text, span["start"], span["end"], span["text"])
            first, last = known[span["token_start"]], known[span["token_end"]]
            if (first["start"], last["end"]) != (span["start"], span["end"]):
                raise ValueError("a span is not that of its tokens")
            spans.append((span["id"], span["start"], span["end"], span["label"]))
        links = [(r["head_span"]["id"], r["child_span"]["id"], r["label"], r["id"]) for r in found["relations"]]
        yield text, tuple(spans), tuple(links), tuple(found["meta"].items())
