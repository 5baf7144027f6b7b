"""The manual is about the program as it is: what the program has is in it, its links lead somewhere, its code runs."""

import json
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from annotator import __version__, resources
from annotator.cli import commands
from annotator.core.span import Span
from annotator.exporters import EXPORTERS, exporter_named
from annotator.exporters.contents import contents_of
from annotator.gui.actions import ACTIONS
from annotator.importers import IMPORTERS
from annotator.importers.preview_json import read_mapping, read_patterns
from annotator.importers.walking import items, read_file
from annotator.scheme_files import SCHEME_FORMATS
from annotator.store.project import SCHEMA_VERSION, Project
from annotator.templates import template, templates
from tests import manual_keys

ROOT = Path(__file__).resolve().parents[1]
MANUAL = resources.path("manual")
PAGES = sorted(MANUAL.rglob("*.md"))
TEXTS = (*PAGES, ROOT / "CHANGELOG.md")
NEWS = json.loads(resources.path("schemes/news.json").read_text(encoding="utf-8"))

_LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
_CODE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_HOST = re.compile(r"://(?!archive\.example)|\b[\w-]+\.(?:org|com|net|io|dev)\b", re.IGNORECASE)
_OWN_MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/")


def page(name):
    return (MANUAL / name).read_text(encoding="utf-8")


def shown(path):
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def code(text, language):
    """The code blocks of a language, without the indentation of a list."""
    found = [(indent, block) for indent, kind, block in _CODE.findall(text) if kind == language]
    return [re.sub(f"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def without_code(text):
    return re.sub(r"`[^`\n]*`", "", _CODE.sub("", text))


def anchors(text):
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section(text, heading):
    """What stands under a heading, up to the next of its rank."""
    rank = heading.split(" ")[0]
    return text.partition(f"\n{heading}\n")[2].partition(f"\n{rank} ")[0]


# Is all of the program in it?


def test_the_page_of_keys_is_up_to_date():
    assert page("keys.md") == manual_keys.page(), "make it anew: python -m tests.manual_keys"


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_every_action_is_in_the_manual(spec):
    row = f"| {spec.text.replace('&', '')} | " + (f"`{spec.shortcut}` |" if spec.shortcut else " |")
    assert row in page("keys.md")


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_and_option_is_in_the_manual(name):
    text = page("command-line.md")
    own = section(text, f"## {name}")
    assert f"annotator {name}" in own
    common = section(text, "## What all commands have in common")
    for parameter in commands.commands[name].params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                assert f"`{option}" in own or f"`{option}`" in common, option


def test_the_manual_knows_no_command_that_is_none():
    headings = set(re.findall(r"^## (\w+)$", page("command-line.md"), re.MULTILINE))
    assert headings == set(commands.commands)


@pytest.mark.parametrize("each", [*IMPORTERS, *EXPORTERS], ids=lambda each: type(each).__name__)
def test_every_format_is_in_the_manual(each):
    assert f"`{each.name}`" in page("importing.md") + section(page("command-line.md"), "## export")


@pytest.mark.parametrize("each", SCHEME_FORMATS, ids=lambda each: each.name)
def test_every_format_of_schemes_is_in_the_manual(each):
    text = page("scheme-files.md")
    assert f"| `{each.name}` |" in section(text, "## From a file into a project")
    assert f"| `{each.name}` |" in section(text, "## From a project into a file")


@pytest.mark.parametrize("each", templates(), ids=lambda each: each.name)
def test_every_template_is_in_the_manual_with_what_it_holds(each):
    (row,) = [line for line in page("scheme-files.md").splitlines() if line.startswith(f"| `{each.name}` |")]
    scheme, form = each.scheme, len(each.scheme.form)
    counts = (len(scheme.labels), len(list(scheme.attributes())) - form, len(scheme.relations), form)
    assert row.endswith(
        f"| {' | '.join(str(count or '') for count in counts)} |".replace("|  |", "| |").replace("|  |", "| |")
    )


@pytest.mark.parametrize("layer", NEWS["layers"], ids=lambda layer: layer["name"])
def test_every_label_has_a_rule_and_an_example(layer):
    text = page("news-scheme.md")
    for label in layer["labels"]:
        key = f" `{label['shortcut']}` |" if label.get("shortcut") else ""
        assert re.search(rf"^\| `{label['name']}` \|{re.escape(key)} \S.* \|$", text, re.MULTILINE), label["name"]


@pytest.mark.parametrize("attribute", NEWS["attributes"], ids=lambda attribute: attribute["name"])
def test_every_attribute_and_value_is_in_the_guideline(attribute):
    text = page("news-scheme.md")
    if attribute.get("form"):
        text = section(text, "## The document's form")
    row = next((line for line in text.splitlines() if line.startswith(f"| `{attribute['name']}` |")), text)
    assert f"`{attribute['name']}`" in row
    assert attribute.get("form") or row is not text
    for value in attribute.get("values", ()):
        assert f"`{value['name']}`" in row, value["name"]
    assert attribute.get("form") or bool(attribute.get("optional")) == ("Optional." in row)


@pytest.mark.parametrize("kind", NEWS["relation_types"], ids=lambda kind: kind["name"])
def test_every_link_says_what_it_connects(kind):
    rows = [line for line in page("news-scheme.md").splitlines() if line.startswith(f"| `{kind['name']}`")]
    assert len(rows) == 1
    for end in (*kind["from"], *kind["to"]):
        assert f"`{end}`" in rows[0] or (end == "entities" and "entity" in rows[0]), end


def test_every_zone_is_in_the_guideline():
    from annotator.core.scheme import ZONES

    zones = re.findall(r"^\| `([A-Z]+)` \|", section(page("news-scheme.md"), "## Zones"), re.MULTILINE)
    assert zones == list(ZONES)


def test_every_table_and_column_is_in_the_manual():
    text = page("engineering/project-file.md")
    with Project() as project:
        tables = [name for (name,) in project.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in tables if not name.startswith(("search_", "sqlite_", "_"))]
        columns = {name: [row[1] for row in project.rows(f"PRAGMA table_info({name})")] for name in own}
    assert len(own) > 10
    for table, names in columns.items():
        described = section(text, f"### {table}")
        assert described, table
        cells = "".join(re.findall(r"^\|([^|]*)\|", described, re.MULTILINE)) or described
        missing = [name for name in names if f"`{name}`" not in cells]
        assert not missing, f"{table}: {missing}"


def test_the_project_file_page_is_about_this_version():
    assert f"schema version {SCHEMA_VERSION}," in page("engineering/project-file.md")


def test_the_sql_of_the_manual_runs():
    blocks = code(page("engineering/project-file.md"), "sql")
    assert len(blocks) >= 3
    with sample() as project:
        for block in blocks:
            assert project.rows(block)


def test_every_dependency_is_explained():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    rows = section(page("engineering/decisions.md"), "## Dependencies").lower()
    for requirement in declared:
        name = re.match(r"[\w-]+", requirement)[0].lower()
        assert f"| {name} |" in rows, name


def test_the_changelog_has_this_version():
    assert f"\n## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# Does it hold together?


@pytest.mark.parametrize("path", TEXTS, ids=shown)
def test_links_lead_somewhere(path):
    for link in _LINK.findall(_CODE.sub("", path.read_text(encoding="utf-8"))):
        target, _, anchor = link.partition("#")
        led = (path.parent / target).resolve() if target else path
        assert led.exists(), link
        assert led.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(led.read_text(encoding="utf-8")), link


def test_every_page_can_be_reached():
    reached, ahead = set(), [MANUAL / "index.md"]
    while ahead:
        path = ahead.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        targets = [link.partition("#")[0] for link in _LINK.findall(path.read_text(encoding="utf-8"))]
        ahead += [(path.parent / target).resolve() for target in targets if target]
    assert {path.resolve() for path in PAGES} <= reached | {(MANUAL / "index.md").resolve()}


@pytest.mark.parametrize("path", TEXTS, ids=shown)
def test_nothing_names_a_host_or_a_machine(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        assert not _HOST.search(line), f"line {number}: {line}"
        assert not _OWN_MACHINE.search(line), f"line {number}: {line}"


@pytest.mark.parametrize("path", TEXTS, ids=shown)
def test_pages_hold_no_html(path):
    text = without_code(path.read_text(encoding="utf-8"))
    assert text.startswith("# ")
    assert not re.search(r"<\w+[^>]*>", text), "HTML is shown differently by everyone"


# Does its code run?


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_examples_compile(path):
    text = path.read_text(encoding="utf-8")
    for block in code(text, "python"):
        compile(block, shown(path), "exec")
    for block in code(text, "json"):
        json.loads(block)


def test_the_examples_read_an_export(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    if find_spec("datasets"):
        monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    with sample() as project:
        for name in ("json", "jsonl"):
            contents = contents_of(project, read_back=read_file)
            assert exporter_named(name).export(contents, tmp_path / f"project.{name}").verified
        for name in ("statements", "network", "conllu", "spacy", "xmi", "huggingface"):
            exporter = exporter_named(name)
            assert exporter.export(contents, tmp_path / f"harbour-{name}{exporter.suffix}").verified
    monkeypatch.chdir(tmp_path)
    scope = {}
    for block in code(page("exporting.md"), "python"):
        if not all(map(find_spec, re.findall(r"^(?:import|from) (\w+)", block, re.MULTILINE))):
            continue  # it is for another program, which is not here
        exec(compile(block, "exporting.md", "exec"), scope)
    told = capsys.readouterr().out
    assert "Deputy Minister Salim Haddad | “Nobody will be boarded" in told
    assert "Harbour Pause Extended as Talks Resume in Marsa 125" in told
    assert scope["utf16"]("a🚢b", 2) == 3


def test_the_fields_of_an_export_are_explained(tmp_path):
    with sample() as project:
        exporter_named("json").export(contents_of(project, read_back=read_file), tmp_path / "project.json")
    held = json.loads((tmp_path / "project.json").read_text(encoding="utf-8"))
    document = held["documents"][0]
    text = page("exporting.md")
    places = {
        "### The head": held.keys() - {"documents"},
        "### A document": document.keys(),
        "### A mark": document["annotations"][0].keys() | {"confidence"},
    }
    for heading, fields in places.items():
        explained = section(text, heading)
        assert {field for field in fields if f"`{field}`" not in explained} == set(), heading


def test_the_example_of_an_export_is_right():
    """What the page shows is what the program would read: positions and words agree."""
    (example,) = [json.loads(block) for block in code(page("exporting.md"), "json")]
    (document,) = example["documents"]
    for mark in document["annotations"]:
        pieces = [Span(*fragment).covered(document["text"]) for fragment in mark["fragments"]]
        assert mark["text"] == " ".join(pieces)
        assert (mark["start"], mark["end"]) == (mark["fragments"][0][0], mark["fragments"][-1][1])
    assert document["zones"][0]["end"] == len(document["text"])


def test_the_scheme_of_the_command_line_page_is_one():
    from annotator.core.scheme_json import scheme_from_json

    (example,) = code(page("command-line.md"), "json")
    scheme = scheme_from_json(json.loads(example))
    assert [label.name for label in scheme.labels] == ["BOAT", "PORT"]
    assert [attribute.name for attribute in scheme.labels[0].attributes] == ["afloat"]


def test_the_mapping_and_the_patterns_of_the_import_page_can_be_used(tmp_path):
    for example, read in zip(code(page("importing.md"), "json"), (read_mapping, read_patterns), strict=False):
        path = tmp_path / "example.json"
        path.write_text(example, encoding="utf-8")
        held = read(path).to_json()
        assert json.loads(example).items() <= held.items()


def test_the_record_of_the_import_page_comes_in(tmp_path):
    *_, example = code(page("importing.md"), "json")
    (tmp_path / "one.jsonl").write_text(example, encoding="utf-8")
    with Project(template("news")) as project:
        report = project.import_documents(items([tmp_path / "one.jsonl"]))
        (document,) = project.annotated_documents()
    assert (report.documents, report.failed, report.warnings) == (1, [], [])
    assert document.metadata["published"] == "2016-11-02"
    assert document.metadata["publication"] == "The Marsa Herald"
    assert document.metadata["uri"] == "http://archive.example/7"


@pytest.mark.parametrize(
    ("number", "made"), [(0, "TitledTextImporter"), (1, "HarbourTextImporter"), (2, "MarksLinesExporter")]
)
def test_the_worked_examples_work(tmp_path, number, made):
    scope = {}
    exec(compile(code(page("engineering/adding.md"), "python")[number], "adding.md", "exec"), scope)
    example = scope[made]()
    if number == 0:
        from annotator.importers.walking import _file

        path = tmp_path / "a.txt"
        path.write_text("TITLE: Ice\n\nThere is none.", encoding="utf-8")
        source = _file(path, path.stat(), path.name)
        assert example.recognises(source.head(100), source.name) > 0.5
        assert [document.title for document in example.read(source)] == ["Ice"]
        return
    if number == 1:
        from annotator.importers.walking import _file

        path = tmp_path / "a.txt"
        article = "=====\nHeadline: Ice\nDate: 5. März 2024\nPaper: Coast Daily\n\nThere is none.\n"
        path.write_text("Articles: 3\n" + article * 2, encoding="utf-8")
        source = _file(path, path.stat(), path.name)
        assert example.recognises(source.head(100), source.name) > 0.9
        first, _, count, *_ = example.read(source)
        assert first.title == "Ice" and first.metadata["published"] == "2024-03-05"
        assert count.text == f"{path}: found 2, the file says 3."
        return
    with sample() as project:
        report = example.export(contents_of(project), tmp_path / "marks.tsv")
    assert report.verified
    assert report.annotations == len((tmp_path / "marks.tsv").read_text(encoding="utf-8").splitlines()) == 117
    assert sum(loss.count for loss in report.lost if loss.what == "marks of several pieces") == 125 - 117


def sample():
    """A project in memory with the annotated example."""
    project = Project(template("news"))
    project.import_documents(items([resources.path("sample/annotations.json")]))
    project.index_documents()
    return project
