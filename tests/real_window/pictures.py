"""Takes the pictures of the README and the manual: the program in a real window, on the sample archive.

`sh packaging/screenshots [FOLDER]` calls it. The fonts are named, so that machines that have them take the same
pictures; where one is missing, none is taken.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from annotator import resources
from annotator.core.annotation import AnnotatedDocument, RegistryEntry
from annotator.core.edits import Edits
from annotator.core.registry import added
from annotator.core.span import Span
from annotator.exporters import EXPORTERS
from annotator.sample import make_sample
from annotator.store.project import Project
from annotator.templates import template
from tests.real_window.desk import ROOT, Desk
from tests.real_window.display import Display, missing, wait_for
from tests.real_window.hands import Hands
from tests.real_window.source_pictures import take_sources

FONTS = ("Noto Serif", "Noto Naskh Arabic", "Inter")  # of the article, of its Arabic, of everything else
PICTURES = ROOT / "resources" / "manual" / "pictures"
LARGE, SMALL = (1440, 900), (1280, 720)
LIMIT = 300_000  # bytes
EXPORTED = "Harbour Coast.json"  # in place of a folder of this machine
TO_SPACY = next(row for row, exporter in enumerate(EXPORTERS) if exporter.name == "spacy")  # rows below the first
ANNOTATOR = "Amina"
SPLIT = "“Nobody will be boarded"  # a quote in two pieces, in the annotated article
CLAIM = "its crews had cut any nets"
CODED = ("Boats from Port Qasr may fish", "Nobody will be boarded")
ANSWERS = {
    "country": "MRS", "claimant": ["ministry"], "claimant_type": "government", "claimant_scope": "national",
    "form": "verbal", "position": "in_favour",
}  # fmt: skip
FAULTY = (
    ("QUOTE", "“There was one convoy. It was announced, it was counted and it carried ice,”"), ("PERSON", "Zeytuni "),
    ("PERSON", "Farid Zeytuni"), ("GPE", "Marsa."),
)  # fmt: skip  # marks with something amiss
QUOTED = {"quote": "direct"}
LABEL, ATTRIBUTE = "QUOTE", "attitude"
PICKED, WORD = "Interior Ministry", "Qasr"
ARABIC_QUOTE = ("«لن يُصعَد إلى قارب ولن يُقطَر قارب»", "«الممر يبقى مفتوحاً، وضبّاطي يحملون ذلك مكتوباً»")
ARABIC_MARKS = (("CUE", "قال"), ("SOURCE", "نائب الوزير سليم حداد"), ("ROLE", "نائب الوزير"), ("PERSON", "سليم حداد"))


class Studio:
    """The program on a screen, on a sample archive of its own."""

    def __init__(self, display: Display, folder: Path, out: Path) -> None:
        self.display, self._out = display, out
        self.desk = Desk(display, folder)
        self.desk.project = make_sample(folder / "archive" / "Harbour Coast.annotator")
        self.desk.title = "Sample archive — Annotator"
        self._mark_arabic()
        self.documents = self.desk.documents()

    def annotated(self) -> AnnotatedDocument:
        """The example of the archive."""
        return max(self.documents, key=lambda document: len(document.annotations))

    def arabic(self) -> AnnotatedDocument:
        """The same in Arabic."""
        return next(document for document in self.documents if document.language == "ar" and document.annotations)

    def open(self, document: AnnotatedDocument | None, theme: str = "light", **settings: str) -> None:
        """Start the program at a document, or on the welcome page."""
        project = str(self.desk.project.resolve())
        recent, places = ([project], {project: [document.id, 0]}) if document else ([], {})
        held = {"annotator": ANNOTATOR, "theme": theme, "family": FONTS[0], "recent": recent, "places": places}
        held |= settings
        kept = Path(self.desk.home["XDG_CONFIG_HOME"]) / "annotator" / "settings.json"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(held), encoding="utf-8")
        self.desk.open(title=self.desk.title if document else "Annotator")

    def choose(self, document: AnnotatedDocument, words: str) -> None:
        """Choose the innermost mark where `words` begin."""
        hands = Hands(self.display, document.text)
        hands.go(document.text.index(words))
        hands.press("Return", "F7")
        hands.flush()

    def take(self, name: str, *, alone: bool = False) -> None:
        """Take the picture when the screen has come to rest; `alone`: of the window in front only."""
        self.display.move_away()
        picture = self._out / f"{name}.png"
        seen = self.display.still(0.6)
        (seen.part(self.display.active_box()) if alone else seen).save(picture)
        size = picture.stat().st_size
        assert size < LIMIT, f"{picture.name} has {size:,} bytes, more than {LIMIT:,}"
        print(f"{picture.name}: {size:,} bytes")

    def _mark_arabic(self) -> None:
        """Mark a quote with its frame in the Arabic twin of the example."""
        with Project.open(self.desk.project) as project:
            project.work_as(ANNOTATOR)
            found = ((key, project.document(key).text) for key in project.document_ids())
            key, text = next((key, text) for key, text in found if ARABIC_QUOTE[0] in text)
            edits = Edits(key, project.scheme, project.annotator)
            labels = {label.name: label for label in project.scheme.labels}
            kinds = {kind.name: kind for kind in project.scheme.relations}
            first = text.index(ARABIC_QUOTE[0])
            pieces = [_span(text, piece, first) for piece in ARABIC_QUOTE]
            quote = edits.new_annotation(labels["QUOTE"], pieces, {"quote": "direct"})
            parts = [
                edits.new_annotation(labels[name], [_span(text, words, first)], {}) for name, words in ARABIC_MARKS
            ]
            links = [edits.new_relation(kinds[name], quote.id, parts[n].id) for n, name in enumerate(("cue", "source"))]
            project.apply(edits.add(quote, *parts, relations=links))


def _span(text: str, words: str, after: int) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def take_reading(studio: Studio, suffix: str) -> None:
    """The annotated article with its split quote chosen, light and dark, and its Arabic twin."""
    for theme in ("light", "dark"):
        studio.open(studio.annotated(), theme)
        studio.choose(studio.annotated(), SPLIT)
        studio.take(f"{theme}{suffix}")
        studio.desk.quit()
    studio.open(studio.arabic())
    studio.display.keys(["ctrl+bracketright"])
    studio.take(f"arabic{suffix}")
    studio.desk.quit()


def take_dialogs(studio: Studio) -> None:
    """The welcome page, a claim in a dense passage, preferences and the export dialog."""
    studio.open(None)
    studio.take("welcome")
    studio.desk.quit()
    studio.open(studio.annotated())
    studio.choose(studio.annotated(), CLAIM)
    studio.take("dense")
    studio.choose(studio.annotated(), SPLIT)
    studio.take("pieces")
    studio.display.keys(["Escape", "ctrl+comma"])
    _wait_for_dialog(studio, "Preferences")
    studio.take("preferences")
    _leave_dialog(studio)
    studio.display.keys(["ctrl+e"])
    _wait_for_dialog(studio, "Export JSON")
    studio.display.keys(["Tab", "ctrl+a"])
    studio.display.type(EXPORTED)
    studio.take("export")
    _leave_dialog(studio)
    studio.display.keys(["ctrl+shift+e"])
    _wait_for_dialog(studio, "Export for other programs")
    studio.display.keys(["Home"] + ["Down"] * TO_SPACY)
    studio.take("export-formats")
    _leave_dialog(studio)
    studio.desk.quit()


def take_finding(studio: Studio) -> None:
    """All links of a passage, the picker of labels at a selection, and the concordance of a word."""
    studio.open(studio.annotated(), links="all")
    studio.choose(studio.annotated(), SPLIT)
    studio.display.keys(["Escape"])
    studio.take("links")
    hands = Hands(studio.display, studio.annotated().text)
    picked = _span(hands.text, PICKED, 0)
    hands.select(picked.start, picked.end)
    hands.press("ctrl+p")
    hands.flush()
    studio.take("picker")
    studio.display.keys(["Escape", "Escape", "ctrl+k"])
    _wait_for_dialog(studio, "Concordance")
    studio.display.type(WORD)
    studio.display.keys(["Return"])
    studio.take("concordance")
    _leave_dialog(studio)
    studio.desk.quit()


def take_scheme(studio: Studio) -> None:
    """The scheme editor on a label and on an attribute, and the dry run of a deletion."""
    studio.open(studio.annotated())
    studio.display.keys(["ctrl+shift+s"])
    _wait_for_dialog(studio, "Scheme")
    _find_in_scheme(studio, LABEL)
    studio.take("scheme-editor")
    studio.display.keys(["Delete"])
    studio.take("scheme-dry-run")
    studio.display.keys(["Escape"])
    _find_in_scheme(studio, ATTRIBUTE)
    studio.take("scheme-attribute")
    _leave_dialog(studio)
    studio.desk.quit()


def _find_in_scheme(studio: Studio, words: str) -> None:
    """Go to the first thing of the scheme that is called so, with the whole scheme in view again."""
    studio.display.keys(["ctrl+f", "ctrl+a"])
    studio.display.type(words)
    studio.display.keys(["Down", "Home", "Down", "ctrl+f", "ctrl+a", "BackSpace", "Down"])


def take_problems(studio: Studio) -> None:
    """The problems of an article beside it, and the guideline of a label."""
    document = next(document for document in studio.documents if FAULTY[0][1] in document.text)
    with Project.open(studio.desk.project) as project:
        project.work_as(ANNOTATOR)
        labels = {label.name: label for label in project.scheme.labels}
        edits = Edits(document.id, project.scheme, project.annotator)
        spans = [(name, _span(document.text, words, 0)) for name, words in FAULTY]
        made = [edits.new_annotation(labels[name], [span], QUOTED if name == "QUOTE" else {}) for name, span in spans]
        project.apply(edits.add(*made))
    studio.open(document)
    studio.choose(document, FAULTY[0][1])
    studio.display.keys(["ctrl+4", "F7"])
    studio.take("problems")
    studio.display.keys(["ctrl+5", "F7"])
    studio.take("guideline")
    studio.desk.quit()


def take_statements(studio: Studio, project: Path) -> None:
    """A claim with its form, the registry at who made it, and the schemes that a new project may begin with."""
    sample = studio.annotated()
    with Project.create(project, template("political_claims"), "Harbour claims") as made:
        made.work_as(ANNOTATOR)
        made.import_documents([replace(sample, annotations=(), relations=(), labels=(), statuses={})])
        made.index_documents()
        _code_claims(made)
    kept = studio.desk.project, studio.desk.title
    studio.desk.project, studio.desk.title = project, "Harbour claims — Annotator"
    studio.open(sample)
    studio.choose(sample, CODED[0])
    studio.display.keys(["ctrl+m"])
    studio.take("form")
    studio.display.keys(["Escape", "ctrl+shift+r"])
    _wait_for_dialog(studio, "Registry")
    studio.display.keys(["Down", "alt+p"])
    studio.take("registry")
    _leave_dialog(studio)
    studio.display.keys(["ctrl+n"])
    _wait_for_dialog(studio, "New project")
    studio.display.keys(["ctrl+a"])
    studio.display.type("Harbour claims, second round.annotator")
    studio.display.keys(["Tab", "Tab"])
    studio.display.type("Political c")
    studio.take("new-project")
    _leave_dialog(studio)
    studio.desk.quit()
    studio.desk.project, studio.desk.title = kept


def _code_claims(project: Project) -> None:
    """Two claims of a ministry, and who it is."""
    ministry = RegistryEntry(
        "ministry",
        "organisation",
        "Interior Ministry",
        ("the ministry",),
        {"seat": "Marsa"},
        "The claims of its head too.",
    )
    project.apply(added(ministry))
    (key,) = project.document_ids()
    text = project.document(key).text
    label = next(label for label in project.scheme.labels if label.name == "CLAIM")
    edits = Edits(key, project.scheme, project.annotator)
    for words in CODED:
        project.apply(edits.add(edits.new_annotation(label, [_span(text, words, 0)], ANSWERS)))


def take_looks(studio: Studio) -> None:
    """The window in Arabic, mirrored, and in high contrast."""
    studio.open(studio.arabic(), language="ar")
    studio.display.keys(["ctrl+bracketright"])
    studio.take("arabic-window")
    studio.desk.quit()
    studio.open(studio.annotated(), "contrast")
    studio.choose(studio.annotated(), SPLIT)
    studio.take("contrast")
    studio.desk.quit()


def take_import(studio: Studio, pages: Path) -> None:
    """What the window says when the archive has come into a new project."""
    pages.mkdir()
    for page in resources.path("sample").glob("*.txt"):
        shutil.copy(page, pages)
    studio.desk.project, studio.desk.title = pages.with_name("Harbour.annotator"), "Harbour — Annotator"
    studio.open(None)
    studio.desk.new_project()
    studio.display.keys(["ctrl+shift+i"])
    studio.desk.answer("Import a folder", str(pages))
    _wait_for_dialog(studio, studio.desk.title)
    wait_for(lambda: len(studio.desk.documents()) >= len(studio.documents), "the articles in the project")
    studio.take("import")
    studio.desk.quit()


def _leave_dialog(studio: Studio) -> None:
    studio.display.keys(["Escape"])
    _wait_for_dialog(studio, studio.desk.title)


def _wait_for_dialog(studio: Studio, title: str) -> None:
    wait_for(lambda: studio.display.active_window() == title, f"the dialog “{title}”")


def main(arguments: Sequence[str]) -> int:
    """Take all pictures, to the folder that is named or to the manual's; 1 when this machine cannot."""
    out = Path(arguments[0]) if arguments else PICTURES
    absent = missing() or [font for font in FONTS if not _installed(font)]
    if absent:
        print(f"No picture was taken: {', '.join(absent)} are not on this machine.", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for size, suffix in ((LARGE, ""), (SMALL, "-small")):
            place = Path(folder) / f"screen{suffix}"
            with Display(place / "display", *size, bare=True) as display:
                studio = Studio(display, place, out)
                try:
                    take_reading(studio, suffix)
                    if size == SMALL:
                        take_dialogs(studio)
                        take_finding(studio)
                        take_scheme(studio)
                        take_problems(studio)
                        take_statements(studio, place / "archive" / "Harbour claims.annotator")
                        take_looks(studio)
                        take_import(studio, place / "pages")
                        take_sources(studio, Path(studio.desk.home["HOME"]) / "Downloads")
                finally:
                    studio.desk.end()
    return 0


def _installed(font: str) -> bool:
    found = subprocess.run(["fc-list", font, "family"], capture_output=True, text=True, check=False).stdout
    return bool(found.strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
