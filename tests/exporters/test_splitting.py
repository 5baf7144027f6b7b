"""Exports in parts: every format, whole or not at all, the same again, and written down."""

import json
from dataclasses import replace

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.ids import text_hash
from annotator.exporters import EXPORTERS, OWN, exporter_named
from annotator.exporters.base import Loss
from annotator.exporters.placing import Split
from annotator.exporters.split_file import read_split
from annotator.exporters.splitting import export_split, plan_split
from annotator.importers.walking import read_file
from tests.exporters.references import OTHERS, contents, key

NAMES = ("train", "dev", "test")
WIRE = "The ferry to Marsa sails again on Tuesday, the harbour council said after a long night of talks with the crews."


def _words(number):
    return " ".join(f"w{number}x{place}" for place in range(20))


def many(count=30):
    """Articles of two papers on several days; every sixth is a copy of one wire story."""
    for number in range(count):
        text = f"{WIRE} No {number}." if number % 6 == 0 else f"Article {number}: {_words(number)}"
        yield AnnotatedDocument(
            text=text, title=f"No {number}", id=key(number), sha256=text_hash(text),
            metadata={"publication": f"Paper {number % 3}", "published": f"2016-10-{number + 1:02}T08:00Z"},
        )  # fmt: skip


def of(documents, **more):
    held = list(documents)
    return replace(contents(), documents=lambda: iter(held), read_back=read_file, **more)


@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
def test_every_format_can_be_split(exporter, tmp_path):
    whole = exporter.export(replace(contents(), read_back=read_file), tmp_path / f"whole{exporter.suffix}")
    report = export_split(
        exporter, replace(contents(), read_back=read_file), tmp_path / "out", Split(fractions=(1, 1, 1))
    )
    assert report.verified and report.split.parts == {"train": 1, "dev": 1, "test": 1}
    assert (report.documents, report.annotations, report.relations) == (
        whole.documents, whole.annotations, whole.relations,
    )  # fmt: skip
    assert {(loss.what, loss.count) for loss in report.lost if loss.what != "names of annotators"} == {
        (loss.what, loss.count) for loss in whole.lost if loss.what != "names of annotators"
    }
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert "split.json" in there
    assert exporter.writes_parts or there == {
        "split.json",
        *(f"{p}{exporter.suffix}" for p in ("train", "dev", "test")),
    }


@pytest.mark.parametrize("exporter", OWN, ids=lambda each: each.name)
def test_the_programs_own_formats_can_be_split(exporter, tmp_path):
    report = export_split(exporter, of(many()), tmp_path / "out", Split())
    assert report.verified and (report.documents, report.split.parts) == (30, {"train": 24, "dev": 3, "test": 3})
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "split.json",
        *(f"{part}{exporter.suffix}" for part in NAMES),
    }


def lines(folder, part):
    return [json.loads(line) for line in (folder / f"{part}.jsonl").read_bytes().splitlines()]


def test_copies_are_on_one_side_and_the_file_says_where(tmp_path):
    report = export_split(exporter_named("jsonl"), of(many()), tmp_path / "out", Split(seed=3))
    told = json.loads((tmp_path / "out" / "split.json").read_bytes())
    where = {row["sha256"]: row["part"] for row in told["documents"]}
    assert {part: len(lines(tmp_path / "out", part)) for part in NAMES} == report.split.parts
    for part in NAMES:
        assert all(where[each["sha256"]] == part for each in lines(tmp_path / "out", part))
    (group,) = told["near_duplicates"]["groups"]
    assert len(group) == report.split.largest == 5
    assert len({row["part"] for row in told["documents"] if row["id"] in group}) == 1
    assert told["counts"] == report.split.parts and told["by"] == "document" and told["seed"] == 3
    assert report.to_json()["split"]["parts"] == report.split.parts


def test_without_looking_for_copies_there_are_none(tmp_path):
    report = export_split(exporter_named("jsonl"), of(many()), tmp_path / "out", Split(near_duplicates=False))
    assert (report.split.groups, report.split.near_duplicates) == (0, 0) and report.split.parts["train"] == 24


@pytest.mark.parametrize("way", ["document", "source", "date"])
def test_the_same_seed_gives_the_same_files(way, tmp_path):
    found = list(many())
    for name, order in (("one", found), ("two", found[::-1])):
        export_split(exporter_named("jsonl"), of(order), tmp_path / name, Split(way, seed=5))
    assert (tmp_path / "one" / "split.json").read_bytes() == (tmp_path / "two" / "split.json").read_bytes()
    for part in NAMES:
        one, two = (sorted(map(str, lines(tmp_path / name, part))) for name in ("one", "two"))
        assert one == two


def test_by_source_and_by_date_it_is_the_metadata_that_counts():
    by_date = plan_split(of(many()), Split("date", near_duplicates=False)).placed
    assert by_date.dates == ("2016-10-25", "2016-10-28") and by_date.unknown == 0
    by_source = plan_split(of(many()), Split("source", near_duplicates=False))
    assert sorted(by_source.counts().parts.values()) == [10, 10, 10]


def test_a_split_can_be_repeated_with_more_documents(tmp_path):
    export_split(exporter_named("jsonl"), of(many(24)), tmp_path / "one", Split("source", seed=9))
    again = read_split(tmp_path / "one" / "split.json")
    export_split(exporter_named("spacy"), of(many(30)), tmp_path / "two", again)
    first, second = (read_split(tmp_path / name / "split.json") for name in ("one", "two"))
    assert first.earlier.items() < second.earlier.items() and len(second.earlier) == 30
    assert (second.by, second.seed, second.fractions) == ("source", 9, (80, 10, 10))


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'"by": "chance"', b'"part":"shelf"', b'"version": 2', b"\xff"])
def test_a_file_that_is_no_split_is_refused(damage, tmp_path):
    export_split(exporter_named("jsonl"), of(many(5)), tmp_path / "out", Split())
    file = tmp_path / "out" / "split.json"
    for right in (b'"by": "document"', b'"part":"train"', b'"version": 1'):
        if damage and damage.split(b":")[0] == right.split(b":")[0]:
            file.write_bytes(file.read_bytes().replace(right, damage, 1))
            break
    else:
        file.write_bytes(damage)
    with pytest.raises(KnownError, match=r"no split\.json of this program"):
        read_split(file)
    with pytest.raises(KnownError, match="cannot be read"):
        read_split(tmp_path / "nowhere.json")


def test_nothing_is_left_where_it_breaks_off(tmp_path):
    told = []

    def progress(done):
        told.append(done)
        if done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_split(exporter_named("jsonl"), of(many()), tmp_path / "out", Split(), progress)
    assert list(tmp_path.iterdir()) == [] and told == sorted(told)


def test_a_part_that_reads_back_wrong_is_not_verified(tmp_path):
    held = replace(of(many()), read_back=lambda path, name: list(read_file(path, name))[:3])
    report = export_split(exporter_named("jsonl"), held, tmp_path / "out", Split())
    assert not report.verified


def test_what_was_lost_before_is_told_once(tmp_path):
    loss = Loss("links to the marks of other annotators", 2, ("a", "b"))
    report = export_split(exporter_named("jsonl"), of(many(), lost=(loss,)), tmp_path / "out", Split())
    assert report.lost == [loss]


def test_a_folder_that_is_not_empty_stays(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(KnownError, match="is not empty"):
        export_split(exporter_named("brat"), of(many()), tmp_path / "out", Split())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_every_exporter_says_whether_it_writes_parts():
    assert all(isinstance(each.writes_parts, bool) for each in EXPORTERS)
