"""The scheme is made and changed with real keys and clicks, over marks that are there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from annotator.core.changes import ChangeSet
from annotator.core.edits import Edits
from annotator.core.scheme import Skip
from annotator.core.scheme_edits import SchemeEdits
from annotator.core.span import Span
from annotator.gui.models.scheme_outline import outline
from tests.gui.test_names import nameless

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class Editor:
    """The scheme editor, in the words of who uses it."""

    def __init__(self, driver):
        self.driver = driver
        self.window = driver.window.scheme_window()
        self.outline, self.operations = self.window.outline, self.window.operations
        driver.qtbot.waitExposed(self.window)
        self.settle()

    @property
    def scheme(self):
        return self.driver.session.scheme

    def settle(self):
        self.driver.qtbot.wait(5)

    def wait(self, condition):
        self.driver.qtbot.waitUntil(condition, timeout=5000)

    def label(self, name):
        return next(label for label in self.scheme.labels if label.name == name)

    def attribute(self, name):
        return next(attribute for attribute in self.scheme.attributes() if attribute.name == name)

    def names(self, layer):
        return [label.name for label in self.scheme.labels_of(layer)]

    def go(self, kind, key):
        self.outline.choose(kind, key)
        self.outline.table.setFocus()
        self.settle()

    def press(self, key, modifier=NONE):
        target = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)
        self.settle()

    def type_into(self, field, text):
        line = getattr(field, "line", field)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    def click(self, widget):
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, QPoint(10, widget.height() // 2))
        self.settle()

    def choose(self, box, words):
        place = box.findText(words)
        assert place >= 0, [box.itemText(row) for row in range(box.count())]
        box.setFocus()
        box.setCurrentIndex(place)
        box.activated.emit(place)
        self.settle()

    def planned(self):
        self.wait(lambda: self.operations.isVisible() and self.operations.go.isEnabled())
        return self.operations.counts.text()

    def do(self):
        self.planned()
        self.click(self.operations.go)
        self.wait(lambda: not self.driver.session.long_steps.busy and not self.operations.isVisible())


@pytest.fixture
def editor(window):
    return Editor(window)


def mark_through_project(session, label, words, **answers):
    """A mark as it comes about elsewhere, so that two may stand on the same words."""
    edits = Edits(session.open.id, session.scheme, session.project.annotator)
    start = session.open.text.index(words)
    made = edits.new_annotation(label, [Span(start, start + len(words))], answers)
    session.project.apply(edits.add(made))
    return made


def test_a_label_is_made_with_the_keyboard_alone(editor):
    editor.go("label", editor.label("ORG").id)
    editor.press(Qt.Key.Key_Insert)
    editor.press("CLUB")
    editor.press(Qt.Key.Key_Return)
    made = editor.label("CLUB")
    assert (made.layer, made.shortcut, made.enabled) == ("entities", "u", True)  # c and l belong to others
    assert len({label.color for label in editor.scheme.labels if label.enabled}) == len(
        [label for label in editor.scheme.labels if label.enabled]
    )
    assert editor.outline.current().key == made.id
    assert editor.window.label_page.heading.text() == "CLUB"
    assert "CLUB" in {button._name for button in editor.driver.window.side.palette_._buttons.values()}
    editor.driver.mark("Valletta", "u")
    assert editor.driver.marks == [("CLUB", "Valletta")]
    editor.driver.act("undo")
    editor.driver.act("undo")
    assert "CLUB" not in editor.names("entities")


def test_a_name_that_is_there_already_is_refused_where_it_is_typed(editor):
    editor.go("label", editor.label("ORG").id)
    editor.press(Qt.Key.Key_Insert)
    editor.press("GPE")
    editor.press(Qt.Key.Key_Return)
    assert editor.outline.fault.isVisible() and "GPE" in editor.outline.fault.text()
    assert editor.names("entities").count("GPE") == 1
    editor.press(Qt.Key.Key_Escape)
    assert not editor.outline.name.isVisible() and editor.window.isVisible()


def test_f2_renames_a_label_and_its_marks_and_links_follow(editor):
    editor.driver.mark("Valletta", "g")
    editor.go("label", editor.label("SOURCE").id)
    editor.press(Qt.Key.Key_F2)
    editor.press("SPEAKER")
    editor.press(Qt.Key.Key_Return)
    kind = next(kind for kind in editor.scheme.relations if kind.name == "source")
    assert "SPEAKER" in kind.targets and "SOURCE" not in kind.targets
    editor.go("label", editor.label("GPE").id)
    editor.press(Qt.Key.Key_F2)
    editor.press("PLACE")
    editor.press(Qt.Key.Key_Tab)
    assert editor.driver.marks == [("PLACE", "Valletta")] == editor.driver.stored()
    assert editor.driver.view.mark_rectangles(next(iter(editor.driver.session.open.annotations)))


def test_a_key_that_is_taken_is_told_at_its_field(editor):
    editor.go("label", editor.label("ORG").id)
    field = editor.window.label_page.shortcut
    editor.type_into(field, "p")
    assert field.fault.isVisible() and "PERSON" in field.fault.text()
    assert editor.label("ORG").shortcut == "o"
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.line.text() == "o" and not field.fault.isVisible() and editor.window.isVisible()
    editor.type_into(field, "z")
    assert editor.label("ORG").shortcut == "z"


def test_delete_tells_what_goes_and_one_undo_brings_it_back(editor):
    editor.driver.mark("“The corridor stays open.”", "q")
    editor.driver.mark("Salim Haddad", "s")
    before = (editor.driver.marks, editor.driver.links)
    editor.go("label", editor.label("QUOTE").id)
    editor.press(Qt.Key.Key_Delete)
    assert editor.planned() == "1 mark in 1 article, 1 link"
    assert editor.driver.marks == before[0]  # nothing is done by asking
    editor.press(Qt.Key.Key_Return)
    editor.wait(lambda: "QUOTE" not in editor.names("quotes"))
    assert (editor.driver.marks, editor.driver.links) == ([("SOURCE", "Salim Haddad")], [])
    assert editor.outline.current().name == "SOURCE"  # the one that took its place
    QTest.keyClick(editor.outline.table, Qt.Key.Key_Z, CONTROL)
    editor.settle()
    assert "QUOTE" in editor.names("quotes")
    assert (editor.driver.marks, editor.driver.links) == before


def test_a_name_that_is_typed_while_something_is_asked_does_not_answer_it(editor):
    editor.go("label", editor.label("ORG").id)
    editor.press(Qt.Key.Key_Delete)
    editor.planned()
    editor.outline.begin_new("layer")
    editor.press("places")
    editor.press(Qt.Key.Key_Return)
    editor.settle()
    assert "ORG" in editor.names("entities")
    assert "places" in [layer.name for layer in editor.scheme.layers]


def test_escape_leaves_the_question_and_then_the_window(editor):
    editor.go("label", editor.label("ORG").id)
    editor.press(Qt.Key.Key_Delete)
    editor.planned()
    QTest.keyClick(editor.window, Qt.Key.Key_Escape)
    editor.settle()
    assert editor.window.isVisible() and not editor.operations.isVisible()
    assert "ORG" in editor.names("entities")
    QTest.keyClick(editor.window, Qt.Key.Key_Escape)
    assert not editor.window.isVisible()


def test_a_merge_lists_what_differs_and_leads_there(editor):
    session = editor.driver.session
    mention = editor.attribute("mention")
    first, second = mention.values[0].name, mention.values[1].name
    mark_through_project(session, editor.label("GPE"), "Valletta", mention=first)
    left = mark_through_project(session, editor.label("LOC"), "Valletta", mention=second)
    mark_through_project(session, editor.label("LOC"), "Marsa")
    editor.go("label", editor.label("LOC").id)
    editor.operations.merge_label(editor.outline.current().key)
    editor.choose(editor.operations.into, "entities: GPE")
    assert editor.planned() == "2 marks in 1 article, 1 conflict"
    table = editor.operations.conflicts
    assert [table.model().index(0, column).data() for column in (0, 1)] == ["Harbour Pause Extended", "Valletta"]
    table.setFocus()
    table.selectRow(0)
    editor.press(Qt.Key.Key_Return)
    assert editor.driver.view.selected_span() == Span(left.start, left.end)
    editor.click(editor.operations.go)
    editor.wait(lambda: "LOC" not in editor.names("entities"))
    assert sorted(editor.driver.marks) == [("GPE", "Marsa"), ("GPE", "Valletta"), ("GPE", "Valletta")]
    assert editor.operations.isVisible()  # what is left to decide stays in view
    editor.click(editor.operations.cancel)
    assert editor.window.label_page.isVisible() and editor.outline.current().name == "GPE"


def test_several_labels_are_merged_and_deleted_in_one_step(editor):
    session = editor.driver.session
    mark_through_project(session, editor.label("LOC"), "Valletta")
    mark_through_project(session, editor.label("FAC"), "Marsa")
    editor.go("label", editor.label("LOC").id)  # GPE LOC FAC NORP stand in this order
    editor.outline.table.setFocus()
    editor.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    merge = next(each for each in editor.window.label_page.findChildren(QPushButton) if each.text() == "&Merge…")
    editor.click(merge)
    assert editor.operations.heading.text() == "Merge 2 labels into another"
    editor.choose(editor.operations.into, "entities: GPE")
    assert editor.planned() == "2 marks in 1 article"
    editor.click(editor.operations.go)
    editor.wait(lambda: not {"LOC", "FAC"} & set(editor.names("entities")))
    assert sorted(editor.driver.marks) == [("GPE", "Marsa"), ("GPE", "Valletta")]
    editor.driver.act("undo")
    assert sorted(editor.driver.marks) == [("FAC", "Marsa"), ("LOC", "Valletta")]
    editor.go("label", editor.label("LOC").id)
    editor.outline.table.setFocus()
    editor.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    editor.press(Qt.Key.Key_Delete)
    assert editor.operations.heading.text() == "Delete 2 labels"
    assert editor.planned() == "2 marks in 1 article"


def test_a_label_split_and_merged_back_is_what_it_was(editor):
    session = editor.driver.session
    claim = editor.label("CLAIM")
    mark_through_project(session, claim, "the raids", factual="checkable")
    mark_through_project(session, claim, "dozens of fishermen", factual="not_checkable")
    mark_through_project(session, claim, "Marsa denied")
    before = {mark.id: (mark.label.name, mark.attributes) for mark in session.open.annotations.values()}
    editor.go("label", claim.id)
    editor.operations.split_label(claim.id)
    names = editor.operations.names
    names.item(1, 1).setText("OPINION")
    names.item(2, 1).setText("")
    assert names.chosen() == {"checkable": "CHECKABLE", "not_checkable": "OPINION"}
    assert editor.planned() == "2 marks in 1 article"
    editor.do()
    labels = sorted(label for label, _ in editor.driver.marks)
    assert labels == ["CHECKABLE", "CLAIM", "OPINION"]
    for name in ("CHECKABLE", "OPINION"):
        editor.go("label", editor.label(name).id)
        editor.operations.merge_label(editor.outline.current().key)
        editor.choose(editor.operations.into, "claims: CLAIM")
        editor.do()
    after = {mark.id: (mark.label.name, mark.attributes) for mark in session.open.annotations.values()}
    assert after == before
    assert editor.names("claims") == ["CLAIM"]


def test_the_editor_follows_what_is_undone_in_the_main_window_and_keeps_its_place(editor):
    editor.go("label", editor.label("ORG").id)
    editor.type_into(editor.window.label_page.title, "Body")
    assert editor.window.label_page.heading.text() == "Body"
    editor.driver.act("undo")
    assert editor.window.label_page.heading.text() == "ORG"
    assert editor.window.label_page.title.line.text() == ""
    assert editor.outline.current().key == editor.label("ORG").id


def test_the_article_stays_where_it_is_when_the_scheme_changes(editor):
    editor.driver.mark("Valletta", "g")
    chosen, caret = editor.driver.session.chosen, editor.driver.view.caret()
    editor.go("label", editor.label("GPE").id)
    editor.type_into(editor.window.label_page.color.own, "#123456")
    assert editor.driver.session.chosen_mark.label.color == "#123456"
    assert (editor.driver.session.chosen, editor.driver.view.caret()) == (chosen, caret)


def test_a_color_that_is_none_is_refused_and_likeness_is_told(editor):
    editor.go("label", editor.label("ORG").id)
    color = editor.window.label_page.color
    editor.type_into(color.own, "bluish")
    assert "#rrggbb" in color.own.fault.text()
    editor.type_into(color.own, editor.label("PERSON").color)
    assert editor.label("ORG").color == editor.label("PERSON").color
    assert "PERSON" in color.likeness.text()


def test_markup_in_names_is_shown_as_it_is_written(editor):
    editor.go("label", editor.label("ORG").id)
    editor.type_into(editor.window.label_page.title, "<b>Body</b>")
    heading = editor.window.label_page.heading
    assert heading.text() == "<b>Body</b>" and heading.textFormat() == Qt.TextFormat.PlainText
    editor.press(Qt.Key.Key_Delete)
    editor.operations.delete("label", editor.label("ORG").id)
    assert "<b>Body</b>" in editor.operations.heading.text()
    assert editor.operations.heading.textFormat() == Qt.TextFormat.PlainText


def test_what_is_required_and_always_left_out_is_refused_with_the_sentence(editor):
    editor.go("attribute", editor.attribute("factual").id)
    page = editor.window.attribute_page
    other = editor.attribute("checkworthy") if _has(editor, "checkworthy") else page.desk.beside(page.key)[0]
    every = (*(Skip(value.name, other.id) for value in editor.attribute("factual").values), Skip("", other.id))
    assert page.desk.set_attribute(page.key, skips=every) == ""
    editor.go("attribute", other.id)
    editor.click(page.required)
    assert "always leaves it out" in page.fault.text() and page.fault.isVisible()
    assert not page.required.isChecked() and not page.desk.attributes[other.id].required


def _has(editor, name):
    return any(attribute.name == name for attribute in editor.scheme.attributes())


def test_a_rule_is_a_sentence_and_is_taken_as_it_is_set(editor):
    editor.go("attribute", editor.attribute("factual").id)
    page = editor.window.attribute_page
    editor.click(page.rules.add)
    assert editor.attribute("factual").skips == (Skip("checkable", "*"),)
    row = page.rules.rules[0]
    editor.choose(row.when, "it is anything but “checkable”")
    assert editor.attribute("factual").skips == (Skip("checkable", "*", but=True),)
    assert page.rules.rules[0] is row  # the keyboard is not thrown out of it
    editor.click(row.remove)
    assert editor.attribute("factual").skips == ()


def test_values_are_typed_pasted_moved_and_removed(editor):
    editor.go("attribute", editor.attribute("factual").id)
    table = editor.window.attribute_page.values
    table.setFocus()
    editor.press(Qt.Key.Key_Insert)
    editor.press("partly")
    editor.press(Qt.Key.Key_Return)
    assert [value.name for value in editor.attribute("factual").values][-1] == "partly"
    QApplication.clipboard().setText("never\tNever\t98\nlater\n\npartly")
    QTest.keyClick(table, Qt.Key.Key_V, CONTROL)
    editor.settle()
    assert [(v.name, v.title, v.code) for v in editor.attribute("factual").values][-3:] == [
        ("partly", "", ""), ("never", "Never", "98"), ("later", "", ""),
    ]  # fmt: skip
    table.setCurrentIndex(table.model().index(3, 0))
    QTest.keyClick(table, Qt.Key.Key_Up, ALT)
    editor.settle()
    assert [value.name for value in editor.attribute("factual").values][2] == "partly"
    assert table.currentIndex().row() == 2
    QTest.keyClick(table, Qt.Key.Key_Delete)
    editor.wait(lambda: "partly" not in [value.name for value in editor.attribute("factual").values])


def test_a_value_that_marks_hold_is_renamed_after_a_dry_run(editor):
    session = editor.driver.session
    mark = mark_through_project(session, editor.label("CLAIM"), "the raids", factual="checkable")
    editor.go("attribute", editor.attribute("factual").id)
    table = editor.window.attribute_page.values
    table.setCurrentIndex(table.model().index(0, 0))
    table.setFocus()
    editor.press(Qt.Key.Key_F2)
    editor.press("testable")
    editor.press(Qt.Key.Key_Return)
    assert editor.planned() == "1 mark in 1 article"
    assert session.open.annotations[mark.id].attributes == {"factual": "checkable"}
    editor.do()
    assert session.open.annotations[mark.id].attributes == {"factual": "testable"}
    editor.driver.act("undo")
    assert session.open.annotations[mark.id].attributes == {"factual": "checkable"}


def test_answers_of_another_kind_are_refused_with_the_reason(editor):
    mark_through_project(editor.driver.session, editor.label("CLAIM"), "the raids", factual="checkable")
    editor.go("attribute", editor.attribute("factual").id)
    page = editor.window.attribute_page
    editor.choose(page.kind, "Number")
    editor.wait(page.fault.isVisible)
    assert "another kind" in page.fault.text()
    assert editor.attribute("factual").kind == "choice" and page.kind.currentText() == "Choice"


def test_space_takes_labels_in_and_out_of_use_and_marks_keep_theirs(editor):
    editor.driver.mark("Valletta", "g")
    palette = editor.driver.window.side.palette_
    editor.go("label", editor.label("GPE").id)
    editor.press(Qt.Key.Key_Space)
    editor.go("label", editor.label("MONEY").id)
    editor.press(Qt.Key.Key_Space)
    offered = {button._name for button in palette._buttons.values()}
    assert "MONEY" in offered and "GPE" not in offered
    assert editor.driver.marks == [("GPE", "Valletta")]
    editor.go("attribute", editor.attribute("certainty").id)
    editor.press(Qt.Key.Key_Space)
    fields = [field.property("field") for field in editor.driver.window.side.inspector.findChildren(QWidget)]
    assert "certainty" in fields
    for _ in range(3):
        editor.driver.act("undo")
    assert "GPE" in {button._name for button in palette._buttons.values()}


def test_alt_and_arrows_move_what_one_is_on(editor):
    editor.go("label", editor.label("ORG").id)
    editor.press(Qt.Key.Key_Down, ALT)
    assert editor.names("entities")[:3] == ["PERSON", "GPE", "ORG"]
    assert editor.outline.current().name == "ORG"
    editor.press(Qt.Key.Key_Up, CONTROL)
    assert editor.names("entities")[:3] == ["PERSON", "ORG", "GPE"]


def test_links_allow_what_is_ticked(editor):
    kind = next(kind for kind in editor.scheme.relations if kind.name == "cue")
    editor.go("link", kind.id)
    ticks = editor.window.link_page.ends["targets"]
    row = next(row for row in range(ticks.count()) if ticks.item(row).text() == "ROLE")
    ticks.setCurrentRow(row)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    editor.settle()
    assert next(k for k in editor.scheme.relations if k.name == "cue").targets == (*kind.targets, "ROLE")
    editor.click(editor.window.link_page.any["targets"])
    assert next(k for k in editor.scheme.relations if k.name == "cue").targets == ()


def test_the_form_of_the_article_is_asked_in_its_order(editor):
    editor.go("form", "")
    for name in ("slant", "tone"):
        editor.type_into(editor.window.form_page.new, name)
        editor.go("form", "")
    assert [question.name for question in editor.scheme.form][-2:] == ["slant", "tone"]
    questions = editor.window.form_page.questions
    questions.setCurrentRow(questions.count() - 1)
    QTest.keyClick(questions, Qt.Key.Key_Up, ALT)
    editor.settle()
    assert [question.name for question in editor.scheme.form][-2:] == ["tone", "slant"]
    QTest.keyClick(questions, Qt.Key.Key_Return)
    editor.settle()
    assert editor.window.attribute_page.heading.text() == "tone"
    assert editor.outline.current().kind == "question"


def test_a_large_step_goes_on_beside_the_window_and_other_edits_wait(editor, window):
    session = window.session
    label = editor.label("LAW")
    edits = Edits(session.open.id, session.scheme, session.project.annotator)
    made = [edits.new_annotation(label, [Span(place % 100, place % 100 + 5)], {}) for place in range(3000)]
    session.project.apply(edits.add(*made))
    window.click("Valletta")
    caret = window.view.caret()
    document = session.open.id
    editor.go("label", label.id)
    editor.press(Qt.Key.Key_Delete)
    editor.planned()
    refused = []
    session.refused.connect(refused.append)
    editor.operations.go.click()
    assert session.long_steps.busy
    assert not session.apply(edits.add(edits.new_annotation(editor.label("ORG"), [Span(0, 3)], {})))
    assert "being written" in refused[0]
    editor.wait(lambda: not session.long_steps.busy)
    editor.settle()
    assert session.open.annotations == {} and session.open.id == document and window.view.caret() == caret
    window.act("undo")
    editor.wait(lambda: len(session.open.annotations) == 3000)
    assert window.marks[0][0] == "LAW"
    window.act("redo")
    editor.wait(lambda: session.open.annotations == {})


def test_versions_are_listed_newest_first(editor):
    editor.go("label", editor.label("ORG").id)
    editor.type_into(editor.window.label_page.title, "Body")
    editor.driver.act("undo")
    editor.window.show_versions()
    model = editor.window.versions.model
    numbers = [int(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) >= 3
    assert model.index(0, 3).data() == "taken back: Label ORG"
    assert model.index(0, 2).data() == "Amina"
    editor.wait(lambda: "1 label changed (ORG)" in editor.window.versions.words.text())


def test_what_a_version_deleted_comes_back_after_a_dry_run(editor):
    editor.driver.mark("Valletta", "g")
    editor.go("label", editor.label("GPE").id)
    editor.press(Qt.Key.Key_Delete)
    editor.do()
    editor.go("label", editor.label("ORG").id)
    editor.type_into(editor.window.label_page.title, "Body")
    editor.window.show_versions()
    editor.window.versions.table.selectRow(1)
    editor.wait(editor.window.versions.recover.isEnabled)
    editor.click(editor.window.versions.recover)
    assert editor.planned() == "1 mark in 1 article"
    editor.do()
    assert editor.driver.marks == [("GPE", "Valletta")] == editor.driver.stored()
    assert editor.label("ORG").title == "Body"  # what was done since stays
    assert editor.window.versions.isVisible()


def test_a_mark_tells_the_version_it_was_made_under_once_the_scheme_is_another(editor):
    editor.driver.mark("Valletta", "g")
    inspector = editor.driver.window.side.inspector

    def tips():
        found = [part.toolTip().replace("\xa0", " ") for part in inspector.findChildren(QWidget)]
        return [tip for tip in found if "version" in tip]

    assert tips() == []
    editor.go("label", editor.label("GPE").id)
    editor.type_into(editor.window.label_page.title, "Place")
    assert len(tips()) == 1 and "version 1 " in tips()[0]


@pytest.mark.parametrize("place", ["label", "layer", "link", "attribute", "form", "versions", "merge", "split"])
def test_every_page_tells_a_reader_what_its_fields_are(editor, place):
    claim = editor.label("CLAIM")
    keys = {"label": claim.id, "layer": editor.scheme.layers[0].id, "link": editor.scheme.relations[0].id}
    keys |= {"attribute": editor.attribute("factual").id}
    if place in ("merge", "split"):
        editor.go("label", claim.id)
        getattr(editor.operations, f"{place}_label")(claim.id)
    elif place == "versions":
        editor.window.show_versions()
    else:
        editor.go(place, keys.get(place, ""))
    editor.settle()
    assert nameless(editor.window) == []


def test_an_attribute_is_made_on_the_page_of_its_label_and_the_keyboard_follows(editor):
    editor.go("label", editor.label("ORG").id)
    editor.type_into(editor.window.label_page.new_attribute, "sector")
    assert [each.name for each in editor.label("ORG").attributes][-1] == "sector"
    assert editor.window.attribute_page.heading.text() == "sector"
    assert editor.window.attribute_page.isAncestorOf(editor.window.focusWidget())


def test_the_project_may_be_closed_while_a_large_step_is_written(editor, window, qtbot):
    session = window.session
    edits = Edits(session.open.id, session.scheme, session.project.annotator)
    label = editor.label("LAW")
    path = session.project.path
    session.apply(edits.add(*(edits.new_annotation(label, [Span(0, 1 + n % 50)], {}) for n in range(2000))))
    assert session.long_steps.busy
    window.window.close_project()
    qtbot.wait(50)
    assert window.window.open_path(path)
    assert window.session.counts()[label.id] == 2000


def test_a_filter_finds_among_a_thousand_labels(editor):
    tables = editor.driver.session.project.scheme_tables()
    rows = []
    layer = editor.scheme.layers[0].id
    for number in range(1000):
        change = SchemeEdits(tables).add_label(layer, f"WORD_{number}")
        rows += change.rows
    editor.driver.session.project.apply(ChangeSet("Many labels", tuple(rows)))
    assert len(outline(editor.scheme, [])) > 1000
    editor.window.outline.filter.setFocus()
    editor.press("WORD_777")
    assert [editor.outline.model.row(row).name for row in range(editor.outline.model.rowCount())] == [
        "entities",
        "WORD_777",
    ]
    editor.press(Qt.Key.Key_Escape)
    assert editor.outline.model.rowCount() > 1000 and editor.window.isVisible()
