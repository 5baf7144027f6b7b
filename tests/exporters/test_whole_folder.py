import pytest

from annotator.core.errors import KnownError
from annotator.exporters.whole_folder import whole_folder


def fill(out, name="a"):
    with whole_folder(out) as folder:
        (folder / name).write_text("new", encoding="utf-8")


def test_a_folder_appears_when_it_is_whole(tmp_path):
    out = tmp_path / "out"
    with whole_folder(out) as folder:
        (folder / "a").write_text("new", encoding="utf-8")
        assert not out.exists()
    assert [file.name for file in out.iterdir()] == ["a"] and [file.name for file in tmp_path.iterdir()] == ["out"]


def test_nothing_stays_of_one_that_failed(tmp_path):
    def fail():
        with whole_folder(tmp_path / "out") as folder:
            (folder / "a").write_text("half", encoding="utf-8")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_may_be_filled_and_no_other(tmp_path):
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out")
    with pytest.raises(KnownError, match=r"is not empty. It was left as it is; name a new one."):
        fill(tmp_path / "out", "b")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["a"]
    (tmp_path / "file").write_text("there", encoding="utf-8")
    with pytest.raises(KnownError, match="is a file, and this format needs a folder"):
        fill(tmp_path / "file")
    with pytest.raises(KnownError, match="There is no folder"):
        fill(tmp_path / "nowhere" / "out")


def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path, monkeypatch):
    def refuse(self, *rest, **more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    with pytest.raises(KnownError, match=r"the permission is missing\. Nothing was written"):
        fill(tmp_path / "out")
