"""Problems, their rules and fixes, and the guideline: actions of several menus."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.errors import KnownError
from annotator.gui.commands.base import Group
from annotator.gui.texts import tr


class CheckingCommands(Group):
    """Problems and guidelines."""

    def toggle_marks(self) -> None:
        self._window.checking.toggle_page("marks")

    def toggle_problems(self) -> None:
        self._window.checking.toggle_page("problems")

    def toggle_guideline(self) -> None:
        self._window.checking.toggle_page("guideline")

    def next_problem(self) -> None:
        self._window.checking.step(1)

    def previous_problem(self) -> None:
        self._window.checking.step(-1)

    def fix_problem(self) -> None:
        self._window.checking.fix_current()

    def corpus_problems(self) -> None:
        if self._window.session is not None:
            self._window.checking.corpus().check()

    def problem_rules(self) -> None:
        """Tick the rules by which problems are looked for in this project."""
        from annotator.gui.dialogs.problem_rules import ProblemRulesDialog
        from annotator.store.problem_fixes import rules_off, switch_rules_off

        session = self._window.session
        if session is None:
            return

        def take(off: frozenset[str]) -> None:
            try:
                switch_rules_off(session.project, off)
            except KnownError as error:
                self._window.refuse(str(error))
            else:
                self._window.checking.watch.look_soon()

        dialog = ProblemRulesDialog(rules_off(session.project), self._window)
        dialog.wanted.connect(take)
        dialog.open()

    def make_example(self) -> None:
        """Write the sentence of the chosen mark into its label's guideline."""
        from annotator.core.guidelines import example_of, read_guideline, written_guideline
        from annotator.core.scheme_edits import SchemeEdits

        session = self._window.session
        mark = session.chosen_mark if session else None
        if session is None or session.open is None or mark is None:
            return
        label = next(label for label in session.scheme.labels if label.id == mark.label.id)
        held, example = read_guideline(label.guideline), example_of(session.open.text, mark.fragments)
        if example in held.examples:
            self._window.refuse(tr("This is an example of {label} already.", label=label.shown))
            return
        written = written_guideline(held.text, [*held.examples, example])
        try:
            step = SchemeEdits(session.project.scheme_tables()).set_label(label.id, guideline=written)
        except KnownError as error:
            self._window.refuse(str(error))
            return
        if session.apply(replace(step, name=f"Example of {label.shown}")):
            said = tr("It stands in the guideline of {label} now. Undo takes it back.", label=label.shown)
            self._window.reader.banner.say(said, passing=True)
