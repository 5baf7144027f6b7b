import os
import socket
import threading
from io import BytesIO

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, Notice
from annotator.importers import text as plain_text
from annotator.importers.walking import items
from tests.importers.sources import documents, failures, notices

ARTICLE = "A pause is extended\n\nThe pause was extended on Friday."


def reasons(found):
    return {item.path: item.reason for item in found if isinstance(item, Failure)}


def one_reason(path, **more):
    (item,) = items([path], **more)
    assert isinstance(item, Failure) and item.path == str(path)
    return item.reason


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n\nText.")
    found = documents(items([tmp_path]))
    assert [document.metadata["path"] for document in found] == ["a/1.txt", "a/2.txt", "b.txt"]


def test_a_file_is_kept_under_its_name_and_titled_by_its_first_line(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("\n\n  " + "long " * 60 + "\n\nText.")
    (document,) = items([str(path)])
    assert document.metadata == {"path": "page.txt"}
    assert document.title == ("long " * 40).strip() and document.text == path.read_text()
    (zone,) = document.zones
    assert (zone.label, zone.span.start, zone.span.end) == ("BODY", 0, len(document.text))


BAD = {
    "empty.txt": (b"", "It is empty."),
    "blank.txt": (b" \n\n\t\n", "There is no text in it."),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "It is a picture, which this version does not read."),
    "report.pdf": (b"%PDF-1.4\n1 0 obj", "It is a damaged PDF file ("),
    "archive.zip": (b"PK\x03\x04 and no more", "It is a damaged ZIP archive ("),
    "page.html": (b"\n<!DOCTYPE html><html>", "There is no text to be seen on this page."),
    "other.xml": (b"<?xml version='1.0'?><other/>", "It is XML, which this version does not read."),
    "random.bin": (bytes(range(32)) * 20, "It is no text: byte 0x00 at offset 0 and others like it stand in no text."),
    "broken.txt": (
        "قال الوزير إن".encode() + b"\xff" + "الممر".encode(),
        "It is not UTF-8 (byte 0xff at offset 24 is wrong), nor any other encoding this program can tell for sure.",
    ),
    "list.json": (
        b'{"name": "x", "version": 2}',
        "It is JSON, but has neither “documents” nor a “text”: there is nothing",
    ),
    "project.annotator": (b"SQLite format 3\0" + bytes(84), "It is a database or a project of this program, which"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_document_gets_one_clear_sentence(tmp_path, name):
    data, sentence = BAD[name]
    (tmp_path / name).write_bytes(data)
    assert one_reason(tmp_path / name).startswith(sentence)


def test_one_bad_file_does_not_keep_the_others_out(tmp_path):
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text(ARTICLE)
    found = list(items([tmp_path]))
    assert len(failures(found)) == len(BAD) and len(documents(found)) == 1


def test_what_is_not_there(tmp_path):
    assert one_reason(tmp_path / "none.txt") == "There is no such file or folder."
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert one_reason(link) == "It is a link to something that is not there."
    assert reasons(items([tmp_path])) == {str(link): "It is a link to something that is not there."}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    try:
        assert set(reasons(items([tmp_path])).values()) == {
            "It may not be read: the permission is missing.",
            "The folder may not be read: the permission is missing.",
        }
    finally:
        (tmp_path / "b").chmod(0o700)


def test_permission_is_told_also_where_the_system_grants_all(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(ARTICLE)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert one_reason(tmp_path / "a.txt") == "It may not be read: the permission is missing."


def test_links_to_folders_are_told_and_not_followed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "a" / "page.txt").write_text(ARTICLE)
    found = list(items([tmp_path]))
    assert len(documents(found)) == 1
    assert notices(found) == [
        f"{tmp_path / 'a' / 'back'} is a link to a folder and was not followed. Name that folder itself to import it."
    ]


def test_links_to_files_are(tmp_path):
    (tmp_path / "page.txt").write_text(ARTICLE)
    (tmp_path / "link.txt").symlink_to(tmp_path / "page.txt")
    assert len(documents(items([tmp_path / "link.txt"]))) == 1


def test_devices_pipes_and_sockets_in_a_folder_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert set(reasons(items([tmp_path])).values()) == {
            "It is no file that can be read, but a device, a pipe or a socket."
        }


def test_a_pipe_that_is_named_is_read(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(ARTICLE,))
    writer.start()
    (document,) = items([pipe])
    writer.join()
    assert document.text == ARTICLE


@pytest.mark.parametrize(
    "data", [ARTICLE.encode(), b'{"text": "One."}\n{"text": "Two."}\n', b'{"documents": [{"text": "One."}]}']
)
def test_standard_input_is_recognised_too(data):
    found = list(items(["-"], standard_input=BytesIO(data)))
    assert documents(found) and not failures(found)
    assert documents(found)[0].metadata.get("path", "") == ""


def test_a_named_format_is_taken_at_its_word(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"documents": []}')
    (document,) = items([path], "text")
    assert document.text == '{"documents": []}'
    assert "not built like an archive page" in one_reason(path, format="archive-page")
    with pytest.raises(
        KnownError, match=r"There is no import format “docy”. There are: archive-page, json, jsonl, .*, text"
    ):
        items([path], "docy")


def test_content_decides_not_the_suffix(tmp_path):
    (tmp_path / "a.txt").write_text('{"text": "One."}\n{"text": "Two."}\n')
    (tmp_path / "b.json").write_text('{"text": "Three."}\n{"text": "Four."}\n')
    (tmp_path / "c.jsonl").write_text('{\n "documents": [{"text": "Five."}]\n}')
    (tmp_path / "d.jsonl").write_text(ARTICLE)
    assert [item.text for item in items([tmp_path]) if not hasattr(item, "scheme")] == [
        "One.", "Two.", "Three.", "Four.", "Five.", ARTICLE,
    ]  # fmt: skip


def test_an_old_encoding_and_broken_characters_are_told(tmp_path):
    (tmp_path / "a.txt").write_bytes("The “pause” – extended.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(b"\0" + ARTICLE.encode() * 10)
    found = list(items([tmp_path]))
    assert notices(found) == [
        f"{tmp_path / 'a.txt'} is not UTF-8: it was read as windows-1252.",
        f"In {tmp_path / 'b.txt'}, 1 NUL or broken characters became U+FFFD.",
    ]
    assert documents(found)[1].text.startswith("\ufffdA pause")


def test_a_file_that_is_too_large_for_one_text(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_text, "LIMIT", 2_000_000)
    (tmp_path / "a.txt").write_bytes(b"long " * 500_000)
    assert one_reason(tmp_path / "a.txt").startswith("It is larger than 2 MB, the most that one text may have.")


def test_progress_ends_at_the_whole(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(ARTICLE)
    (tmp_path / "more.jsonl").write_text('{"text": "One."}\n' * 40)
    seen = []
    found = list(items([tmp_path], progress=lambda done, total: seen.append((done, total))))
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert len(documents(found)) == 43 and seen[-1] == (total, total)
    assert seen == sorted(seen) and {whole for _, whole in seen} == {total}


def test_arabic_reads_from_the_right(tmp_path):
    (tmp_path / "a.txt").write_text("قال الوزير إن الممر البحري سيبقى مفتوحا.")
    (document,) = items([tmp_path])
    assert (document.language, document.direction) == ("ar", "rtl")
    assert isinstance(document, AnnotatedDocument) and not isinstance(document, Notice)


@pytest.mark.skipif(os.name == "nt", reason="names are bytes here alone")
def test_a_name_that_is_no_text_is_shown_as_far_as_it_is_one(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"), "wb") as file:
        file.write(b"The ferry left.")
    with open(os.path.join(os.fsencode(tmp_path), b"nothing\xff.txt"), "wb"):
        pass
    failure, document = sorted(items([tmp_path]), key=lambda item: isinstance(item, AnnotatedDocument))
    assert document.metadata["path"] == "caf\ufffd.txt" and failure.path == f"{tmp_path}/nothing\ufffd.txt"
