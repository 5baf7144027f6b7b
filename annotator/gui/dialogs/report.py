"""What an import or an export did, in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.core.imports import ImportReport
from annotator.gui.texts import tr


def import_sentence(report: ImportReport) -> str:
    """What came in, in one sentence."""
    parts = []
    if report.joined:
        parts.append(tr("Joined with {count} articles of the project", count=f"{report.joined:,}"))
    if report.documents or not parts:
        parts.append(tr("{count} articles came in", count=f"{report.documents:,}"))
    if report.annotations:
        parts.append(tr("with {count} marks", count=f"{report.annotations:,}"))
    if report.duplicates:
        parts.append(tr("{count} were there already", count=f"{report.duplicates:,}"))
    if report.failed:
        parts.append(tr("{count} could not be read", count=f"{len(report.failed):,}"))
    if report.cancelled:
        parts.append(tr("the rest was cancelled"))
    sentence = f"{tr(', ').join(parts)}."
    return sentence if report.documents or report.joined or not report.warnings else f"{sentence} {report.warnings[0]}"


def export_sentence(report: Any) -> str:
    """What was written, in one sentence."""
    held = report.to_json()
    files = ", ".join(Path(file).name for file in held["files"])
    counts = (
        tr("{count} articles", count=f"{held['documents']:,}"),
        tr("{count} marks", count=f"{held['annotations']:,}"),
        tr("{count} links", count=f"{held['relations']:,}"),
    )
    words = tr("Written to {files}: {counts}", files=files, counts=tr(", ").join(counts))
    checked = tr("read back and found the same") if held["verified"] else tr("but reading it back gave something else")
    lost = (
        tr("; {count} things were left out", count=sum(item["count"] for item in held["lost"])) if held["lost"] else ""
    )
    return f"{words}; {checked}{lost}."
