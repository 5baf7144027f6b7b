"""PDFs of articles with their marks: the words stand on the pages, in order; nothing is fetched or read as markup."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from annotator import cli
from annotator.core.annotation import AnnotatedDocument, Annotation, Zone
from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.exporters.contents import contents_of
from annotator.exporters.page import pdf as module
from annotator.exporters.page.pdf import PdfExporter
from annotator.gui.jobs import Job
from annotator.gui.printing.pages import print_pages
from annotator.store.project import Project
from annotator.templates import template
from tests.exporters.references import contents, mark
from tests.exporters.test_other_programs import contents as project_of
from tests.exporters.test_other_programs import unlike
from tests.exporters.test_round_trip import documents
from tests.test_manual import ROOT

WORDS = ("harbour", "council", "corridor", "ministry", "fishermen", "convoy", "minister", "strike", "pause", "net")
LONG = "\n\n".join(" ".join(f"{WORDS[(n * k) % 10]}{n}x{k}" for k in range(1, 60)) for n in range(1, 30))


def printed(path, documents=None, progress=None, **options):
    made = replace(contents(), print_pages=print_pages, options=options)
    if documents is not None:
        made = replace(made, documents=lambda: iter(documents))
    return PdfExporter().export(made, path, progress)


def texts(path):
    """The text of each page, its ligatures taken apart and its white space single."""
    return [" ".join(unicodedata.normalize("NFKC", page.extract_text()).split()) for page in PdfReader(path).pages]


def test_the_words_stand_on_the_pages_in_order(qapp, tmp_path):
    report = printed(tmp_path / "a.pdf", [AnnotatedDocument(text=LONG, title="Long", id="d")])
    assert report.verified and report.documents == 1
    pages = texts(tmp_path / "a.pdf")
    assert len(pages) > 4
    found = [word for page in pages[1:] for word in page.split() if re.fullmatch(r"[a-z]+\d+x\d+", word)]
    assert found == LONG.split()
    assert all(page.startswith(f"{number} ") or f" {number} " in page for number, page in enumerate(pages, 1))
    assert all("Harbour" in page and "Long" in page for page in pages[2:])  # the running head


def test_each_article_has_its_marks_and_what_is_said_of_them(qapp, tmp_path):
    report = printed(tmp_path / "a.pdf")
    assert (report.verified, report.documents, report.annotations, report.relations) == (True, 3, 10, 4)
    assert [(loss.what, loss.count) for loss in report.lost] == [("zones", 1)]
    front, first, second, third = texts(tmp_path / "a.pdf")
    assert "3 articles with 10 marks, by Ann" in front and "QUOTE 1" in front and "Nothing" in front
    for words in ("QUOTE 2", "PERSON 4", "CLAIM 6", "“It stays open,”", "Salim Haddad", "→ source 3", "← source 2",
                  "Haddad, Salim", "a note of two lines", "publication The Marsa Herald"):  # fmt: skip
        assert words in first, words
    assert "Nothing here." in third
    arabic = {letter for letter in second if unicodedata.bidirectional(letter) == "AL"}
    assert set("وقالزيرنممفتح") <= arabic  # shaped, and as letters again


def test_arabic_runs_from_the_right(qapp, tmp_path):
    """The person stands before the claim in the text: on the page, to the right of it."""
    printed(tmp_path / "a.pdf", list="no")
    places = {}

    def seen(text, transformation, matrix, *_):
        for name in ("PERSON", "CLAIM"):
            if name in text:
                places[name] = matrix[4] * transformation[0] + transformation[4]

    PdfReader(tmp_path / "a.pdf").pages[2].extract_text(visitor_text=seen)
    assert places["PERSON"] > places["CLAIM"] > 595 / 2


def test_paper_names_and_lists_can_be_chosen(qapp, tmp_path):
    printed(tmp_path / "a.pdf")
    printed(tmp_path / "b.pdf", page="letter", labels="no", list="no", title="Of the coast")
    boxes = [PdfReader(tmp_path / name).pages[0].mediabox[2:] for name in ("a.pdf", "b.pdf")]
    sizes = [tuple(round(float(side)) for side in box) for box in boxes]
    assert sizes == [(595, 842), (612, 792)]
    front, first, *_ = texts(tmp_path / "b.pdf")
    assert (
        front.startswith("1 Of the coast") and "QUOTE 2" not in first and "→" not in first and "It stays open" in first
    )
    assert PdfReader(tmp_path / "b.pdf").metadata.title == "Of the coast"


def test_what_looks_like_markup_is_text_and_no_file_is_looked_for(qapp, tmp_path, monkeypatch):
    from PySide6.QtGui import QTextDocument

    asked = []
    monkeypatch.setattr(QTextDocument, "loadResource", lambda *args: asked.append(args))
    (tmp_path / "secret.png").write_bytes(b"not a picture")
    evil = f'<img src="{tmp_path}/secret.png"><b>bold</b> &amp; <a href="https://example.org">away</a>'
    document = AnnotatedDocument(text=evil, title=evil, id="d", metadata={"publication": evil},
                                 annotations=(mark(1, "CLAIM", Span(0, 4), note=evil, verdict=evil),))  # fmt: skip
    assert printed(tmp_path / "a.pdf", [document], title=evil).verified
    front, first = texts(tmp_path / "a.pdf")
    assert "<img" in front and first.count("<b>bold</b>") >= 3 and asked == []
    reader = PdfReader(tmp_path / "a.pdf")
    assert all(not page["/Annots"] and not list(page.images) for page in reader.pages)


def test_fonts_are_in_the_file(qapp, tmp_path):
    printed(tmp_path / "a.pdf")
    for page in PdfReader(tmp_path / "a.pdf").pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"].get_object()


def test_texts_of_every_shape_are_printed(qapp, tmp_path):
    shapes = ["x" * 9000, "\n\n\n", "a\u2028b\u2029c\r", "🚢" * 400, "قال " * 900 + "end", "\ufdd0\ufffc\u200f"]
    documents = [
        AnnotatedDocument(text=text, title="", id=str(n), zones=(Zone("z", "CAPTION", Span(0, 1)),),
                          annotations=(mark(1, "CLAIM", Span(0, len(text))), mark(2, "PERSON", Span(0, 1))))
        for n, text in enumerate(shapes)
    ]  # fmt: skip
    assert printed(tmp_path / "a.pdf", documents).verified
    assert "Article 2" in texts(tmp_path / "a.pdf")[0]


def test_an_export_that_is_broken_off_leaves_nothing(qapp, tmp_path):
    def stop(count):
        raise KnownError("The export was cancelled; no file was changed.")

    with pytest.raises(KnownError, match="was cancelled"):
        printed(tmp_path / "a.pdf", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_damaged_is_not_called_right(qapp, tmp_path, monkeypatch):
    def damaged(book, path):
        found = print_pages(book, path)
        path.write_bytes(path.read_bytes()[:900])
        return found

    report = PdfExporter().export(replace(contents(), print_pages=damaged), tmp_path / "a.pdf")
    assert not report.verified
    assert module._is_right(tmp_path / "a.pdf", module.Printed(4, (2, 3, 4)), 3) is False


def test_without_the_window_it_says_so(tmp_path):
    with pytest.raises(KnownError, match="Pages are drawn by the window"):
        PdfExporter().export(contents(), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_pages_are_drawn_on_another_thread_while_the_window_goes_on(qapp, qtbot, tmp_path):
    job = Job(lambda stop, progress: printed(tmp_path / "a.pdf", progress=progress))
    with qtbot.waitSignal(job.done, timeout=20_000) as done:
        job.start()
    assert done.args[0].verified and len(texts(tmp_path / "a.pdf")) == 4


def test_the_command_line_prints_with_what_the_window_gives_it(qapp, project_path, tmp_path, capsys):
    window = cli.Window(lambda project: 0, lambda *args: None, False, print_pages)
    assert (
        cli.main(["export", str(project_path), str(tmp_path / "a.pdf"), "--format", "pdf", "-o", "page=letter"], window)
        == 0
    )
    assert "Wrote 3 documents" in capsys.readouterr().out
    assert len(texts(tmp_path / "a.pdf")) >= 4
    assert (
        cli.main(["export", str(project_path), str(tmp_path / "b.pdf"), "--format", "pdf", "-o", "page=a9"], window)
        == 1
    )


@given(found=st.lists(documents(), max_size=3).map(unlike))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_project_holds_is_printed(qapp, found):
    made = replace(project_of(found), print_pages=print_pages)
    with tempfile.TemporaryDirectory() as folder:
        report = PdfExporter().export(made, Path(folder) / "a.pdf")
    assert report.verified and report.documents == len(found)
    assert report.annotations == sum(len(document.annotations) for document in found)


def test_the_program_itself_prints_without_a_display(project_path, tmp_path):
    bare = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    command = [
        sys.executable,
        "-m",
        "annotator",
        "export",
        project_path,
        tmp_path / "a.pdf",
        "--format",
        "pdf",
        "--json",
    ]
    done = subprocess.run(command, env=bare, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verified"] and len(texts(tmp_path / "a.pdf")) >= 4


def test_pseudonyms_are_printed_instead_of_names(qapp, tmp_path):
    text = "The minister said no to the harbour."
    with Project(template("news")) as project:
        project.work_as("Zuleikha-Canary")
        label = project.scheme.labels[0]
        said = Annotation("", label, (Span(4, 12),), {}, "", "", "manual", None, "", "")
        project.import_documents([AnnotatedDocument(text=text, title="Ferry", annotations=(said,))])
        for called, name in ((False, "Zuleikha-Canary"), (True, "A")):
            path = tmp_path / f"{called}.pdf"
            assert PdfExporter().export(contents_of(project, print_pages=print_pages, pseudonyms=called), path).verified
            assert name in " ".join(texts(path))
            assert ("Zuleikha" in " ".join(texts(path))) is not called
