"""What the preview says of a source: its kind, how sure that is, its counts, and what is wrong, in a few words."""

from __future__ import annotations

from pathlib import Path, PurePath

from annotator.core.column_mapping import KEPT, LEFT_OUT
from annotator.gui.texts import tr
from annotator.importers.previewing import Preview

CERTAIN, FAIRLY = 0.85, 0.45  # how sure an importer is, from 0 to 1


def kind_words(preview: Preview) -> str:
    """What a source was taken for."""
    if preview.format:
        return preview.title
    if not preview.looked_into:
        return tr("Not looked at yet")
    return tr("Archive with files") if preview.documents else tr("Not recognised")


def sureness_words(preview: Preview, chosen: bool) -> str:
    """How sure it is that a source is what it was taken for."""
    if chosen:
        return tr("as you chose")
    if preview.remembered:
        return tr("as you chose the last time")
    if not preview.format:
        return "" if not preview.looked_into or preview.documents else tr("no format fits")
    if preview.sureness >= CERTAIN:
        return tr("recognised for certain")
    if preview.sureness >= FAIRLY:
        return tr("recognised, fairly surely")
    return tr("a guess: nothing else fits better")


def count_words(preview: Preview) -> str:
    """How many articles were found, beside the number that the file gives itself."""
    if not preview.looked_into:
        return tr("not counted yet")
    found = tr("{count} articles", count=f"{preview.documents:,}") if preview.documents else tr("no articles")
    if not preview.whole:
        return tr("{count} articles and more", count=f"{preview.documents:,}")
    if preview.claimed is None:
        return found
    if preview.claimed == preview.documents:
        return tr("{found}, as the file says", found=found)
    return tr("{found}; the file says {claimed}", found=found, claimed=f"{preview.claimed:,}")


def trouble_words(preview: Preview) -> str:
    """What is wrong with a source; empty when nothing is."""
    said = []
    if preview.looked_into and not preview.documents and not preview.failures:
        said.append(tr("nothing would come in"))
    if preview.failures and not preview.documents:
        said.append(tr("cannot be read"))
    elif preview.failures:
        said.append(tr("{count} cannot be read", count=len(preview.failures)))
    if preview.suspects:
        said.append(tr("{count} look wrong", count=len(preview.suspects)))
    if not said and preview.whole and preview.claimed not in (None, preview.documents):
        said.append(tr("another number"))
    return tr(", ").join(said)


def name_of(preview: Preview) -> str:
    """A source’s name without its folders."""
    return PurePath(preview.source).name or preview.source


def place_of(preview: Preview) -> str:
    """Where a source lies, shorter where that is in the person’s own folder."""
    path = PurePath(preview.source)
    home = Path.home()
    return str(PurePath("~") / path.relative_to(home)) if path.is_relative_to(home) else preview.source


def row_words(preview: Preview) -> str:
    """All that the list says of a source, for a screen reader."""
    return tr(", ").join(filter(None, (name_of(preview), count_words(preview), trouble_words(preview))))


def target_words() -> dict[str, str]:
    """What a column or a field may be, in the order in which it is offered."""
    return {
        "title": tr("Title"),
        "text": tr("Text"),
        "date": tr("Date"),
        "time": tr("Time of day"),
        "publication": tr("Publication"),
        "author": tr("Author"),
        "section": tr("Section"),
        "page": tr("Page"),
        "edition": tr("Edition"),
        "subtitle": tr("Subtitle"),
        "caption": tr("Caption"),
        "language": tr("Language"),
        "uri": tr("Web address"),
        "record": tr("Record number"),
        "subject": tr("Subject"),
        "copyright": tr("Copyright"),
        KEPT: tr("Kept as it is"),
        LEFT_OUT: tr("Left out"),
    }
