"""The palette of commands, the label picker, zones, notes on articles, back and forward."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.panels.filtered_list import FilteredList
from annotator.gui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT
from tests.gui.conftest import QUOTED


def popup(window):
    (found,) = [one for one in window.window.findChildren(FilteredList) if one.isVisible()]
    return found


def rows(found):
    return [found.model.index(row).data() for row in range(found.model.rowCount())]


def pick(found, typed):
    QTest.keyClicks(found.field, typed)
    QTest.keyClick(found.field, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_every_action_is_in_the_palette_and_the_last_used_comes_first(window):
    window.act("command_palette")
    found = popup(window)
    assert len(rows(found)) == len(window.window.actions_) - 1
    pick(found, "dark")
    assert window.window.settings.theme == "dark"
    window.act("command_palette")
    assert rows(popup(window))[0] == "Dark"
    QTest.keyClick(popup(window).field, Qt.Key.Key_Escape)
    window.act("theme_light")


def test_what_cannot_be_done_is_shown_and_does_nothing(window):
    window.act("command_palette")
    found = popup(window)
    pick(found, "delete the mark")
    assert found.isVisible()
    QTest.keyClick(found.field, Qt.Key.Key_Escape)
    assert not found.isVisible()


def test_a_label_is_picked_by_typing_and_those_given_last_come_first(window):
    window.drag("Valletta")
    window.press(Qt.Key.Key_Return)
    pick(popup(window), "gp")
    assert window.marks == [("GPE", "Valletta")]
    window.press(Qt.Key.Key_Escape)
    window.drag("Marsa")
    window.act("pick_label")
    found = popup(window)
    assert rows(found)[0] == "GPE"
    QTest.keyClick(found.field, Qt.Key.Key_Down)
    QTest.keyClick(found.field, Qt.Key.Key_Up)
    QTest.keyClick(found.field, Qt.Key.Key_Return)
    assert window.marks == [("GPE", "Valletta"), ("GPE", "Marsa")]


def test_nothing_fits_what_was_typed(window):
    window.act("command_palette")
    found = popup(window)
    pick(found, "zzzz")
    assert rows(found) == [] and found.isVisible()
    found.close()


def test_a_zone_is_set_taken_away_and_undone(window):
    title = Span(0, QUOTED.index("\n"))
    window.view.select_span(title)
    window.act("set_zone")
    pick(popup(window), "headline")
    zones = window.session.open.document.zones
    assert [(zone.label, zone.span) for zone in zones] == [("HEADLINE", title)]
    window.view.set_caret(3)
    window.act("set_zone")  # the paragraph of the caret
    pick(popup(window), "no zone")
    assert window.session.open.document.zones == ()
    window.act("undo")
    assert len(window.session.open.document.zones) == 1
    stored = window.session.project.document(window.session.open.id)
    assert stored.zones == window.session.open.document.zones


def test_a_note_on_the_article_is_kept_and_undone(window):
    window.session.write_document_note("A wire story.")
    assert window.session.project.document(window.session.open.id).note == "A wire story."
    assert window.window.documents.place() == (1, 3)
    window.act("undo")
    assert window.session.open.document.note == ""


def test_back_and_forward_through_articles_and_far_places(window):
    first = window.session.open.id
    window.act("next_document")
    second = window.session.open.id
    window.act("next_document")
    window.act("go_back")
    assert window.session.open.id == second
    window.act("go_back")
    assert window.session.open.id == first
    window.act("go_back")
    assert "no earlier" in window.window.reader.banner.text
    window.act("go_forward")
    assert window.session.open.id == second
    assert window.window.documents.place()[0] == 2


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda theme: theme.name)
def test_what_is_read_can_be_read(theme):
    from PySide6.QtGui import QColor

    from annotator.gui.theme import contrast, label_color
    from annotator.templates import template

    least = theme.readable
    for ground in (theme.paper, theme.background, theme.chosen, theme.hover):
        assert contrast(QColor(theme.ink), QColor(ground)) >= least
    for name in ("faint", "accent", "good", "warning"):
        for ground in (theme.paper, theme.background):
            assert contrast(QColor(getattr(theme, name)), QColor(ground)) >= least, name
    for label in template("news").labels:
        assert contrast(label_color(label.color, theme), QColor(theme.paper)) >= least
    if theme.name == "contrast":
        assert contrast(QColor(theme.hairline), QColor(theme.paper)) >= 3


def test_high_contrast_is_put_on_and_taken_off(window):
    window.act("theme_contrast")
    assert window.window.appearance.theme in (CONTRAST_LIGHT, CONTRAST_DARK)
    assert window.window.actions_["theme_contrast"].isChecked()
    window.act("theme_light")
    assert window.window.appearance.theme == LIGHT


def filters(window):
    from annotator.gui.panels.filters import Filters

    window.window.documents.show_filters()
    (found,) = [one for one in window.window.findChildren(Filters) if one.isVisible()]
    return found


def test_the_list_is_filtered_and_says_so_and_shows_all_again(window):
    window.mark("Valletta", "g")
    found = filters(window)
    found.label.setCurrentText("entities: GPE")
    window.settle()
    documents = window.window.documents
    assert documents.place() == (1, 1)
    assert "GPE" in documents._filtered.text() and documents.filter.isChecked()
    assert documents._count.text().startswith("1 article found")
    found.label.setCurrentText("no marks yet")
    window.settle()
    assert documents.place()[1] == 2
    found.close()
    QTest.mouseClick(documents._filtered, Qt.MouseButton.LeftButton)
    assert documents.place() == (1, 3) and not documents._filtered.isVisible()


def test_a_date_that_is_not_one_yet_filters_nothing(window):
    found = filters(window)
    QTest.keyClicks(found.since, "201")
    assert window.window.documents.place()[1] == 3
    QTest.keyClicks(found.since, "6")
    window.settle()
    assert window.window.documents.place()[1] == 0
    found.clear.click()
    assert window.window.documents.place()[1] == 3
    found.close()


def test_progress_is_counted(window):
    documents = window.window.documents
    window.act("finish_document")
    window.qtbot.waitUntil(lambda: "1 finished" in documents._count.text())
    assert (documents._bar.value(), documents._bar.maximum()) == (1, 3)
    window.act("next_unfinished")
    assert documents.place()[0] == 2
    window.act("next_document")
    window.act("finish_document")
    window.act("next_unfinished")  # round the end
    assert documents.place()[0] == 2


def test_the_card_of_an_article_has_its_status_and_its_note(window):
    card = window.window.side.inspector.card
    card.note.setFocus()
    QTest.keyClicks(card.note, "A wire story.")
    key = window.session.open.id
    window.act("next_document")
    assert card.note.toPlainText() == ""
    assert window.session.project.document(key).note == "A wire story."
    window.act("previous_document")
    assert card.note.toPlainText() == "A wire story."
    (finished,) = [
        button for button in card.findChildren(type(window.window.documents.filter)) if button.text() == "Finished"
    ]
    QTest.mouseClick(finished, Qt.MouseButton.LeftButton)
    assert window.session.open.status == "finished"
    assert window.window.actions_["finish_document"].isChecked()


def test_words_of_a_list_are_highlighted_from_one_article_to_the_next(window):
    from annotator.gui.dialogs.keywords import KeywordsDialog

    window.act("keywords")
    (dialog,) = window.window.findChildren(KeywordsDialog)
    (new,) = [one for one in dialog.findChildren(type(dialog.load)) if one.text() == "New list"]
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.name, "ports")
    QTest.keyClicks(dialog.words, "port*")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.words, "strike")
    dialog.accept()
    assert [held["name"] for held in window.window.settings.keywords] == ["ports"]
    groups = window.window.reader.highlights._groups
    window.act("next_document")
    window.qtbot.waitUntil(lambda: "keywords 0" in groups and len(groups["keywords 0"].spans) == 3)
    assert {span.covered(window.text) for span in groups["keywords 0"].spans} == {"Ports", "Port", "strike"}
    window.act("keywords")
    dialog = window.window.findChildren(KeywordsDialog)[-1]
    dialog.list.setCurrentRow(0)
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    dialog.accept()
    assert window.window.settings.keywords == [] and "keywords 0" not in groups


def test_a_layer_is_hidden_with_its_eye_and_a_label_taken_up_with_the_right_button(window):
    window.mark("Valletta", "g")
    palette = window.window.side.palette_
    QTest.mouseClick(palette._eyes["entities"], Qt.MouseButton.LeftButton)
    assert window.view.mark_rectangles(window.session.chosen) == []
    QTest.mouseClick(palette._eyes["entities"], Qt.MouseButton.LeftButton)
    assert window.view.mark_rectangles(window.session.chosen)
    label = window.session.chosen_mark.label
    palette.brush_wanted.emit(label)
    assert palette._buttons[label.id].property("painting") is True
    window.click("Marsa")
    assert window.marks == [("GPE", "Valletta"), ("GPE", "Marsa")]
    window.act("brush")
    assert palette._buttons[label.id].property("painting") is False


def test_many_labels_can_be_filtered(qtbot):
    from annotator.core.scheme import Label, Layer, Scheme
    from annotator.gui.panels.palette import Palette

    labels = tuple(Label(f"l{n}", "things", f"THING_{n}") for n in range(300))
    palette = Palette()
    qtbot.addWidget(palette)
    palette.show_scheme(Scheme("many", (Layer("t", "things"),), labels), LIGHT)
    palette.show()
    QTest.keyClicks(palette.filter, "thing_29")
    assert [key for key, button in palette._buttons.items() if button.isVisible()] == [
        "l29", *(f"l29{n}" for n in range(10)),
    ]  # fmt: skip
