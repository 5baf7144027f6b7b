"""How much there is of everything. Nothing here reads the texts, which are most of a large project."""

from __future__ import annotations

from collections import Counter
from typing import Any

from annotator.store.reading import Reader


def statistics(reader: Reader) -> dict[str, Any]:
    """The counts that `annotator stats` gives."""
    labels: Counter[str] = Counter()  # layers may have labels of the same name
    layers: Counter[str] = Counter()
    people: Counter[str] = Counter()
    discontinuous = 0
    known = {label.id: label for label in reader.scheme.labels}
    names = {annotator.id: annotator.name for annotator in reader.annotators()}
    sql = "SELECT label, annotator, count(*), count(fragments) FROM annotations GROUP BY label, annotator"
    for key, annotator, count, of_pieces in reader.rows(sql):
        people[names[annotator]] += count
        discontinuous += of_pieces
        if (label := known.get(key)) is not None:
            labels[label.name] += count
            layers[label.layer] += count
    return {
        "documents": reader.document_count(),
        "characters": reader.character_count(),
        "annotations": labels.total(),
        "relations": _count(reader, "SELECT count(*) FROM relations"),
        "discontinuous": discontinuous,
        "by_label": _in_order(labels, [label.name for label in known.values()]),
        "by_layer": _in_order(layers, [label.layer for label in known.values()]),
        "by_annotator": _in_order(people, list(names.values())),
        "by_status": _by_status(reader),
    }


def _in_order(counts: Counter[str], names: list[str]) -> dict[str, int]:
    """The counts in the order of `names`."""
    return {name: counts[name] for name in dict.fromkeys(names) if name in counts}


def _by_status(reader: Reader) -> dict[str, int]:
    """How far documents are, each counted once, as far as the annotator who is furthest with it."""
    furthest = """
        SELECT max(CASE status WHEN 'finished' THEN 2 WHEN 'in_progress' THEN 1 ELSE 0 END) AS progress
        FROM statuses GROUP BY document"""
    found = dict(reader.rows(f"SELECT progress, count(*) FROM ({furthest}) GROUP BY progress"))
    found[0] = found.get(0, 0) + reader.document_count() - sum(found.values())  # nobody has said a word of these
    names = ("new", "in_progress", "finished")
    return {names[progress]: count for progress, count in sorted(found.items()) if count}


def _count(reader: Reader, sql: str) -> int:
    ((count,),) = reader.rows(sql)
    return int(count)
