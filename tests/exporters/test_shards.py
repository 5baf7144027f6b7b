"""Shards for engines: DuckDB reads and joins them, files end where they are full, and the manifest is right."""

import hashlib
import json
import re
import sys
from dataclasses import replace

import pytest

from annotator import resources
from annotator.core.errors import KnownError
from annotator.exporters import exporter_named
from annotator.exporters.placing import Split
from annotator.exporters.row_files import rows_of
from annotator.exporters.splitting import export_split
from tests.exporters.references import ARABIC, ENGLISH, contents
from tests.exporters.test_splitting import many, of

pytest.importorskip("pyarrow")
EXPORTER = exporter_named("shards")


def test_duckdb_counts_and_joins_by_the_hash(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    assert EXPORTER.export(contents(), tmp_path / "shards").verified
    for table in ("documents", "annotations", "relations"):
        duckdb.sql(f"CREATE OR REPLACE TEMP VIEW {table} AS FROM '{tmp_path}/shards/{table}-*.parquet'")
    assert duckdb.sql("SELECT count(*) FROM documents").fetchall() == [(3,)]
    found = duckdb.sql("""
        SELECT d.language, a.label, substring(d.text, a.start + 1, a."end" - a.start) = a.text, r.label
        FROM annotations a JOIN documents d USING (sha256) LEFT JOIN relations r ON r.source = a.id
        WHERE len(a.fragments) = 1 ORDER BY a.id, r.id
    """).fetchall()
    assert len(found) == 9 and all(right for _, _, right, _ in found)
    assert ("ar", "CLAIM", True, "claimed_by") in found
    quote = duckdb.sql("SELECT text, annotator_name FROM annotations WHERE len(fragments) = 2").fetchall()
    assert quote == [("“It stays open,” “All week.”", "Ann")]


def test_the_manifest_says_what_is_there(tmp_path):
    report = EXPORTER.export(contents(), tmp_path / "out")
    told = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert told["counts"] == {"documents": 3, "annotations": 10, "relations": 4}
    assert (report.documents, report.annotations, report.relations, report.lost) == (3, 10, 4, [])
    assert {file["name"] for file in told["files"]} == {path.name for path in (tmp_path / "out").glob("*.parquet")}
    for file in told["files"]:
        data = (tmp_path / "out" / file["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
        assert len(list(rows_of(tmp_path / "out" / file["name"]))) == file["rows"]
    assert [row["text"] for row in rows_of(tmp_path / "out" / "documents-00000.parquet")] == [
        ENGLISH, ARABIC, "Nothing here.",
    ]  # fmt: skip


def test_a_file_ends_where_it_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.exporters.row_files.GROUP", 1)
    monkeypatch.setattr("annotator.exporters.shards.MEGABYTE", 1_000)
    held = replace(of(many(200)), options={"size": "9"})
    report = EXPORTER.export(held, tmp_path / "out")
    files = sorted((tmp_path / "out").glob("documents-*.parquet"))
    assert report.verified and len(files) > 2
    assert all(9_000 <= file.stat().st_size < 40_000 for file in files[:-1])
    rows = [row["id"] for file in files for row in rows_of(file)]
    assert rows == [document.id for document in many(200)]


def test_an_empty_project_has_every_table_with_its_columns(tmp_path):
    assert EXPORTER.export(of([]), tmp_path / "out").verified
    duckdb = pytest.importorskip("duckdb")
    counted = duckdb.sql(f"SELECT count(label), count(fragments) FROM '{tmp_path}/out/annotations-*.parquet'")
    assert counted.fetchall() == [(0, 0)]


def test_shards_can_be_split(tmp_path):
    report = export_split(EXPORTER, of(many()), tmp_path / "out", Split())
    assert report.verified and report.split.parts == {"train": 24, "dev": 3, "test": 3}
    assert json.loads((tmp_path / "out" / "dev" / "manifest.json").read_bytes())["counts"]["documents"] == 3


def test_a_file_that_changed_is_not_called_right(tmp_path, monkeypatch):
    from annotator.exporters import proving

    compare = proving.Proof.compare

    def damaged(self, found):
        file = next(tmp_path.rglob("relations-*.parquet"))
        file.write_bytes(file.read_bytes() + b" ")
        compare(self, found)

    monkeypatch.setattr(proving.Proof, "compare", damaged)
    assert not EXPORTER.export(contents(), tmp_path / "out").verified


def test_without_pyarrow_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KnownError, match="need pyarrow"):
        EXPORTER.export(contents(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_lines_of_the_manual_for_duckdb_run(tmp_path, monkeypatch, capsys):
    pytest.importorskip("duckdb")
    EXPORTER.export(contents(), tmp_path / "shards")
    page = resources.path("manual/engines.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"## DuckDB\n.*?```python\n(.*?)```", page, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(lines, "engines.md", "exec"), {})
    assert re.search(r"The Marsa Herald │ CUE +│ +1", capsys.readouterr().out)
