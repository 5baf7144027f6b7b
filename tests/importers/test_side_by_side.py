import multiprocessing
import os
import time

import pytest

from annotator.importers import side_by_side
from annotator.importers.walking import items
from tests.importers.pages import LONG, body
from tests.importers.sources import documents, failures

COUNT = 30


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """More pages than are read one after the other, and among them what is no page."""
    monkeypatch.setattr(side_by_side, "WORTH_IT", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for number in range(COUNT):
        (tmp_path / f"{number:02}.html").write_bytes(body(f"<h1>Page {number}</h1><p>{LONG}</p>"))
    (tmp_path / "05b.txt").write_text("A pause\n\nText.")
    (tmp_path / "07b.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "09b.html").write_bytes(b"")
    return tmp_path


def helpers():
    return [child for child in multiprocessing.active_children() if child.is_alive()]


def alone(folder, monkeypatch):
    monkeypatch.setattr(side_by_side, "WORTH_IT", 1000)
    return list(items([folder]))


def test_helpers_give_what_one_process_gives_in_the_same_order(folder, monkeypatch):
    done = []
    found = list(items([folder], progress=lambda now, total: done.append((now, total))))
    assert found == alone(folder, monkeypatch)
    assert len(documents(found)) == COUNT + 1 and len(failures(found)) == 2
    assert done[-1][0] == done[-1][1] and done == sorted(done)


def test_an_import_that_is_broken_off_leaves_no_helper(folder):
    found = items([folder])
    next(found)
    assert helpers()
    found.close()
    until = time.monotonic() + 20
    while helpers() and time.monotonic() < until:
        time.sleep(0.05)
    assert not helpers()


def test_a_helper_that_is_ended_keeps_no_file_out(folder, monkeypatch):
    found = items([folder])
    first = next(found)
    for child in helpers():
        child.kill()
    assert [first, *found] == alone(folder, monkeypatch)


def test_where_helpers_cannot_be_had_the_files_are_read_here(folder, monkeypatch):
    monkeypatch.setattr(side_by_side, "_pool", lambda helpers: None)
    assert len(documents(items([folder]))) == COUNT + 1
