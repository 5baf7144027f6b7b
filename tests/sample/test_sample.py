"""The sample archive is what its README says, and its annotated example is right: read here without any importer."""

import hashlib
import json
import re
from collections import Counter
from difflib import SequenceMatcher

import pytest

from annotator import resources

SAMPLE = resources.path("sample")
SITE_LINES = ("Harbour Coast News | The Marsa Herald", "أخبار ساحل الميناء | صحيفة مرسى")
ARCHIVES = (" | THE MARSA HERALD English Archive 2005 -2017", " | صحيفة مرسى الأرشيف العربي 2005 -2017")
SHAPES = dict(zip((f"{n:03}" for n in range(17)), "AAABCCACACBCAAADC", strict=True))
ENCODINGS = {"009": "cp1252", "011": "utf-8-sig"}
NUMBERS = tuple(SHAPES)
ARABIC = ("002", "012", "016")
QUIRKS = {
    "000": ["\u00a0", "‘Not one net will be cut,’”", "told Sahil Press"],
    "001": [" (R)\n", "PORT QASR, (AP) – ", "AP Photo/", "condition of anonymity", "told Sahil Press"],
    "002": ["«", "»", "١٦", "تُمدَّد", "Joint Monitoring Mission"],
    "003": ["(Reuters)\n", "BIR SALMA, (Reuters) – ", "said in a statement"],
    "005": ["\u00ad", "\u00a0", "by the hour.\n\n“So I read", "Ras Dalia, The Marsa Herald—"],
    "006": ["PORT QASR, Harbour Coast, AP – "],
    "007": ["Sir, – ", "“Nobody Told Us”"],
    "008": ["town”s", "Port Qasr”s"],
    "009": ["Editorial: ", "“nothing but patience.”", "harbour—as", "\u00a0"],
    "010": ["Interview | Yusra", "\n\nQ: ", "\n\nA: ", "London, The Marsa Herald—"],
    "012": ["«", "»", "٢٫٤", "Sahil Press", "“لن تُقطع شبكة واحدة”"],
    "013": ["🐟", "👏🏽", "&#34A lie"],
    "015": ["by Dina Marwani | Nov 6, 2016 | Opinion"],
    "016": ["عُرسٌ", "١٩٧١"],
}


def file_of(number):
    (found,) = SAMPLE.glob(f"{number}_*.txt")
    return found


def raw(number):
    return file_of(number).read_bytes()


def text_of(number):
    return raw(number).decode(ENCODINGS.get(number, "utf-8")).replace("\r\n", "\n")


def body_of(number):
    """The page below its header, captions included."""
    return text_of(number).split("Select Page\n", 1)[1]


@pytest.fixture(scope="module")
def example():
    return json.loads((SAMPLE / "annotations.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document(example):
    (document,) = example["documents"]
    return document


@pytest.fixture(scope="module")
def annotations(document):
    return {annotation["id"]: annotation for annotation in document["annotations"]}


@pytest.fixture(scope="module")
def scheme():
    return json.loads(resources.path("schemes/news.json").read_text(encoding="utf-8"))


def of_label(document, label):
    return [annotation for annotation in document["annotations"] if annotation["label"] == label]


def targets(document, annotation, label):
    return [r["to"] for r in document["relations"] if r["from"] == annotation["id"] and r["label"] == label]


# The pages


def test_every_page_is_there_and_named_like_an_archive_page():
    pages = sorted(path.name for path in SAMPLE.glob("[0-9]*.txt"))
    assert [name[:3] for name in pages] == list(NUMBERS)
    assert all(re.fullmatch(r"\d{3}_[0-9a-f]{16}\.txt", name) for name in pages)


def test_the_readme_names_every_page():
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in SAMPLE.glob("*.txt") if path.name not in readme] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_has_the_lines_of_its_shape(number):
    lines = text_of(number).split("\n")
    assert lines[0] in SITE_LINES and lines[1] == "" and lines[3] == "Select Page"
    assert lines[2].endswith(ARCHIVES) and lines[2].rsplit(" | ", 1)[0]
    assert bool(re.fullmatch(r"Media ID: \d+", lines[4])) == (SHAPES[number] in "AB")
    assert (lines[5] == "Caption:") == (SHAPES[number] == "A")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_decodes_as_promised(number):
    data = raw(number)
    assert data.startswith(b"\xef\xbb\xbf") == (number == "011")
    assert (b"\r\n" in data) == (number == "008") and b"\r" not in data.replace(b"\r\n", b"")
    assert "\ufffd" not in text_of(number)


def test_the_crlf_page_has_no_bare_newline():
    assert raw("008").count(b"\n") == raw("008").count(b"\r\n")


def test_the_editorial_is_windows_1252_and_not_utf8():
    assert b"\x93" in raw("009") and b"\x94" in raw("009")
    with pytest.raises(UnicodeDecodeError):
        raw("009").decode("utf-8")


@pytest.mark.parametrize(("number", "words"), [(n, words) for n, quirks in QUIRKS.items() for words in quirks])
def test_a_quirk_is_really_there(number, words):
    assert words in text_of(number)


@pytest.mark.parametrize("number", ARABIC)
def test_the_arabic_pages_are_mostly_arabic(number):
    letters = [c for c in body_of(number) if c.isalpha()]
    assert sum("\u0600" <= c <= "\u06ff" for c in letters) > 0.8 * len(letters)


def test_captions_are_repeated_and_the_first_is_cut_in_a_word():
    cut, full, again = body_of("001").split("\n\n")[1:4]
    assert full == again and full.endswith("AP Photo/Dario Melk")
    stem = cut.removesuffix(" (R)")
    assert stem != cut and full.startswith(stem) and full[len(stem)].isalpha() and stem[-1].isalpha()


def test_lengths_are_those_of_a_newspaper():
    words = {number: len(body_of(number).split()) for number in NUMBERS if number not in ("015", *ARABIC)}
    assert words["005"] > 1100 and 80 <= words.pop("011") <= 110
    assert min(words.values()) > 250


def test_one_article_stands_under_two_addresses():
    hashes = Counter(hashlib.sha256(text_of(number).encode()).hexdigest() for number in NUMBERS)
    assert sorted(hashes.values())[-2:] == [1, 2] and text_of("006") == text_of("014")


def test_the_wire_versions_are_close_but_not_equal():
    first, second = (text_of(n).split("BIR SALMA, (Reuters)")[1] for n in ("003", "004"))
    assert 0.75 < SequenceMatcher(None, first.split(), second.split()).ratio() < 1


def test_the_reading_notes_are_no_archive_page():
    notes = (SAMPLE / "reading_notes.txt").read_text(encoding="utf-8")
    assert notes and not any(line in notes for line in ("Select Page", "Media ID:", "Caption:", *ARCHIVES))


# The annotated example


def test_the_example_says_what_it_is(example):
    assert (example["format"], example["version"], example["scheme"]) == ("annotator", 1, {"name": "news"})


def test_its_text_is_the_page(document):
    assert document["text"] == text_of("000") and document["metadata"]["path"] == file_of("000").name
    assert document["sha256"] == hashlib.sha256(document["text"].encode()).hexdigest()
    assert document["title"] in document["text"]


def test_every_fragment_matches_the_text(document):
    for annotation in document["annotations"]:
        fragments = annotation["fragments"]
        parts = [document["text"][start:end] for start, end in fragments]
        assert " ".join(parts) == annotation["text"] and all(part == part.strip() != "" for part in parts)
        assert (annotation["start"], annotation["end"]) == (fragments[0][0], fragments[-1][1])
        assert fragments == sorted(fragments)


def test_ids_are_unique_and_relations_have_ends(example, document, annotations):
    ids = [x["id"] for x in document["annotations"] + document["relations"]]
    assert len(set(ids)) == len(ids) == len(annotations) + len(document["relations"])
    assert all(r["from"] in annotations and r["to"] in annotations for r in document["relations"])
    (annotator,) = example["annotators"]
    assert {a["annotator"] for a in document["annotations"] + document["relations"]} == {annotator["id"]}


def test_labels_and_attributes_are_those_of_the_scheme(document, scheme):
    labels = {(layer["name"], label["name"]) for layer in scheme["layers"] for label in layer["labels"]}
    values = {a["name"]: (a.get("labels", ()), {v["name"] for v in a.get("values", ())}) for a in scheme["attributes"]}
    for annotation in document["annotations"]:
        layer, label = annotation["layer"], annotation["label"]
        assert (layer, label) in labels
        for name, value in annotation["attributes"].items():
            places, allowed = values[name]
            assert layer in places or f"{layer}/{label}" in places
            assert set(value if isinstance(value, list) else [value]) <= allowed


def test_relations_go_where_the_scheme_lets_them(document, annotations, scheme):
    types = {kind["name"]: kind for kind in scheme["relation_types"]}
    for relation in document["relations"]:
        kind, start, end = types[relation["label"]], annotations[relation["from"]], annotations[relation["to"]]
        assert {start["label"], start["layer"]} & set(kind["from"])
        assert {end["label"], end["layer"]} & set(kind["to"])


def test_every_quote_has_a_source_and_a_cue(document, annotations):
    quotes = of_label(document, "QUOTE")
    assert quotes
    for quote in quotes:
        assert [annotations[to]["label"] for to in targets(document, quote, "source")] == ["SOURCE"]
        assert [annotations[to]["label"] for to in targets(document, quote, "cue")] == ["CUE"]


def test_no_source_or_cue_is_left_over(document):
    used = {r["to"] for r in document["relations"]}
    assert [
        a["text"]
        for a in document["annotations"]
        if a["layer"] == "quotes" and a["id"] not in used | {quote["id"] for quote in of_label(document, "QUOTE")}
    ] == []


def test_at_least_five_claims_each_claimed_by_somebody(document):
    claims = of_label(document, "CLAIM")
    assert len(claims) >= 5
    assert all(len(targets(document, claim, "claimed_by")) == 1 for claim in claims)


def test_split_nested_and_indirect_quotes_are_shown(document, annotations):
    quotes = of_label(document, "QUOTE")
    kinds = Counter(quote["attributes"]["quote"] for quote in quotes)
    assert set(kinds) == {"direct", "mixed", "indirect"}
    assert any(len(q["fragments"]) > 1 and q["attributes"]["quote"] == "indirect" for q in quotes)
    inner = [(q, annotations[to]) for q in quotes for to in targets(document, q, "parent")]
    assert inner and all(outer["start"] <= q["start"] < q["end"] <= outer["end"] for q, outer in inner)


def test_the_kind_of_a_quote_follows_from_its_marks(document):
    for quote in of_label(document, "QUOTE"):
        parts = [document["text"][start:end] for start, end in quote["fragments"]]
        enclosed = all(part[0] in "“‘" and part[-1] in "”’" for part in parts)
        kind = "direct" if enclosed else "mixed" if any("“" in part for part in parts) else "indirect"
        assert quote["attributes"]["quote"] == kind


def test_every_quotation_mark_lies_in_a_quote(document):
    covered = {i for q in of_label(document, "QUOTE") for start, end in q["fragments"] for i in range(start, end)}
    assert [i for i, c in enumerate(document["text"]) if c in "“”" and i not in covered] == []


@pytest.mark.parametrize("label", ["PERSON", "ORG", "GPE"])
def test_no_further_occurrence_of_a_marked_name_is_left_unmarked(document, label):
    text, names = document["text"], of_label(document, label)
    marked = {i for a in document["annotations"] if a["layer"] == "entities" for i in range(a["start"], a["end"])}
    headline = text.index(document["title"])  # the site line above it is boilerplate, which is not annotated
    missed = [
        (found.group(), found.start())
        for form in {annotation["text"] for annotation in names}
        for found in re.finditer(rf"\b{re.escape(form)}\b", text)
        if found.start() >= headline and not marked.issuperset(range(*found.span()))
    ]
    assert names and missed == []


def test_every_capitalised_word_within_a_sentence_is_marked(document):
    text = document["text"]
    marked = {i for a in document["annotations"] if a["layer"] == "entities" for i in range(a["start"], a["end"])}
    body = text.index("Boats from Port Qasr")
    capitals = re.finditer(r"(?<=[a-z,] )[A-Z][\w’-]+", text[body:])
    assert [c.group() for c in capitals if body + c.start() not in marked and c.group() != "I"] == []
