"""What a window shows of problems and guidelines: joins the watch over the open article to the right column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from shiboken6 import isValid

from annotator.core.scheme import Label
from annotator.core.span import Span
from annotator.gui.models.problem_list import ShownProblem, shown
from annotator.gui.problems import ProblemWatch
from annotator.gui.session import Session
from annotator.gui.texts import tr

if TYPE_CHECKING:
    from annotator.core.problems import Problem
    from annotator.gui.dialogs.corpus_problems import CorpusProblems
    from annotator.gui.main_window import MainWindow


class Checking(QObject):
    """Leads from a problem to its place, puts it right, and lets the guideline follow the caret."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self._corpus: CorpusProblems | None = None
        self._pointed: Label | None = None
        self.watch = ProblemWatch(self)
        self.watch.changed.connect(self._show)
        self._pages = window.side.pages
        self._list = window.side.pages.problems.list
        self._soon = QTimer(self, singleShot=True, interval=0)  # once for all that a key changes
        self._soon.timeout.connect(self._show_guideline)
        self._pages.show_page(window.settings.page)
        self._connect()

    def _connect(self) -> None:
        window, panel = self._window, self._pages.problems
        self._list.gone_to.connect(self.go_to)
        self._list.taken.connect(self._take)
        self._list.fix_wanted.connect(self.fix)
        window.side.mark_problems.fix_wanted.connect(self.fix)
        panel.rules_wanted.connect(window.commands.problem_rules)
        panel.corpus_wanted.connect(window.commands.corpus_problems)
        panel.look_wanted.connect(self.watch.look_now)
        window.line.problems.clicked.connect(lambda: self.show_page("problems"))
        self._pages.changed.connect(self._on_page)
        window.side.palette_.pointed.connect(self._on_pointed)
        window.reader.view.cursorPositionChanged.connect(self._guideline_soon)
        window.reader.gestures.brush.changed.connect(self._guideline_soon)

    def show_session(self, session: Session | None) -> None:
        """Follow `session`."""
        self._session, self._pointed = session, None
        if session is not None:
            session.chosen_changed.connect(self._on_chosen)
            session.scheme_changed.connect(self._show)
            session.opened.connect(self._show)
        elif self._corpus is not None and isValid(self._corpus):
            self._corpus.close()
        self.watch.show_session(session)
        self._show()

    # The pages of the right column

    def show_page(self, name: str) -> None:
        """Show a page of the lower part, with the column it is in; the problems take the keyboard."""
        self._window.columns.show_last(True)
        self._pages.show_page(name)
        if name == "problems" and self.watch.problems:
            self._pages.focus_page()

    def toggle_page(self, name: str) -> None:
        """Show a page of the lower part, or fold it away where it is to be seen."""
        if self._pages.shown != name or not self._window.columns.last_shown:
            self.show_page(name)
            return
        within = self._pages.isAncestorOf(self._window.focusWidget() or self._window)
        self._pages.show_page("")
        if within:
            self._window.commands.go_to_text()

    def _on_page(self) -> None:
        self._window.settings.page = self._pages.shown
        self._window.show_columns()
        self._guideline_soon()

    # Problems

    def _show(self) -> None:
        session, document = self._session, self.watch.document()
        problems = self.watch.problems if document is not None else []
        if session is not None:
            by_hand = self.watch.by_hand
            self._pages.problems.show_problems(problems, document, session.scheme, by_hand=by_hand)
        self._pages.show_count(len(problems))
        self._window.line.show_problems(len(problems))
        self._show_of_mark()
        self._guideline_soon()

    def _on_chosen(self) -> None:
        self._show_of_mark()
        self._guideline_soon()

    def _show_of_mark(self) -> None:
        mark = self._session.chosen_mark if self._session else None
        found: list[ShownProblem] = []
        if mark is not None and (of_mark := self.watch.of_mark(mark.id)):
            document = self.watch.document()
            labels = {label.id: label.shown for label in self._session.scheme.labels} if self._session else {}
            found = [shown(problem, document, labels) for problem in of_mark] if document else []
        self._window.side.mark_problems.show_problems(found)

    def go_to(self, problem: Problem) -> None:
        """Bring the place of a problem into view, and choose its mark."""
        session, reader = self._session, self._window.reader
        if session is None or session.open is None:
            return
        if problem.annotation in session.open.annotations:
            reader.go_to_mark(problem.annotation)
            return
        session.choose(None)
        if problem.of_form:  # it is about no place: the article's own fields come into view
            self._window.columns.show_last(True)
            return
        reader.moved.emit(problem.span.start)
        reader.view.select_span(problem.span)
        reader.view.reveal(problem.span)

    def _take(self, problem: Problem) -> None:
        """Go there with the keyboard: into the text, or into the article's form."""
        self.go_to(problem)
        if problem.of_form:
            self._window.side.inspector.focus_form()
        else:
            self._window.commands.go_to_text()

    def step(self, by: int) -> None:
        """Go to the next problem of the article, or with -1 to the one before."""
        problems = [row.problem for row in self._list.rows.rows]
        if not problems:
            self._window.refuse(tr("Nothing here looks wrong."))
            return
        current = self._list.current
        if current is not None and self._is_here(current):
            place = problems.index(current) + by
        else:
            here = self._position()
            before = sum(problem.span.start < here for problem in problems)
            place = before if by > 0 else before - 1
        if not 0 <= place < len(problems):
            self._window.refuse(tr("There is no further problem.") if by > 0 else tr("There is no earlier problem."))
            return
        if self._pages.shown != "problems" or not self._window.columns.last_shown:
            self._window.columns.show_last(True)
            self._pages.show_page("problems")
        self._list.select_row(place)
        self.go_to(problems[place])

    def _position(self) -> int:
        mark = self._session.chosen_mark if self._session else None
        return mark.start if mark is not None else self._window.reader.view.caret()

    def _is_here(self, problem: Problem) -> bool:
        session, view = self._session, self._window.reader.view
        if session is None:
            return False
        if problem.annotation:
            return session.chosen == problem.annotation
        return session.chosen is None and problem.span in (view.selected_span(), Span(0, 1))

    def fix_current(self) -> None:
        """Put the problem right that one is at: the current row, or the first of the chosen mark that has a fix."""
        session, current = self._session, self._list.current
        of_mark = self.watch.of_mark(session.chosen) if session is not None and session.chosen else []
        at_list = current is not None and (self._list.hasFocus() or self._is_here(current))
        wanted = [current] if at_list and current is not None and current.fixes else []
        wanted += [problem for problem in of_mark if problem.fixes]
        if wanted:
            self.fix(wanted[0])
        elif at_list or of_mark:
            self._window.refuse(tr("There is no quick fix for this problem."))
        else:
            self._window.refuse(tr("Choose a problem first, or a mark that has one."))

    def fix(self, problem: Problem) -> None:
        """Put a problem right with its first fix."""
        if self.watch.fix(problem) and self._session is not None and self._session.chosen is None:
            self._window.reader.view.clear_selection()

    def corpus(self) -> CorpusProblems:
        """The table of all articles' problems, in a window of its own: the one that is open, or a new one."""
        from annotator.gui.dialogs.corpus_problems import CorpusProblems

        if self._corpus is None or not isValid(self._corpus):
            assert self._session is not None, "its action needs a project"
            made = self._corpus = CorpusProblems(self._session, self._window.appearance.theme, self._window)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.row_shown.connect(self._window.show_span)
            made.entry_shown.connect(self._window.commands.show_registry_entry)
            made.told.connect(lambda text: self._window.reader.banner.say(text, passing=True))
        self._corpus.show()
        self._corpus.raise_()
        self._corpus.activateWindow()
        return self._corpus

    # The guideline

    def _on_pointed(self, label: Label) -> None:
        self._pointed = label
        self._guideline_soon()

    def _guideline_soon(self) -> None:
        if self._pages.shown == "guideline":
            self._soon.start()

    def _show_guideline(self) -> None:
        label = self._label()
        known = {one.id: one for one in self._session.scheme.labels} if self._session else {}
        self._pages.guideline.show_label(known.get(label.id) if label else None, self._window.appearance.theme)

    def _label(self) -> Label | None:
        """The label one is at: of the chosen mark, of the mark at the caret, of the brush, under the mouse."""
        session, reader = self._session, self._window.reader
        if session is None or session.open is None:
            return None
        if session.chosen_mark is not None:
            return session.chosen_mark.label
        caret = reader.view.caret()
        for key in (*reader.view.marks_at(caret), *reader.view.marks_at(caret - 1)):
            if key in session.open.annotations:
                return session.open.annotations[key].label
        return reader.gestures.brush.label or self._pointed
