"""Pictures of what a person sees before an import, one for each kind of source."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from tests.importers.pages import article, page_record, warc
from tests.real_window.desk import ROOT
from tests.real_window.display import wait_for

if TYPE_CHECKING:
    from tests.real_window.pictures import Studio

FILES = ROOT / "tests" / "data" / "sources"
TITLE = "What the import would bring"
SHOWN = {
    "nexis": "nexis.docx",
    "factiva": "factiva_table.html",
    "proquest": "proquest.txt",
    "europresse": "europresse_newer.html",
    "patterns": "many.txt",
    "table": "table.csv",
    "agency": "agency.nitf",
    "feed": "feed.rss",
    "scan": "issue/mets.xml",
    "office": "letter.odt",
}  # the name of a picture, and what it is of


def take_sources(studio: Studio, folder: Path) -> None:
    """The preview of a file of each kind, in a new project in `folder`, which is made."""
    shutil.copytree(FILES, folder)
    studio.desk.project, studio.desk.title = folder / "Ferries.annotator", "Ferries — Annotator"
    studio.open(None)
    studio.desk.new_project()
    shown = {name: folder / file for name, file in SHOWN.items()}
    for name, path in (shown | _made(folder)).items():
        studio.display.keys(["alt+f"])
        studio.display.still()
        studio.display.keys(["v"])
        studio.desk.answer("Import with a preview", str(path))
        wait_for(lambda: studio.display.active_window() == TITLE, f"the preview of {path.name}; {studio.desk.said()}")
        studio.take(f"source-{name}", alone=True)
        studio.display.keys(["Escape"])
        wait_for(lambda: studio.display.active_window() == studio.desk.title, "the main window")
    studio.desk.quit()


def _made(folder: Path) -> dict[str, Path]:
    """Files that are made of other ones: a page, a web archive and a ZIP file."""
    make: dict[str, tuple[str, Callable[[Path], object]]] = {
        "web-page": ("ferry.html", lambda path: path.write_bytes(article())),
        "web-archive": ("ferries.warc.gz", lambda path: path.write_bytes(warc(*map(page_record, (1, 2, 3))))),
        "zip": ("downloads.zip", _zip),
    }
    for name, write in make.values():
        write(folder / name)
    return {kind: folder / name for kind, (name, _) in make.items()}


def _zip(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        for name in ("proquest.txt", "table.xlsx", "letter.pdf"):
            archive.write(FILES / name, name)
