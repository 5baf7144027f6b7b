import errno
import os

import pytest

from annotator.core.errors import KnownError
from annotator.exporters import whole_file as module
from annotator.exporters.whole_file import whole_file


def write(out, data=b"new"):
    with whole_file(out) as file:
        file.stream.write(data)


def break_off(out, error):
    with whole_file(out) as file:
        file.stream.write(b"half")
        raise error


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_it_takes_its_place_when_it_is_whole(tmp_path):
    out = tmp_path / "a.json"
    with whole_file(out) as file:
        file.stream.write(b"new")
        assert not out.exists()
        file.finish()
        assert file.path.read_bytes() == b"new" and not out.exists()
    assert out.read_bytes() == b"new" and names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, KnownError])
def test_what_was_there_stays_when_something_goes_wrong(tmp_path, error):
    out = tmp_path / "a.json"
    out.write_bytes(b"old")
    with pytest.raises(error):
        break_off(out, error)
    assert out.read_bytes() == b"old" and names(tmp_path) == ["a.json"]


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    out = tmp_path / "a.json"
    out.write_bytes(b"old")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(KnownError) as caught:
        write(out)
    assert str(caught.value) == (
        f"The disk is full: {out} was not written. What was there before is as it was. Make room, then try again."
    )
    assert out.read_bytes() == b"old" and names(tmp_path) == ["a.json"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
def test_a_disk_that_is_full_in_the_middle(tmp_path, monkeypatch):
    real = module.Path.open
    monkeypatch.setattr(module.Path, "open", lambda path, mode: real(type(path)("/dev/full"), "wb"))
    with pytest.raises(KnownError, match="The disk is full"):
        write(tmp_path / "a.json", b"x" * 100_000)
    assert names(tmp_path) == []


def test_places_that_cannot_be_written(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for out, sentence in [
        (tmp_path / "folder", "is a folder. Nothing was written; name a file in it."),
        (tmp_path / "none" / "a.json", "There is no folder .*none. Nothing was written; make it first."),
        (tmp_path / "pipe", "is no file that can be replaced. Nothing was written; choose another name."),
        (tmp_path / ("x" * 300), "could not be written: File name too long. Nothing was written."),
    ]:
        with pytest.raises(KnownError, match=sentence):
            write(out)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(KnownError, match=r"may not be written: the permission is missing. Nothing was written."):
            write(tmp_path / "a.json")
    finally:
        tmp_path.chmod(0o700)


def test_a_project_is_never_replaced_by_an_export(tmp_path):
    out = tmp_path / "gulf.annotator"
    out.write_bytes(b"SQLite format 3\0" + bytes(84))
    with pytest.raises(KnownError, match=r"is a project or another database. It was left as it is"):
        write(out)
    assert len(out.read_bytes()) == 100


def test_links_and_permissions_stay(tmp_path):
    out, link = tmp_path / "a.json", tmp_path / "link.json"
    out.write_bytes(b"old")
    out.chmod(0o640)
    link.symlink_to(out)
    write(link)
    assert link.is_symlink() and out.read_bytes() == b"new" and out.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_that_new_files_have(tmp_path):
    (tmp_path / "usual").touch()
    write(tmp_path / "a.json")
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "usual").stat().st_mode
