"""Every text of the window has its translation, and every text goes through tr()."""

import ast
import json
import re
import string

import pytest
from PySide6.QtCore import Qt

from annotator.core.problems import RULES
from annotator.exporters import EXPORTERS
from annotator.gui import texts
from annotator.gui.actions import ACTIONS
from annotator.gui.texts import tr
from annotator.gui.translation import LANGUAGES, _arabic, language_of, use_language
from annotator.resources import path as resource
from tests.test_manual import ROOT

GUI = ROOT / "annotator" / "gui"
# tables whose texts are given to tr() where they are used
TABLES = {"FILTERS", "STATUSES", "FACTS", "THEMES", "LINKS", "KINDS", "REGISTRIES", "COLOR_NAMES", "HEADINGS", "SPLITS"}
SAID_BY = {
    "setText",
    "setWindowTitle",
    "setPlaceholderText",
    "setAccessibleName",
    "setToolTip",
    "addAction",
    "refuse",
    "say",
}


def modules():
    for file in sorted(GUI.rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def called(node):
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def texts_of_the_program():
    found = {spec.text for spec in ACTIONS} | {part for spec in ACTIONS for part in spec.menu.split("/")}
    found |= {text for rule in RULES for text in (rule.title, rule.sentence)}
    for option in (option for exporter in EXPORTERS for option in exporter.options):
        found |= {option.title, *([option.explanation] if option.explanation else [])}
        found |= {title for _, title in option.choices} if option.kind != "yes_no" else set()
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "tr" and node.args:
                found |= {leaf.value for leaf in ast.walk(node.args[0]) if is_text(leaf) and len(leaf.value) > 1}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in TABLES:
                found |= {row.elts[1].value for row in node.value.elts}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("IN_THE_TEXT", "IN_A_FORM"):
                found |= {cell.value for row in node.value.elts for cell in row.elts}
    return found


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def catalogue(language):
    return json.loads(resource(f"translations/{language}.json").read_text(encoding="utf-8"))


def names_in(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def forms(entry):
    return entry.values() if isinstance(entry, dict) else [entry]


def test_arabic_has_every_text_and_no_other():
    wanted, held = texts_of_the_program(), set(catalogue("ar"))
    assert wanted - held == set(), f"{len(wanted - held)} texts have no Arabic"
    assert held - wanted == set()
    assert set(catalogue("en")) <= wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_text_fills_in(language):
    for text, entry in catalogue(language).items():
        if isinstance(entry, dict):
            assert "other" in entry
            assert names_in(entry["other"]) == names_in(text), text
        for form in forms(entry):
            assert set(names_in(form)) <= set(names_in(text)), text
            assert form.strip()
            assert form.count("…") == text.count("…"), text


def test_arabic_is_written_in_arabic():
    for text, entry in catalogue("ar").items():
        for form in forms(entry):
            latin = re.sub("Annotator|{.*?}|Enter|Tab|Alt|Ctrl|Shift", "", form)
            assert re.search("[\u0600-\u06ff]", form) or not re.search("[A-Za-z]{3}", latin), text


def test_no_two_actions_of_a_menu_have_one_key_in_arabic():
    held, keys = catalogue("ar"), {}
    for spec in ACTIONS:
        mnemonic = re.search("&(.)", held[spec.text].replace("&&", ""))
        if mnemonic:
            keys.setdefault(spec.menu, []).append(mnemonic[1])
    for menu, letters in keys.items():
        assert len(letters) == len(set(letters)), menu


def test_what_a_person_reads_goes_through_tr():
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in SAID_BY and node.args:
                first = node.args[0]
                written = first.value if is_text(first) else ""
                written += (
                    "".join(leaf.value for leaf in first.values if is_text(leaf))
                    if isinstance(first, ast.JoinedStr)
                    else ""
                )
                assert not re.search("[A-Za-z]{3}", written) or written in NAMES, f"{file.name}: {written}"


NAMES = {"Annotator", " — Annotator", "2016-10-31"}


def test_words_change_with_their_number():
    assert [_arabic(count) for count in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)] == [
        "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few", "many",
    ]  # fmt: skip
    held = {"{count} marks": {"one": "a mark", "other": "{count} of them"}}
    texts.speak(held, lambda count: "one" if count == 1 else "other", mirrored=False)
    try:
        assert tr("{count} marks", count=1) == "a mark"
        assert tr("{count} marks", count="1,000") == "1,000 of them"
        assert tr("not there {x}", x=1) == "not there 1"
    finally:
        texts.speak(catalogue("en"), lambda count: "one" if count == 1 else "other", mirrored=False)


def test_a_language_that_is_not_there_is_english():
    assert language_of("ar") == "ar" and language_of("xx") == "en" and language_of("") in LANGUAGES


@pytest.fixture
def arabic(qapp, qtbot, settings, project_path):
    from annotator.gui.app import open_window

    settings.language = "ar"
    window = open_window(settings, project_path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    use_language(qapp, "en")


def test_the_window_is_mirrored_and_the_article_is_not(arabic):
    assert arabic.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert arabic.documents.geometry().left() > arabic.reader.geometry().left() > arabic.side.geometry().left()
    assert re.search("[\u0600-\u06ff]", arabic.actions_["undo"].text())
    view = arabic.reader.view
    first = view.cursorRect()
    assert first.left() < view.viewport().width() / 2  # an English line still begins at the left
    assert "\u2068" in arabic.line._place.text()  # numbers are kept apart from the words around them
