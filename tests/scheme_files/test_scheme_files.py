import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given

from annotator.core.errors import KnownError
from annotator.core.scheme import Label, Layer, Scheme
from annotator.core.scheme_faults import scheme_faults
from annotator.scheme_files import SCHEME_FORMATS, scheme_format
from annotator.scheme_files.base import SchemeText
from annotator.scheme_files.files import read_scheme_file, write_scheme_file
from annotator.templates import names, template
from tests.core.test_scheme_json import schemes

DATA = Path(__file__).resolve().parents[1] / "data" / "schemes"
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", Path(__file__).resolve().parents[4] / "shared" / "corpora"))


def read(name):
    return read_scheme_file(DATA / name)


def labels(scheme):
    return {layer.name: [label.name for label in scheme.labels_of(layer.name)] for layer in scheme.layers}


def links(scheme):
    return {kind.name: (kind.sources, kind.targets) for kind in scheme.relations}


def asked(scheme):
    return {a.name: (a.kind, [value.name for value in a.values]) for a in scheme.attributes()}


def read_text(text, name="annotation.conf"):
    format_ = next(each for each in SCHEME_FORMATS if each.recognises(SchemeText(name, text)))
    return format_.read(SchemeText(name, text))


# Our own


@given(schemes())
def test_our_own_carries_everything(scheme):
    written = scheme_format("json").write(scheme)
    assert written.lost == ()
    assert scheme_format("json").read(SchemeText("s.json", written.text)).scheme == scheme


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("format_", SCHEME_FORMATS, ids=lambda each: each.name)
def test_every_template_goes_out_and_comes_in_again(format_, name, tmp_path):
    scheme = template(name)
    path = tmp_path / f"{name}{format_.suffixes[0]}"
    if not scheme.labels and format_.name in ("label-studio", "doccano", "labelbuddy", "inception"):
        return  # a file without labels says nothing, or a layer without tags something else
    write_scheme_file(path, scheme, format_)
    found = read_scheme_file(path, format_.name).scheme
    assert scheme_faults(found) == []
    assert {label.name for label in found.labels} == {label.name for label in scheme.labels}
    if format_.name != "labelbuddy":  # which knows no links
        assert {kind.name for kind in found.relations} == {kind.name for kind in scheme.relations}
    if scheme.labels:
        assert read_scheme_file(path).scheme == found, "it is recognised by what it holds"


# brat


def test_brat_is_read():
    found = read("annotation.conf")
    assert labels(found.scheme) == {
        "Who": ["Person", "Group", "Crew"],
        "entities": ["Place", "Boat"],
        "events": ["Seizure", "Meeting", "Report"],
    }
    assert links(found.scheme) == {
        "Lives-in": (("Person",), ("Place",)),
        "Knows": (("entities", "Who"), ()),
        "Alias": (("Person",), ("Person",)),
        "By": (("Seizure",), ("Who",)),
        "Of": (("Seizure",), ("Boat",)),
        "Where": (("Seizure", "Meeting"), ("Place",)),
        "Between": (("Meeting",), ("Who",)),
        "About": (("Report",), ("events",)),
    }
    assert asked(found.scheme) == {"Denied": ("yes_no", []), "Sure": ("choice", ["High", "Low"])}
    person = found.scheme.label("Who", "Person")
    assert (person.title, person.color, person.shortcut) == ("A person", "#2e6fb7", "p")
    assert [a.name for a in person.attributes] == ["Sure"]
    assert found.scheme.label("events", "Seizure").guideline == (
        "Arguments: By (at most one), Of (one or more), Where (any number)."
    )
    for part in ("<OVERLAP>", "<REL-TYPE>", "Talks", "<DEFAULT>", "Old", "Crew is a kind of Group"):
        assert any(part in note for note in found.notes), part


def ends(scheme):
    """What each link may join, in pairs of labels."""
    return {
        (kind.name, one.name, other.name)
        for kind in scheme.relations
        for one in scheme.labels
        for other in scheme.labels
        if kind.starts_at(one) and kind.ends_at(other)
    }


@pytest.mark.parametrize("name", ["news", "polnear", "political_claims", "conll2003"])
def test_brat_keeps_what_it_can_carry(name, tmp_path):
    scheme = template(name)
    write_scheme_file(tmp_path / "annotation.conf", scheme, scheme_format("brat"))
    found = read_scheme_file(tmp_path / "annotation.conf").scheme
    assert ends(found) == ends(scheme)
    assert labels(found) == labels(scheme)
    kept = [(label.name, label.title, label.color, label.shortcut) for label in scheme.labels]
    assert [(label.name, label.title, label.color, label.shortcut) for label in found.labels] == kept
    owned = [a for a in scheme.attributes() if a.kind in ("choice", "yes_no") and a not in scheme.form]
    for attribute in owned:
        assert asked(found)[attribute.name] == (attribute.kind, [value.name for value in attribute.values])


def test_brat_events_come_back_as_events(tmp_path):
    scheme = read("annotation.conf").scheme
    written, files = write_scheme_file(tmp_path / "annotation.conf", scheme, scheme_format("brat"))
    assert [path.name for path in files] == ["annotation.conf", "visual.conf", "kb_shortcuts.conf"]
    assert ends(read_scheme_file(tmp_path / "annotation.conf").scheme) == ends(scheme)
    assert "Seizure\tBy*:Person|Group|Crew" in written.text.split("[events]")[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[entities]\nA\n[relations]\nr Arg1:A, Arg2:B\n", "line 4: r speaks of B, which is no type"),
        ("[entities]\nA\n[relations]\nr Arg1:A\n", "line 4: the relation r needs two arguments"),
        ("[entities]\nA\n[relations]\nr Arg1:<X>, Arg2:A\n", "line 4: <X> is not defined"),
        ("<X>=<X>\n[entities]\nA\n[relations]\nr Arg1:<X>, Arg2:A\n", "line 5: <X> is not defined"),
        ("[entities]\nA\nA\n", "line 3: the type A is there already"),
        ("A\n[entities]\n", "line 1: this stands before any section"),
        ("[entities]\nA\n[attributes]\nold Value:x\n", "line 4: the attribute old has no Arg"),
        ("[entities]\nA\n[events]\nE Theme\n", "line 4: “Theme” is not of the form ROLE:TYPE"),
    ],
)
def test_brat_tells_the_line(text, told):
    with pytest.raises(KnownError, match="Nothing was changed") as error:
        read_text(text)
    assert f"annotation.conf, {told}" in str(error.value)


# INCEpTION


def test_inception_layers_are_read():
    found = read("inception_layers.json")
    assert labels(found.scheme) == {"Actor": ["GOV", "NGO"], "Place": ["Place"]}
    assert found.scheme.label("Actor", "GOV").guideline == "A government"
    assert asked(found.scheme) == {
        "side": ("choice", ["n", "s"]),
        "sure": ("yes_no", []),
        "count": ("number", []),
        "id": ("entity", []),
    }
    side = next(a for a in found.scheme.attributes() if a.name == "side")
    assert (side.several, side.title, side.values[0].title) == (True, "Side", "north")
    ties = dict.fromkeys(("ally", "foe"), (("Actor",), ("Actor",)))
    assert links(found.scheme) == {"at": (("Actor",), ("Place",)), **ties}
    for part in ("Odd of Actor", "Since of the links Ties", "the layer Chain"):
        assert any(part in note for note in found.notes), part


def test_an_inception_tag_set_is_a_layer():
    found = read("inception_tagset.json")
    assert labels(found.scheme) == {"Harbour tags": ["BOAT", "PORT"]}
    assert [label.guideline for label in found.scheme.labels] == ["Anything that floats.", ""]


def test_an_inception_project_is_read_from_its_archive(tmp_path):
    path = tmp_path / "export.zip"
    held = {"name": "Harbour", "tag_sets": [], "layers": json.loads((DATA / "inception_layers.json").read_text())}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("source/a.txt", "text")
        archive.writestr("exportedproject123.json", json.dumps(held))
    assert labels(read_scheme_file(path).scheme) == {"Actor": ["GOV", "NGO"], "Place": ["Place"]}


# Label Studio


def test_label_studio_is_read():
    found = read("label_studio.xml")
    assert labels(found.scheme) == {"things": ["BOAT", "PORT"]}
    boat, port = found.scheme.labels
    assert (boat.title, boat.color, boat.shortcut, port.guideline) == ("A boat", "#1e8070", "b", "Named ones only")
    assert [a.name for a in boat.attributes] == ["state", "why"] and port.attributes == ()
    assert boat.attributes[0].required and not boat.attributes[0].several
    assert [(rule.value, rule.but) for rule in boat.attributes[0].skips] == [("sunk", True)]
    assert links(found.scheme) == {"owns": ((), ())}
    form = {a.name: a for a in found.scheme.form}
    assert {name: a.kind for name, a in form.items()} == {
        **{"seen": "yes_no", "topics": "choice", "kind": "tree", "worth": "scale", "crew": "number", "day": "date"}
    }
    assert form["topics"].several and (form["worth"].minimum, form["worth"].maximum) == (1, 7)
    assert (form["crew"].minimum, form["crew"].maximum) == (0, 99.5)
    assert [(value.name, value.parent) for value in form["kind"].values] == [
        *(("Animal", ""), ("Fish", "Animal"), ("Whale", "Animal"))
    ]
    assert any("Image picture" in note for note in found.notes) and any("afloat" in note for note in found.notes)


BOMB = '<!DOCTYPE View [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><View><Labels name="&b;"/></View>'
OUTSIDE = '<!DOCTYPE View [<!ENTITY x SYSTEM "file:///etc/passwd">]><View><Labels name="&x;"/></View>'
ELSEWHERE = '<!DOCTYPE View SYSTEM "http://archive.example/x.dtd"><View><Labels name="l"/></View>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, ELSEWHERE], ids=["bomb", "file", "network"])
def test_xml_that_swells_or_reads_others_is_refused(text):
    with pytest.raises(KnownError, match="it has a document type"):
        read_text(text, "config.xml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<View>\n<Labels>\n</View>", "config.xml, line 3: this is no XML"),
        ("<View>" * 300 + "</View>" * 300, "too deep within each other"),
        ("<View><Text name='t' value='$t'/></View>", "no labels for text and no questions"),
        ("<View><Labels name='l'><Label/></Labels></View>", "a Label has no value"),
        ("<View>&undefined;</View>", "this is no XML"),
    ],
)
def test_label_studio_tells_what_is_wrong(text, told):
    with pytest.raises(KnownError, match="Nothing was changed") as error:
        read_text(text, "config.xml")
    assert told in str(error.value)


# doccano


def test_doccano_is_read():
    found = read("doccano.json")
    assert labels(found.scheme) == {"labels": ["BOAT", "PORT"]}
    assert [(label.color, label.shortcut) for label in found.scheme.labels] == [("#1e8070", "b"), ("#b2356b", "p")]
    assert links(found.scheme) == {"owns": ((), ())}
    assert [(a.name, [value.name for value in a.values]) for a in found.scheme.form] == [("category", ["war", "trade"])]
    assert found.notes == ("The key of PORT is pressed without ctrl.",)


def test_a_plain_list_of_names_will_do(tmp_path):
    (tmp_path / "harbour.json").write_text('["BOAT", "PORT", "BOAT"]', encoding="utf-8")
    found = read_scheme_file(tmp_path / "harbour.json")
    assert [label.name for label in found.scheme.labels] == ["BOAT", "PORT"] and found.scheme.name == "harbour"
    assert found.notes == ("Left out: a second label BOAT.",)


# labelbuddy


def test_labelbuddy_is_read():
    found = read("labelbuddy.json")
    assert labels(found.scheme) == {"labels": ["BOAT", "PORT", "CREW"]}
    assert [(label.color, label.shortcut) for label in found.scheme.labels][:1] == [("#1e8070", "b")]
    assert found.notes == ("Left out: the colour teal of PORT.",)


def test_labelbuddys_labels_may_stand_a_line_each(tmp_path):
    lines = '{"name": "BOAT", "shortcut_key": "b"}\n{"name": "PORT"}\n'
    (tmp_path / "harbour.jsonl").write_text(lines, encoding="utf-8")
    found = read_scheme_file(tmp_path / "harbour.jsonl")
    assert [(label.name, label.shortcut) for label in found.scheme.labels] == [("BOAT", "b"), ("PORT", "")]


def test_a_key_that_labelbuddy_cannot_have_is_left_out():
    one, other = Label("1", "a", "ONE", shortcut="o"), Label("2", "a", "TWO", shortcut="2")
    written = scheme_format("labelbuddy").write(Scheme("s", (Layer("3", "a"),), (one, other)))
    assert [each.get("shortcut_key") for each in json.loads(written.text)] == ["o", None]
    assert written.lost == ("Not carried: 1 keys that are no small letters, or taken.",)


# Files


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.json", b'{"layers": [', "a.json, line 1, column 13: this is no JSON"),
        ("a.json", b'{"layers": [{"name": 1, "labels": [{}]}]}', "a.json: This is no scheme: 'name' is missing"),
        ("a.json", b'{"weather": 1}', "a.json"),
        ("a.txt", b"Dear all,", "a.txt is no scheme that this program knows"),
        ("a.conf", b"[entities]\nCaf\xe9\n", "a.conf, line 2: this is no text in UTF-8"),
        ("a.zip", b"PK\x03\x04....", "a.zip is a broken archive"),
        ("a.json", b"[" * 100_000, "a.json"),
        ("a.json", b'[{"text": "A"}, {"text": ""}]', "a.json: label 2 has no text"),
        ("a.json", b"", "a.json is no scheme"),
    ],
)
def test_what_is_no_scheme_is_told(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(KnownError) as error:
        read_scheme_file(tmp_path / name)
    assert told in str(error.value)


def test_no_file_is_told(tmp_path):
    with pytest.raises(KnownError, match="cannot be read"):
        read_scheme_file(tmp_path / "none.json")
    with pytest.raises(KnownError, match="cannot be written"):
        write_scheme_file(tmp_path / "none" / "a.json", template("news"), scheme_format("json"))


def test_there_is_no_other_format():
    with pytest.raises(KnownError, match=r"There is no format of schemes “word”\. There are: json"):
        scheme_format("word")


# Real files, where they are at hand

REAL = {
    "brat/brat-tutorials/news/annotation.conf": {"entities": 4, "events": 10},
    "brat/brat-tutorials/bio/annotation.conf": {"entities": 4, "events": 4},
    "peers/doccano/label_types/valid_labels.json": {"labels": 1},
    "peers/inception/project-export/Export-Test-Curated-annotation-project_3_6_1.zip": {"Named entity": 12},
}


@pytest.mark.parametrize("name", REAL)
def test_real_files(name):
    path = CORPORA / name
    if not path.exists():
        pytest.skip("the collection of real files is not on this machine")
    found = read_scheme_file(path).scheme
    assert {layer: len(held) for layer, held in labels(found).items()} == REAL[name]
    assert scheme_faults(found) == []
