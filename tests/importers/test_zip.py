import io
import zipfile
from pathlib import Path

import pytest

from annotator.importers import zip_members
from annotator.importers.walking import items
from tests.importers.sources import documents, failures

SOURCES = Path(__file__).parents[1] / "data" / "sources"


def archive(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


def test_an_archive_is_read_like_a_folder(tmp_path):
    inner = io.BytesIO()
    archive(inner, [("c.txt", "Third\n\nText.")])
    members = [
        *(
            ("b/2.txt", "Second\n\nText."),
            ("a.csv", "title,text\nFirst,Words of it\n"),
            ("inner.zip", inner.getvalue()),
        ),
        *(("__MACOSX/._a.csv", "x"), (".hidden", "x"), ("~$lock.docx", "x"), ("pic.png", b"\x89PNG\r\n\x1a\n\0\0")),
    ]
    found = list(items([archive(tmp_path / "all.zip", members)]))
    assert [each.title for each in documents(found)] == ["First", "Second", "Third"]
    assert [each.metadata["path"] for each in documents(found)] == [
        "all.zip/a.csv",
        "all.zip/b/2.txt",
        "all.zip/inner.zip/c.txt",
    ]
    assert failures(found) == ["It is a picture, which this version does not read."]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_lies_unpacked_in_an_archive_is_not_taken_for_the_archive(tmp_path, compression):
    members = [(name, (SOURCES / name).read_bytes()) for name in ("letter.docx", "proquest.txt", "table.xlsx")]
    apart = [each.title for name, _ in members for each in documents(items([SOURCES / name]))]
    found = list(items([archive(tmp_path / "x.zip", members, compression)]))
    assert [each.title for each in documents(found)] == apart
    assert not failures(found)


def test_a_named_format_reads_every_member(tmp_path):
    path = archive(tmp_path / "x.zip", [("a", "<p>One"), ("b", "Two")])
    assert [each.text for each in documents(items([path], "text"))] == ["<p>One", "Two"]


def test_names_that_would_leave_a_folder_are_only_names(tmp_path):
    path = archive(tmp_path / "x.zip", [("../../evil.txt", "Evil\n\nText."), ("C:\\evil.txt", "Worse\n\nText.")])
    assert len(documents(items([path]))) == 2
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["x.zip"]


def test_a_bomb_is_left_alone_and_the_rest_comes_in(tmp_path, monkeypatch):
    monkeypatch.setattr(zip_members, "_SMALL", 1000)
    path = archive(tmp_path / "x.zip", [("bomb.txt", b"\0" * 3_000_000), ("good.txt", "Good\n\nText.")])
    found = list(items([path]))
    assert [each.title for each in documents(found)] == ["Good"]
    assert failures(found) == ["It grows far beyond its size when it is unpacked: it was left alone."]


def test_archives_too_deep_within_each_other(tmp_path):
    data = b"Deep\n\nText."
    for number in range(4):
        out = io.BytesIO()
        archive(out, [(f"{number}.zip" if number else "a.txt", data)])
        data = out.getvalue()
    (tmp_path / "x.zip").write_bytes(data)
    assert "in an archive in an archive" in failures(items([tmp_path]))[0]


def test_what_is_locked_damaged_or_empty_is_told(tmp_path):
    assert failures(items([archive(tmp_path / "empty.zip", [])])) == ["It is a ZIP archive without files."]
    whole = archive(tmp_path / "x.zip", [("a.txt", "A\n\nText."), ("b.txt", "B\n\nText." * 50)]).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    assert "damaged ZIP archive" in failures(items([tmp_path / "cut.zip"]))[0]
    place = whole.index(b"b.txt") + 10
    (tmp_path / "bad.zip").write_bytes(whole[:place] + b"\xff\xff\xff" + whole[place + 3 :])
    found = list(items([tmp_path / "bad.zip"]))
    assert len(documents(found)) == 1 and "damaged in the archive" in failures(found)[0]
    locked = bytearray(whole)
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(start) + (6 if start.endswith(b"\x04") else 8)
        locked[at] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    assert "locked with a password" in failures(items([tmp_path / "locked.zip"]))[0]


@pytest.mark.parametrize("end", range(1, 200, 7))
def test_an_archive_cut_anywhere_is_a_sentence(tmp_path, end):
    whole = archive(tmp_path / "x.zip", [("a.txt", "A\n\nText.")]).read_bytes()
    (tmp_path / "x.zip").write_bytes(whole[: min(end, len(whole) - 1)])
    assert len(failures(items([tmp_path / "x.zip"]))) == 1 or end < 5
