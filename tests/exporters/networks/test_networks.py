"""Networks and lists of events of marks, into files, and read again by networkx and by a reader of our own."""

import csv
import shlex
from dataclasses import replace

import networkx
import pytest

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator, RegistryEntry, Relation
from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.exporters.base import Contents
from annotator.exporters.networks import exporter as module
from annotator.exporters.networks.event_list import HEAD, EventListExporter
from annotator.exporters.networks.exporter import NetworkExporter
from annotator.templates import template
from tests.exporters.references import contents as references

DNA, NEWS = template("dna_statement"), template("news")
CODER = Annotator("c" * 36, "Coder")
PEOPLE = {name: RegistryEntry(f"{name}-id", "person", name, attributes={"Party": "Greens"} if name == "Ann" else {})
          for name in ("Ann", "Ben", "Cem")}  # fmt: skip
CONCEPTS = {name: RegistryEntry(f"{name}-id", "concept", f"{name} it") for name in ("Open", "Fee")}
UNION = RegistryEntry("union-id", "organisation", '=Union "East"')
TEXT = "So it was said, and said again."


def mark(number, name="STATEMENT", scheme=DNA, span=(0, 5), **answers):
    label = next(each for each in scheme.labels if each.name == name)
    return Annotation(f"m{number}", label, (Span(*span),), answers, "", CODER.id, "manual", None, "", "")


def said(number, actor, concept, agreement=None, **more):
    known = {"person": PEOPLE[actor].id} if actor in PEOPLE else {}
    known |= {"concept": CONCEPTS[concept].id} if concept else {}
    return mark(number, **known, **({} if agreement is None else {"agreement": agreement}), **more)


def article(number, published, *marks, **more):
    metadata = {"published": published, "publication": "The Marsa Herald"} if published else {}
    return AnnotatedDocument(
        text=TEXT, title=f"No {number}", id=f"d{number}", metadata=metadata, annotations=marks, **more
    )


DEBATE = (
    article(1, "2016-10-01T08:00Z", said(1, "Ann", "Open", True), said(2, "Ann", "Open", True),
            said(3, "Ben", "Open", True), said(4, "Ben", "Fee", True), mark(5, "NOTE")),
    article(2, "2016-10-02", said(6, "Ann", "Open", True), said(7, "Ann", "Fee", False), said(8, "Cem", "Open", False)),
    article(3, "2016-11-20", said(9, "Cem", "Fee", False), said(10, "", "Fee", True), said(11, "Cem", ""),
            said(12, "Cem", "Fee")),
    article(4, "", said(13, "", "Fee", True, organization=UNION.id)),
)  # fmt: skip


def contents(documents=DEBATE, scheme=DNA, **options):
    entries = (*PEOPLE.values(), *CONCEPTS.values(), UNION)
    return Contents("p" * 36, "Fees", scheme, (CODER,), entries, lambda: iter(documents), options=options)


def written(folder, documents=DEBATE, scheme=DNA, **options):
    options = {name.rstrip("_"): value for name, value in options.items()}
    report = NetworkExporter().export(contents(documents, scheme, **options), folder / "out")
    assert report.verified
    return folder / "out", report


def graph_of(folder, name="network.graphml"):
    graph = networkx.read_graphml(folder / name)
    return networkx.relabel_nodes(graph, dict(graph.nodes(data="name")))


def weights(graph):
    return {tuple(sorted(pair)): weight for *pair, weight in graph.edges(data="weight")}


def dl(path):
    """The cells of a file of DL, by names; written for this test, and knows only what UCINET's guide says."""
    text = path.read_text(encoding="utf-8")
    head, _, data = text.partition("data:\n")
    first, rest = head.split("\n", 1)
    numbers = [int(part.split("=")[1]) for part in first.replace(",", " ").split() if "=" in part and part[0] == "n"]
    names = [word for word in shlex.split(rest) if word not in ("labels:", "row", "column")]
    rows, columns = names[: numbers[0]], names[-numbers[-1] :]
    assert len(names) == sum(numbers)
    cells = [line.split() for line in data.splitlines()]
    if "fullmatrix" in first:
        full = [(r, c, float(cell)) for r, line in zip(rows, cells, strict=True)
                for c, cell in zip(columns, line, strict=True)]  # fmt: skip
        return {(r, c): cell for r, c, cell in full if cell}
    return {(rows[int(r) - 1], columns[int(c) - 1]): float(weight) for r, c, weight in cells}


def lost(report):
    return {loss.what: (loss.count, loss.annotations) for loss in report.lost}


@pytest.mark.parametrize(
    ("aggregation", "wanted"),
    [
        ("congruence", {("Ann", "Ben"): 2, ("Ann", "Cem"): 1}),
        ("conflict", {("Ann", "Ben"): 1, ("Ann", "Cem"): 2, ("Ben", "Cem"): 2}),
        ("subtract", {("Ann", "Ben"): 1, ("Ann", "Cem"): -1, ("Ben", "Cem"): -2}),
    ],
)
def test_the_matrix_worked_out_by_hand_stands_in_every_file(aggregation, wanted, tmp_path):
    folder, _ = written(tmp_path, DEBATE[:3], network="actors", aggregation=aggregation)
    graph = graph_of(folder)
    assert weights(graph) == wanted and not graph.is_directed()
    both = wanted | {(two, one): weight for (one, two), weight in wanted.items()}
    assert dl(folder / "network.dl") == both
    with (folder / "edges.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["source"], row["target"]): float(row["weight"]) for row in rows} == wanted


def test_what_is_left_out_is_counted_by_what_is_missing(tmp_path):
    _, report = written(tmp_path, network="actors")
    assert lost(report) == {
        "marks that are no statements": (1, ("m5",)),
        "marks without an actor": (1, ("m10",)),
        "marks without a concept": (1, ("m11",)),
        "marks without an answer of agreement": (1, ("m12",)),
        "statements that were counted before": (1, ()),
    }
    assert (report.documents, report.annotations) == (4, 9)  # m2 is one of them, and counts for nothing more


def test_actors_and_concepts_are_the_network_of_this_scheme(tmp_path):
    folder, _ = written(tmp_path)
    graph = graph_of(folder)
    assert graph.graph["network"] == "two_mode" and graph.graph["aggregation"] == "subtract"
    assert graph["Ann"]["Open it"] == {"weight": 2, "statements": 2, "answer yes": 2}
    assert graph["Ann"]["Fee it"]["weight"] == graph["Cem"]["Fee it"]["weight"] == -1
    assert graph.nodes["Ann"] == {"Party": "Greens", "name": "Ann", "type": "person", "frequency": 3, "side": "actor",
                                  "bipartite": 0}  # fmt: skip
    assert graph.nodes["=Union East"]["type"] == "organisation"  # quotation marks end a name in DL
    assert networkx.is_bipartite(graph)
    found = dl(folder / "network.dl")
    assert found[("Ann", "Open it")] == 2 and found[("Cem", "Fee it")] == -1
    nodes = (folder / "nodes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert nodes[0] == "id,name,side,type,frequency,attr_Party"
    assert any(row.startswith("n") and ",'=Union East," in row for row in nodes)


def test_a_number_below_nothing_is_no_text(tmp_path):
    folder, _ = written(tmp_path)
    assert "'-1" not in (folder / "edges.csv").read_text(encoding="utf-8")


def test_the_list_of_ties_in_dl(tmp_path):
    (tmp_path / "a").mkdir()
    matrix, _ = written(tmp_path / "a", network="actors", files="dl")
    (tmp_path / "b").mkdir()
    edges, _ = written(tmp_path / "b", network="actors", files="dl_edges")
    assert dl(matrix / "network.dl") == dl(edges / "network.dl")
    assert [file.name for file in edges.iterdir()] == ["network.dl"]
    assert "edgelist1" in (edges / "network.dl").read_text()


def test_a_matrix_that_would_be_too_large_is_a_list_of_ties(tmp_path, monkeypatch):
    from annotator.exporters.networks import files

    monkeypatch.setattr(files, "MOST_CELLS", 3)
    folder, _ = written(tmp_path)
    assert "format=edgelist2" in (folder / "network.dl").read_text()
    assert dl(folder / "network.dl")[("Ann", "Open it")] == 2


def test_a_time(tmp_path):
    folder, report = written(tmp_path, from_="2016-10-02", to="2016-10")
    assert set(graph_of(folder)) == {"Ann", "Cem", "Open it", "Fee it"}
    assert lost(report)["marks outside the time"] == (5, ("m1", "m2", "m3", "m4", "m9"))
    assert lost(report)["marks without a date"] == (1, ("m13",))
    with pytest.raises(KnownError, match="ends before it begins"):
        NetworkExporter().export(contents(**{"from": "2017", "to": "2016"}), tmp_path / "other")
    with pytest.raises(KnownError, match="“soon” is no date for to"):
        NetworkExporter().export(contents(to="soon"), tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_windows_that_move_over_the_time(tmp_path):
    folder, _ = written(tmp_path, window="30", step="25", isolates="yes")
    names = sorted(file.name for file in folder.glob("*.graphml"))
    assert names == ["network-2016-10-01-to-2016-10-30.graphml", "network-2016-10-26-to-2016-11-20.graphml"]
    first, second = (graph_of(folder, name) for name in names)
    assert set(first) == set(second)  # everybody stands in every window, also where nothing ties them
    assert first.number_of_edges() == 5 and set(second.edges) == {("Cem", "Fee it")}
    assert second.graph["from"] == "2016-10-26"
    with pytest.raises(KnownError, match="No statement has a date"):
        NetworkExporter().export(contents(DEBATE[3:], window="7"), tmp_path / "other")


def test_choices_that_do_not_go_together_are_told(tmp_path):
    for options, words in (
        ({"normalisation": "jaccard"}, "normalisation=jaccard is nothing for network=two_mode"),
        ({"aggregation": "congruence"}, "can be: auto, ignore, subtract, combine"),
        ({"network": "actors", "aggregation": "combine"}, "aggregation=combine is nothing"),
        ({"aggregation": "subtract", "agreement": "none"}, "Name one with agreement"),
        ({"actor": "speaker"}, "no attribute and no link “speaker”"),
        ({"label": "CLAIM"}, "no label “CLAIM”"),
        ({"agreement": "person"}, "is neither yes nor no"),
    ):
        with pytest.raises(KnownError, match=words):
            NetworkExporter().export(contents(**options), tmp_path / "other")
        assert not (tmp_path / "other").exists()


def test_a_scheme_in_which_nobody_speaks_has_no_statements_and_says_so(tmp_path):
    scheme = template("conll2003")
    for exporter, options in ((EventListExporter(), {}), (NetworkExporter(), {"network": "actors"})):
        with pytest.raises(KnownError, match="Nothing in this scheme says who speaks"):
            exporter.export(contents((), scheme, **options), tmp_path / "out")
    names = [mark(n, name, scheme, (n, n + 2)) for n, name in ((0, "PER"), (1, "ORG"), (3, "LOC"))]
    folder, report = written(tmp_path, [article(1, "", *names)], scheme)
    assert weights(graph_of(folder)) == {("So", "it"): 1, ("So", "o"): 1, ("it", "o"): 1}
    assert report.annotations == 3


LINKED = {each.name: each for each in NEWS.relations}


def link(kind, source, target):
    return Relation(f"l{source}{target}", LINKED[kind], f"m{source}", f"m{target}", {}, CODER.id, "", "")


WORDS = "Salim Haddad said the Port Union blocks it. “We do not,” said the union. Haddad left."


def place(words, after=0):
    start = WORDS.index(words, after)
    return (start, start + len(words))


HADDAD = RegistryEntry("h-id", "person", "Haddad, Salim")


def news():
    marks = (
        mark(1, "PERSON", NEWS, place("Salim Haddad"), entity=HADDAD.id),
        mark(2, "ORG", NEWS, place("Port Union")),
        mark(3, "CLAIM", NEWS, place("the Port Union blocks it"), stance="affirms"),
        mark(4, "QUOTE", NEWS, place("“We do not,”")),
        mark(5, "SOURCE", NEWS, place("the union")),
        mark(6, "PERSON", NEWS, place("Haddad left"), entity=HADDAD.id),
        mark(7, "SOURCE", NEWS, place("Salim Haddad said")),
        mark(8, "CLAIM", NEWS, place("left")),
    )
    links = (link("claimed_by", 3, 7), link("about", 3, 2), link("source", 4, 5), link("claimed_by", 8, 6))
    return [AnnotatedDocument(text=WORDS, id="d1", metadata={"publication": "The  Herald"}, annotations=marks,
                              relations=links)]  # fmt: skip


def test_who_speaks_of_whom_in_the_scheme_of_news(tmp_path):
    made = replace(contents(news(), NEWS), registry=(HADDAD,))
    report = NetworkExporter().export(made, tmp_path / "out")
    graph = graph_of(tmp_path / "out")
    assert graph.is_directed() and report.verified
    assert dict(graph.edges) == {
        ("Haddad, Salim", "Port Union"): {"weight": 1, "statements": 1, "answer CLAIM": 1},  # by the name in its source
        ("The Herald", "the union"): {"weight": 1, "statements": 1, "answer QUOTE": 1},
    }
    assert lost(report)["marks without anybody it is about"] == (1, ("m8",))
    assert graph.nodes["Port Union"]["type"] == "organisation"


def test_names_that_stand_together(tmp_path):
    for within in ("article", "sentence"):
        made = replace(contents(news(), NEWS, network="together", within=within), registry=(HADDAD,))
        NetworkExporter().export(made, tmp_path / within)
        assert weights(graph_of(tmp_path / within)) == {("Haddad, Salim", "Port Union"): 1}
    graph = graph_of(tmp_path / "sentence")
    assert graph.nodes["Haddad, Salim"]["frequency"] == 2  # sentences; and one article
    assert graph_of(tmp_path / "article").nodes["Haddad, Salim"]["frequency"] == 1


def test_a_damaged_file_is_not_called_right(tmp_path, monkeypatch):
    for name in ("network.graphml", "edges.csv", "network.dl"):
        write = module._Written.write

        def damaged(self, files, name=name, write=write):
            write(self, files)
            file = self._edges.with_name(name)
            file.write_bytes(file.read_bytes().replace(b"Ann", b"Bnn"))

        with monkeypatch.context() as patch:
            patch.setattr(module._Written, "write", damaged)
            assert not NetworkExporter().export(contents(), tmp_path / name).verified


# Lists of events


def events(path, documents=DEBATE, scheme=DNA, **options):
    report = EventListExporter().export(contents(documents, scheme, **options), path)
    assert report.verified
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)), report


def test_a_row_for_each_statement(tmp_path):
    rows, report = events(tmp_path / "events.csv")
    assert tuple(rows[0]) == HEAD and len(rows) == report.annotations == 12
    wanted = {"document": "d2", "date": "2016-10-02", "source": "The Marsa Herald", "actor": "Cem",
              "concept": "Open it", "agreement": "no", "annotator": "Coder"}  # fmt: skip
    assert {name: rows[6][name] for name in wanted} == wanted
    assert (rows[0]["date"], rows[0]["text"]) == ("2016-10-01", "So it")
    assert rows[-1]["organisation"] == '\'=Union "East"' and rows[-1]["actor"] == ""
    assert rows[9]["agreement"] == ""
    assert lost(report) == {"marks that are no statements": (1, ("m5",))}


def test_events_of_a_time_and_with_other_roles(tmp_path):
    rows, report = events(tmp_path / "a.csv", **{"from": "2016-11", "actor": "organization", "concept": "label"})
    assert [row["statement"] for row in rows] == ["m9", "m10", "m11", "m12"]
    assert {row["concept"] for row in rows} == {"STATEMENT"} and {row["actor"] for row in rows} == {""}
    assert lost(report)["marks without a date"] == (1, ("m13",))


def test_a_project_of_everything_that_is_hard_gives_its_events(tmp_path):
    report = EventListExporter().export(references(), tmp_path / "events.csv")
    assert report.verified and report.annotations == 2  # its claims
    assert NetworkExporter().export(references(), tmp_path / "network").verified


def test_every_template_has_a_network_or_says_why_not(tmp_path):
    from annotator.templates import templates

    for each in templates():
        scheme: Scheme = each.scheme
        assert NetworkExporter().export(contents((), scheme), tmp_path / each.name).verified
