"""The commands, as a script and as a person use them."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import __main__ as entry
from annotator import __version__, cli, resources
from annotator.core.annotation import AnnotatedDocument
from annotator.core.column_mapping import ColumnMapping
from annotator.core.import_settings import ImportSettings
from annotator.importers import IMPORTERS
from annotator.store.import_settings import keep_import_settings
from annotator.store.project import Project

ROOT = Path(__file__).parents[1]
ARTICLE = "A pause is extended\n\nThe pause at the harbour was extended on Friday."
MARKED = {
    "text": ARTICLE,
    "annotations": [
        {"label": "FAC", "start": 34, "end": 45, "text": "the harbour"},
        {"label": "DATE", "start": 62, "end": 68},
    ],
}


class Screen:
    """Stands in for the window, and remembers what was asked of it."""

    def __init__(self):
        self.opened, self.drawn, self.display, self.status = [], [], False, 0

    def run(self, project):
        self.opened.append(project)
        return self.status

    def draw(self, project, document, picture):
        self.drawn.append((project, document))
        picture.write_bytes(b"a picture")


@pytest.fixture
def screen():
    return Screen()


@pytest.fixture
def run(capfd, screen):
    """Runs a command; gives its exit status, what it printed and what it said on standard error."""

    def run(*arguments):
        status = cli.main(
            [str(argument) for argument in arguments], cli.Window(screen.run, screen.draw, screen.display)
        )
        return status, *capfd.readouterr()

    return run


@pytest.fixture
def reported(run):
    """Runs a command with --json; gives its exit status and its report, which is all that it printed."""

    def reported(*arguments):
        status, out, _ = run(*arguments, "--json")
        assert out.count("\n") == 1
        return status, json.loads(out)

    return reported


@pytest.fixture
def project(tmp_path, reported):
    path = tmp_path / "gulf.annotator"
    (tmp_path / "in.json").write_text(json.dumps(MARKED))
    assert reported("import", path, tmp_path / "in.json", "--annotator", "Ann")[0] == 0
    return path


def subprocess_run(*arguments, **more):
    command = [sys.executable, "-m", "annotator", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, **more)


# new and import


def test_new_makes_a_project_with_the_news_scheme(tmp_path, reported):
    status, report = reported("new", tmp_path / "a.annotator")
    assert status == 0 and report["scheme"] == "news"
    with Project.open(tmp_path / "a.annotator") as made:
        assert made.id == report["id"] and made.scheme.label("entities", "PERSON")


def test_new_takes_a_scheme_by_name_or_file(tmp_path, run):
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"name": "mine", "layers": [{"name": "x", "labels": [{"name": "Y"}]}]}))
    for scheme, label in [("empty", None), (own, "Y")]:
        path = tmp_path / f"{Path(str(scheme)).stem}.annotator"
        assert run("new", path, "--scheme", scheme)[0] == 0
        with Project.open(path) as made:
            assert [each.name for each in made.scheme.labels] == ([label] if label else [])
    status, _, said = run("new", tmp_path / "b.annotator", "--scheme", "nothing")
    assert status == 1 and "There is no scheme “nothing”." in said and not (tmp_path / "b.annotator").exists()


def test_import_makes_the_project_and_finds_what_is_in_it(tmp_path, reported):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE)
    (tmp_path / "in" / "b.txt").write_text(ARTICLE)
    (tmp_path / "in" / "c.txt").write_bytes(b"")
    status, report = reported("import", tmp_path / "p.annotator", tmp_path / "in")
    assert status == 0
    assert report == {
        "documents": 1,
        "duplicates": 1,
        "annotations": 0,
        "relations": 0,
        "failed": [{"path": str(tmp_path / "in" / "c.txt"), "reason": "It is empty."}],
        "warnings": [],
    }
    assert reported("search", tmp_path / "p.annotator", "harbour")[1]["total"] == 1


def test_import_into_a_project_that_has_all_of_it_is_no_problem(project, tmp_path, reported):
    status, report = reported("import", project, tmp_path / "in.json")
    assert (status, report["documents"], report["duplicates"]) == (0, 0, 1)


def test_import_of_nothing_is_a_problem_and_makes_no_project(tmp_path, run):
    (tmp_path / "empty.txt").touch()
    for path, reason in [("empty.txt", "It is empty"), ("none.txt", "There is no such file or folder")]:
        status, out, said = run("import", tmp_path / "p.annotator", tmp_path / path)
        assert status == 1 and out.startswith("0 documents came in")
        assert said.splitlines()[-1] == f"No document came in ({tmp_path / path}: {reason})."
    assert not (tmp_path / "p.annotator").exists()


def test_a_listing_page_is_told_and_comes_in_on_demand(tmp_path, run, reported):
    page = ROOT / "tests" / "data" / "articles" / "d_opinion.txt"
    status, _, said = run("import", tmp_path / "p.annotator", page)
    assert status == 1 and "is a listing page, not an article: it was left out" in said
    assert reported("import", tmp_path / "p.annotator", page, "--format", "text")[1]["documents"] == 1


def test_marks_that_name_nobody_are_those_of_the_named_annotator(project, reported):
    assert reported("stats", project)[1]["by_annotator"] == {"Ann": 2}


STORIES = "Head,Story,Row\nFee stays,The council keeps the fee that every ship has paid since 1954.,1\n"


def test_a_preview_imports_nothing(tmp_path, reported, run):
    (tmp_path / "stories.csv").write_text(STORIES.replace("Head,Story", "Headline,Text"))
    project = tmp_path / "p.annotator"
    status, report = reported("import", project, tmp_path / "stories.csv", "--preview")
    (found,) = report["sources"]
    assert status == 0 and report["documents"] == 1 and not project.exists()
    assert (found["format"], found["documents"], found["claimed"]) == ("csv", 1, None)
    assert found["first"]["title"] == "Fee stays" and found["first"]["zones"][0]["label"] == "HEADLINE"
    assert found["columns"] == ["Headline", "Text", "Row"]
    status, said, _ = run("import", project, tmp_path / "stories.csv", "--preview")
    assert "Table (CSV, TSV) (csv), 90% sure: 1 document" in said and "first: Fee stays" in said
    assert run("import", project, tmp_path / "none", "--preview")[0] == 1


def test_a_preview_gives_a_mapping_that_can_be_given_back(tmp_path, reported, run):
    table, mapping = tmp_path / "stories.csv", tmp_path / "mapping.json"
    table.write_text(STORIES)
    project = tmp_path / "p.annotator"
    held = reported("import", project, table, "--preview")[1]["sources"][0]["mapping"]
    held["columns"] |= {"Head": "section", "Story": "title", "Row": ""}
    mapping.write_text(json.dumps(held))
    changed = reported("import", project, table, "--preview", "--mapping", mapping)[1]["sources"][0]
    assert changed["mapping"] == held and changed["first"]["section"] == "Fee stays"
    assert reported("import", project, table, "--mapping", mapping)[1]["documents"] == 1
    with Project.open(project) as opened:
        (document,) = opened.annotated_documents()
    assert document.title.startswith("The council") and document.metadata["section"] == "Fee stays"
    assert "Row" not in document.metadata
    for wrong, why in (("{}", "holds no mapping"), ('{"columns": {"a": "sense"}}', "“sense”"), ("[", "is no JSON")):
        mapping.write_text(wrong)
        status, _, told = run("import", project, table, "--mapping", mapping)
        assert status == 1 and why in told


def test_texts_are_split_by_patterns_in_a_file(tmp_path, reported, run):
    text, patterns = tmp_path / "many.txt", tmp_path / "ours.json"
    text.write_text("".join(f"+++ {n} +++\nHEAD: Fee {n}\n\nText of {n}.\n" for n in (1, 2, 3)))
    fields = [{"target": "title", "pattern": "^HEAD: (.*)$"}]
    patterns.write_text(json.dumps({"start": r"^\+\+\+ \d+", "fields": fields}))
    (alone,) = reported("import", tmp_path / "p.annotator", text, "--preview")[1]["sources"]
    assert alone["documents"] == 1
    (split,) = reported("import", tmp_path / "p.annotator", text, "--preview", "--patterns", patterns)[1]["sources"]
    assert (split["documents"], split["last"]["title"], split["patterns"]["name"]) == (3, "Fee 3", "ours")
    assert reported("import", tmp_path / "p.annotator", text, "--patterns", patterns)[1]["documents"] == 3
    patterns.write_text('{"start": "("}')
    status, _, told = run("import", tmp_path / "p.annotator", text, "--patterns", patterns)
    assert status == 1 and "is not one" in told


def test_what_a_project_remembers_holds_on_the_command_line(project, tmp_path, reported):
    table = tmp_path / "stories.csv"
    table.write_text(STORIES)
    with Project.open(project) as opened:
        mapping = ColumnMapping({"Head": "section", "Story": "title"})
        keep_import_settings(opened, ImportSettings().with_mapping(mapping).with_format(".txt:text", "archive-page"))
    (found,) = reported("import", project, table, "--preview")[1]["sources"]
    assert found["first"]["section"] == "Fee stays"


def test_import_reads_standard_input(tmp_path):
    done = subprocess_run("import", tmp_path / "p.annotator", "-", "--json", input=json.dumps(MARKED))
    assert done.returncode == 0 and json.loads(done.stdout)["annotations"] == 2 and done.stderr == ""


def _documents(project):
    """All of a project's documents, but for the version of its scheme that a mark was made under: a file's own."""
    for document in project.annotated_documents():
        yield replace(document, annotations=tuple(mark._replace(scheme=0) for mark in document.annotations))


def test_a_whole_project_comes_back_under_its_own_id_and_scheme(project, tmp_path, run):
    assert run("export", project, tmp_path / "out.json", "--format", "json")[0] == 0
    assert run("import", tmp_path / "again.annotator", tmp_path / "out.json")[0] == 0
    with Project.open(project) as first, Project.open(tmp_path / "again.annotator") as again:
        assert (again.id, again.scheme) == (first.id, first.scheme)
        assert list(_documents(again)) == list(_documents(first))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_text("no project"), "is no Annotator project"),
        (lambda path: path.write_bytes(b""), "is empty: it is no project"),
        (lambda path: path.mkdir(), "is a folder, no project file"),
    ],
)
def test_what_is_no_project_is_left_alone(tmp_path, run, make, sentence):
    path = tmp_path / "p.annotator"
    make(path)
    (tmp_path / "a.txt").write_text(ARTICLE)
    for command in (
        ["import", path, tmp_path / "a.txt"],
        ["stats", path],
        ["export", path, tmp_path / "o", "--format", "json"],
    ):
        status, _, said = run(*command)
        assert status == 1 and sentence in said and said.count("\n") == 1


def test_a_missing_project_is_one_line(tmp_path, run, reported):
    status, out, said = run("stats", tmp_path / "none.annotator")
    assert (status, out, said) == (1, "", f"There is no file {tmp_path / 'none.annotator'}.\n")
    assert reported("stats", tmp_path / "none.annotator")[1] == {"error": said.strip()}


def test_ctrl_c_keeps_what_came_in(tmp_path):
    lines = "".join(json.dumps({"text": f"{number} {ARTICLE}"}) + "\n" for number in range(1000))
    project = tmp_path / "p.annotator"
    (tmp_path / "a.jsonl").write_text(lines * 60)  # the same texts again and again: long enough to press the keys
    command = [sys.executable, "-m", "annotator", "import", str(project), str(tmp_path / "a.jsonl"), "--json"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while not project.exists() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    report = json.loads(out)
    assert process.returncode == 1 and report["cancelled"]
    assert said == "Cancelled. What had come in until then was kept.\n"
    with Project.open(project) as kept:
        assert len(kept.document_numbers()) == report["documents"]


# export, formats, stats, search, check


def test_export_reports_what_it_wrote(project, tmp_path, reported):
    out = tmp_path / "out.jsonl"
    assert reported("export", project, out, "--format", "jsonl") == (
        0,
        {"documents": 1, "annotations": 2, "relations": 0, "files": [str(out)], "lost": [], "verified": True},
    )
    assert json.loads(out.read_text())["text"] == ARTICLE


def test_export_of_one_annotators_work(project, tmp_path, reported, run):
    assert reported("export", project, tmp_path / "o", "--format", "json", "--annotator", "Ann")[1]["annotations"] == 2
    assert reported("export", project, tmp_path / "o", "--format", "json", "--status", "finished")[1]["documents"] == 0
    status, _, said = run("export", project, tmp_path / "o", "--format", "json", "--annotator", "Ben")
    assert status == 1 and said.startswith("Nobody called “Ben” annotates in this project.")
    status, _, said = run("export", project, tmp_path / "o", "--format", "docx")
    assert status == 1 and said.startswith("There is no export format “docx”. There are: json, jsonl, ")


def test_an_export_without_texts_is_joined_in_a_project_of_the_same_archive(project, tmp_path, reported, run):
    status, report = reported("export", project, tmp_path / "o.json", "--format", "json", "--without-text")
    assert status == 0 and report["verified"] and report["lost"][0]["what"] == "texts of articles"
    assert ARTICLE.encode() not in (tmp_path / "o.json").read_bytes()
    (tmp_path / "page.txt").write_text(ARTICLE, encoding="utf-8")
    other = tmp_path / "other.annotator"
    assert reported("import", other, tmp_path / "page.txt")[0] == 0
    status, report = reported("import", other, tmp_path / "o.json")
    assert (status, report["documents"], report["joined"], report["annotations"]) == (0, 0, 1, 2)
    status, said, _ = run("import", other, tmp_path / "o.json")
    assert status == 0 and "Joined with 1 document of the project." in said
    status, _, said = run("import", tmp_path / "none.annotator", tmp_path / "o.json")
    assert status == 1 and "Import the archive first" in said
    status, _, said = run("export", project, tmp_path / "c", "--format", "conll", "--without-text")
    assert status == 1 and "cannot leave the texts out. These can: json, jsonl, csv" in said


def test_a_table_with_tabs(project, tmp_path, reported):
    assert reported("export", project, tmp_path / "o.tsv", "--format", "csv", "-o", "separator=tab", "--no-bom")[0] == 0
    assert (tmp_path / "o.tsv").read_bytes().startswith(b"document\ttitle\tmark\t")


def test_export_of_one_layer_to_a_new_folder(project, tmp_path, reported, run):
    status, report = reported("export", project, tmp_path / "brat", "--format", "brat", "--layer", "entities")
    assert status == 0 and report["annotations"] == 2 and report["files"] == [str(tmp_path / "brat")]
    assert len(list((tmp_path / "brat").glob("*.ann"))) == 1 and (tmp_path / "brat" / "annotation.conf").exists()
    assert reported("export", project, tmp_path / "c", "--format", "csv", "--layer", "quotes")[1]["annotations"] == 0
    status, _, said = run("export", project, tmp_path / "brat", "--format", "brat")
    assert status == 1 and "is not empty. It was left as it is; name a new one." in said
    status, _, said = run("export", project, tmp_path / "d", "--format", "csv", "--layer", "names")
    assert status == 1 and said.startswith("There is no layer “names” in this project.")


def test_tables_begin_with_a_byte_order_mark_unless_it_is_unwanted(project, tmp_path, run):
    assert run("export", project, tmp_path / "a", "--format", "csv")[0] == 0
    assert run("export", project, tmp_path / "b", "--format", "csv", "--no-bom")[0] == 0
    assert (tmp_path / "a").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "b").read_bytes()


def test_export_in_parts_and_again_with_more(project, tmp_path, reported, run):
    more = [{"text": f"{number} boats, {number * 7} crates and {number * 13} cats.", "id": f"x{number}",
             "published": f"2016-10-{number + 1:02}"} for number in range(19)]  # fmt: skip
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, more)), encoding="utf-8")
    reported("import", project, tmp_path / "more.jsonl")
    status, report = reported("export", project, tmp_path / "s", "--format", "jsonl", "--split", "document")
    assert (status, report["verified"], report["documents"]) == (0, True, 20)
    assert report["split"]["parts"] == {"train": 16, "dev": 2, "test": 2}
    options = ("--fractions", "50,0,50", "--seed", "7", "--no-near-duplicates")
    report = reported("export", project, tmp_path / "t", "--format", "conll", "--split", "document", *options)[1]
    assert report["split"]["parts"] == {"train": 10, "test": 10}
    told = json.loads((tmp_path / "t" / "split.json").read_text(encoding="utf-8"))
    assert (told["seed"], told["near_duplicates"]["kept_together"]) == (7, False)
    status, said, _ = run("export", project, tmp_path / "d", "--format", "csv", "--split", "date")
    assert status == 0 and "By date, dev begins with 2016-10-16 and test begins with 2016-10-18." in said
    assert "1 document without a date: each stands in train." in said
    dates = ("--split", "date", "--dates", "2016-10-02,2016-10-04")
    assert run("export", project, tmp_path / "e", "--format", "csv", *dates)[0] == 0
    assert run("export", project, tmp_path / "u", "--format", "jsonl", "--split", tmp_path / "t" / "split.json")[0] == 0
    assert (tmp_path / "u" / "split.json").read_bytes() == (tmp_path / "t" / "split.json").read_bytes()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--seed", "3"), "say how --split is to be done"),
        (("--split", "chance"), "there is no file chance"),
        (("--split", "source", "--fractions", "a,b"), "“a,b” are no fractions"),
        (("--split", "source", "--fractions", "1,2"), "three fractions are needed"),
        (("--split", "source", "--dates", "2016,2017"), "two dates are needed"),
    ],
)
def test_a_split_that_cannot_be_is_told(project, tmp_path, run, options, told):
    status, _, said = run("export", project, tmp_path / "o", "--format", "jsonl", *options)
    assert status == 1 and told in said and not (tmp_path / "o").exists()
    (tmp_path / "not.json").write_text("{}", encoding="utf-8")
    again = ("--split", tmp_path / "not.json")
    assert "no split.json of this" in run("export", project, tmp_path / "o", "--format", "jsonl", *again)[2]
    assert "leave the other" in run("export", project, tmp_path / "o", "--format", "jsonl", *again, "--seed", "2")[2]


def test_export_never_writes_over_a_project(project, run):
    before = project.read_bytes()
    status, _, said = run("export", project, project, "--format", "json")
    assert status == 1 and "is a project or another database" in said and project.read_bytes() == before


def test_formats_tells_what_there_is_and_what_is_lost(reported, run):
    _, found = reported("formats")
    assert [each["name"] for each in found["exporters"]][:2] == ["json", "jsonl"]
    assert {each["positions"] for each in found["exporters"] if each["name"] in ("json", "xmi")} == {
        "code points", "UTF-16 units",
    }  # fmt: skip
    assert [each["name"] for each in found["importers"]] == [each.name for each in IMPORTERS]
    assert [each["name"] for each in found["schemes"]] == [
        *("json", "inception", "doccano", "labelbuddy", "label-studio", "brat")
    ]
    sides = [found[side] for side in ("importers", "exporters", "schemes")]
    assert all({"name", "title", "suffixes", "loses"} <= set(each) for side in sides for each in side)
    assert found["templates"][0]["name"] == "news" and all(each["description"] for each in found["templates"])
    assert "Carries everything." in run("formats")[1]


PAGE = (
    "<html><head><title>Ferry talks</title></head><body><p>{top}</p><h1>Ferry talks</h1>"
    "<p>The envoy of Marsa spoke on Tuesday of the harbour, at length, and of everything that belongs to it.</p></body>"
)


def _held(path):
    with Project.open(path) as opened:
        return list(opened.annotated_documents())


@pytest.fixture
def pages(tmp_path, reported):
    """A project of one saved page with two marks."""
    page, marks, path = tmp_path / "ferry.html", tmp_path / "marks.json", tmp_path / "pages.annotator"
    page.write_text(PAGE.format(top="Share this with all of your friends"), encoding="utf-8")
    reported("import", path, page)
    (document,) = _held(path)
    spans = [(document.text.index(words), len(words)) for words in ("envoy of Marsa", "your friends")]
    held = [{"label": "PERSON", "start": start, "end": start + length} for start, length in spans]
    marks.write_text(json.dumps({"text": document.text, "annotations": held}), encoding="utf-8")
    reported("import", path, marks)
    return path


@pytest.fixture
def better(monkeypatch):
    """What stands above the headline is not read any more."""
    from annotator.importers import rereading

    read = rereading.web_page
    top = b"<p>Share this with all of your friends</p>"
    monkeypatch.setattr(rereading, "web_page", lambda data, **more: read(data.replace(top, b""), **more))


def test_reread_of_pages_that_read_as_before_changes_nothing(pages, reported, run):
    before = _held(pages)
    assert reported("reread", pages)[1]["same"] == 1
    assert run("reread", pages) == (0, "1 page read again, 1 as before.\n", "")
    assert _held(pages) == before


def test_reread_moves_marks_and_lists_those_that_stay(better, pages, reported, run):
    before = _held(pages)
    status, out, errors = run("reread", pages, "--dry-run")
    assert status == 0 and out.splitlines() == [
        "1 page read again, 0 as before.",
        "Of 1 article, the text differs. Marks moved: 1.",
        "1 old article kept, for what could not be moved.",
        "Nothing was changed.",
    ]
    assert errors == "Ferry talks: PERSON “your friends” was not found any more.\n"
    assert reported("reread", pages, "--dry-run", "--document", before[0].id)[1]["dry_run"]
    assert _held(pages) == before
    report = reported("reread", pages)[1]
    assert report["moved"] == {"place": 1, "context": 0, "changed": 0} and report["failed"] == []
    assert [(left["words"], left["why"]) for left in report["left"]] == [("your friends", "gone")]
    old, new = _held(pages)
    assert report["replaced"] == {old.id: new.id} == {before[0].id: new.id}
    assert [mark.covered(old.text) for mark in old.annotations] == ["your friends"]
    assert [mark.covered(new.text) for mark in new.annotations] == ["envoy of Marsa"]
    assert {mark.id for mark in (*new.annotations, *old.annotations)} == {mark.id for mark in before[0].annotations}
    assert reported("search", pages, "envoy")[1]["total"] == 2 and reported("check", pages)[1]["ok"]


def test_reread_of_what_is_not_there_is_one_line(pages, project, run):
    assert run("reread", pages, "--document", "nobody")[0] == 1
    assert run("reread", project) == (0, "No article has a page that was kept.\n", "")


def test_stats_counts(project, reported, run):
    _, found = reported("stats", project)
    assert found | {"by_status": {}} == {
        "documents": 1,
        "characters": len(ARTICLE),
        "annotations": 2,
        "relations": 0,
        "discontinuous": 0,
        "by_label": {"FAC": 1, "DATE": 1},
        "by_layer": {"entities": 2},
        "by_annotator": {"Ann": 2},
        "by_status": {},
    }
    assert "by label" in run("stats", project)[1]


def test_search_gives_places(project, reported, run):
    _, found = reported("search", project, "harbour")
    (hit,) = found["hits"]
    assert found["query"] == "harbour" and found["total"] == 1
    assert ARTICLE[hit["start"] : hit["end"]] == "harbour" and "harbour" in hit["snippet"]
    assert set(hit) == {"document", "title", "start", "end", "snippet"}
    assert reported("search", project, "camel")[1] == {"query": "camel", "total": 0, "hits": []}
    assert run("search", project, "!")[0] == 1


def test_check_finds_a_whole_project_whole(project, reported):
    assert reported("check", project) == (0, {"ok": True, "problems": []})


def test_check_finds_a_changed_text(project, reported, run):
    data = project.read_bytes()
    assert data.count(b"extended on Friday") == 1
    project.write_bytes(data.replace(b"extended on Friday", b"extended on Monday"))
    status, found = reported("check", project)
    assert status == 1 and not found["ok"] and "its checksum differs" in found["problems"][0]
    assert "has 1 problem." in run("check", project)[2]


# demo


def test_demo_opens_the_sample_where_there_is_a_display(tmp_path, run, screen):
    screen.display = True
    assert run("demo", tmp_path)[0] == 0
    assert screen.opened == [tmp_path / "sample.annotator"] and not screen.drawn
    screen.status = 1
    assert run("demo", tmp_path)[0] == 1


def test_demo_without_a_display_writes_the_article_and_its_data(tmp_path, reported, screen):
    status, report = reported("demo", tmp_path / "new")
    folder = tmp_path / "new"
    assert status == 0 and report["files"] == [str(folder / "sample.json"), str(folder / "sample.png")]
    data = json.loads((folder / "sample.json").read_bytes())
    example = json.loads(resources.path("sample/annotations.json").read_bytes())["documents"][0]
    assert screen.drawn == [(folder / "sample.annotator", example["id"])] and not screen.opened
    held = next(document for document in data["documents"] if document["id"] == example["id"])
    assert {mark["id"] for mark in held["annotations"]} == {mark["id"] for mark in example["annotations"]}


def test_demo_keeps_what_was_done_to_the_sample(tmp_path, reported):
    reported("demo", tmp_path)
    with Project.open(tmp_path / "sample.annotator") as project:
        project.import_documents([AnnotatedDocument(text="One article more.")])
        count = len(project.document_numbers())
    reported("demo", tmp_path)
    with Project.open(tmp_path / "sample.annotator") as project:
        assert len(project.document_numbers()) == count


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "w"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_where_there_is_a_display(monkeypatch, environment, shown):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert entry.has_display() == shown


# Around the commands


def test_wrong_usage_is_status_2(run):
    for arguments in (["nothing"], ["new"], ["export", "a", "b"], ["stats", "a", "--what"], []):
        assert run(*arguments)[0] == 2


def test_a_mistake_of_the_program_is_one_line_and_debug_shows_it(tmp_path, run, reported, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("the words\nof a text")

    monkeypatch.setattr("annotator.store.statistics.statistics", fail)
    Project.create(tmp_path / "p.annotator").close()
    status, out, said = run("stats", tmp_path / "p.annotator")
    assert (status, out) == (1, "") and said.count("\n") == 1
    assert said.startswith("This is a mistake in the program itself (ZeroDivisionError, test_cli.py:")
    assert "the words" not in said  # such lines are passed on, and texts are not for others
    assert "error" in reported("stats", tmp_path / "p.annotator")[1]
    with pytest.raises(ZeroDivisionError):
        run("stats", tmp_path / "p.annotator", "--debug")


def test_help_and_version(run):
    assert run("--version") == (0, f"Annotator, version {__version__}\n", "")
    assert all(command in run("--help")[1] for command in entry.COMMANDS)


def test_every_command_is_known_to_both_and_takes_json():
    assert set(cli.commands.commands) == entry.COMMANDS
    for command in cli.commands.commands.values():
        assert {"--json", "--debug"} <= {option for parameter in command.params for option in parameter.opts}


def test_from_outside(tmp_path):
    done = subprocess_run("import", tmp_path / "p.annotator", resources.path("sample"), "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["annotations"] == 125 and done.stderr == ""
    done = subprocess_run("stats", tmp_path / "none")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"There is no file {tmp_path / 'none'}.\n")
    assert subprocess_run("export").returncode == 2
    assert subprocess_run("--version").stdout == f"Annotator, version {__version__}\n"


def test_a_reader_that_goes_away_is_no_mistake(tmp_path):
    command = f'"{sys.executable}" -m annotator formats | true'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""


# Before the commands


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["gulf.annotator"], True),
        (["some folder/gulf"], True),
        (["stats", "x"], False),
        (["formats"], False),
        (["imprt"], False),
        (["imprt", "a.annotator", "b.txt"], False),
        (["--version"], False),
        (["-h"], False),
    ],
)
def test_window_or_command(arguments, window):
    assert entry.opens_window(arguments) == window


def test_without_a_display_the_window_is_one_sentence():
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess_run(env=environment)
    assert done.returncode == 1 and done.stderr.startswith("There is no display to open a window on.")
    assert done.stderr.count("\n") == 1


def test_a_project_without_a_suffix_opens_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert not entry.opens_window(["gulf"])
    (tmp_path / "gulf").touch()
    assert entry.opens_window(["gulf"])


def test_the_way_to_the_window_imports_almost_nothing():
    code = "import sys, annotator.__main__ as m; m.opens_window([]); print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    heavy = {
        "click",
        "sqlite_utils",
        "sqlite3",
        "orjson",
        "json",
        "PySide6",
        "annotator.core",
        "annotator.store",
        "annotator.cli",
    }
    assert heavy & set(loaded.split()) == set()


def test_commands_do_without_qt():
    modules = "annotator.cli, annotator.importers.walking, annotator.exporters.contents, annotator.store.project"
    code = f"import sys, {modules}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "annotator.cli" in loaded.split()
    assert not [name for name in loaded.split() if name.startswith(("PySide6", "annotator.gui"))]
