"""How much there is of everything."""

from __future__ import annotations

from collections import Counter
from typing import Any

from annotator.store.reading import Reader


def statistics(reader: Reader) -> dict[str, Any]:
    """The counts that `annotator stats` gives."""
    scheme = reader.scheme
    by_label = dict(reader.rows("SELECT label, count(*) FROM annotations GROUP BY label"))
    named = {label: by_label[label.id] for label in scheme.labels if label.id in by_label}
    labels: Counter[str] = Counter()  # layers may have labels of the same name
    layers: Counter[str] = Counter()
    for label, count in named.items():
        labels[label.name] += count
        layers[label.layer] += count
    names = {annotator.id: annotator.name for annotator in reader.annotators()}
    by_annotator = reader.rows("SELECT annotator, count(*) FROM annotations GROUP BY annotator")
    people: Counter[str] = Counter()
    for key, count in by_annotator:
        people[names[key]] += count
    return {
        "documents": _count(reader, "SELECT count(*) FROM documents"),
        "characters": _count(reader, "SELECT coalesce(sum(length(text)), 0) FROM documents JOIN texts USING (number)"),
        "annotations": sum(named.values()),
        "relations": _count(reader, "SELECT count(*) FROM relations"),
        "discontinuous": _count(reader, "SELECT count(*) FROM annotations WHERE fragments IS NOT NULL"),
        "by_label": dict(labels),
        "by_layer": dict(layers),
        "by_annotator": dict(people),
        "by_status": _by_status(reader),
    }


def _by_status(reader: Reader) -> dict[str, int]:
    """How far documents are, each counted once, as far as the annotator who is furthest with it."""
    furthest = """
        SELECT max(CASE status WHEN 'finished' THEN 2 WHEN 'in_progress' THEN 1 ELSE 0 END) AS progress
        FROM documents LEFT JOIN statuses ON document = number GROUP BY number"""
    names = ("new", "in_progress", "finished")
    return {
        names[progress or 0]: count
        for progress, count in reader.rows(f"SELECT progress, count(*) FROM ({furthest}) GROUP BY progress")
    }


def _count(reader: Reader, sql: str) -> int:
    ((count,),) = reader.rows(sql)
    return int(count)
