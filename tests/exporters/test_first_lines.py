import pytest

from annotator.exporters import EXPORTERS, exporter_named
from annotator.exporters.contents import contents_of
from annotator.exporters.first_lines import FILES, WIDTH, Beginning, first_lines
from annotator.importers.walking import read_file
from annotator.sample import make_sample
from annotator.scheme_files.files import scheme_texts
from annotator.store.reading import Reader


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with Reader(make_sample(tmp_path_factory.mktemp("sample") / "sample.annotator")) as reader:
        first = next(document.id for document in reader.annotated_documents() if document.annotations)
        yield contents_of(reader, first, read_back=read_file, scheme_texts=scheme_texts)


@pytest.mark.parametrize(
    "name", [exporter.name for exporter in EXPORTERS if exporter.name not in ("spacy-docbin", "pdf")]
)
def test_every_format_shows_how_it_begins(sample, name):
    found = first_lines(exporter_named(name), sample)
    assert found and len(found) <= FILES
    assert all(beginning.size > 0 for beginning in found)
    assert any(beginning.lines or beginning.lines is None for beginning in found)


def test_what_has_the_marks_stands_before_the_text(sample):
    names = [beginning.name for beginning in first_lines(exporter_named("brat"), sample)]
    assert names[0].endswith(".ann") and names[1].endswith(".txt")


def test_marks_are_seen_behind_a_long_text(sample):
    (beginning,) = first_lines(exporter_named("spacy"), sample)
    shown = "\n".join(beginning.lines)
    assert '"label": "GPE"' in shown and max(map(len, beginning.lines)) <= WIDTH
    assert shown.startswith('{\n  "text": "Harbour') and "…" in beginning.lines[1]


def test_a_file_that_is_no_text_is_told_by_its_size(sample):
    class Binary:
        name = title = "binary"
        suffix = ".bin"

        def export(self, contents, out, progress=None):
            out.write_bytes(bytes(range(256)))

    assert first_lines(Binary(), sample) == [Beginning("", 256, None)]
