"""What a merge or a deletion would do, worked out on a worker and said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.gui.jobs import Job
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.registry import NO_USES, Registry, begun
from annotator.gui.session import Session
from annotator.gui.texts import plain_label, tr
from annotator.store.reading import Reader
from annotator.store.registry_plans import RegistryPlan, RegistryPlans

Make = Callable[[RegistryPlans], RegistryPlan]
CLASHES = 6  # attributes on which entries disagree, that are named


class PlanDialog(QDialog):
    """Says what a step would do, and does it when that is wanted."""

    finished_step = Signal(str)  # a sentence: what was done

    def __init__(self, session: Session, title: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._job: Job | None = None
        self._plan: RegistryPlan | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.about = plain_label("", self)
        self.about.setWordWrap(True)
        self.numbers = plain_label("", self)
        self.numbers.setWordWrap(True)
        self.clashes = plain_label("", self)
        self.clashes.setObjectName("bad")
        self.clashes.setWordWrap(True)
        self.clashes.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.do = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.do.setDefault(True)
        self.buttons.accepted.connect(self._do)
        self.buttons.rejected.connect(self.reject)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(22, 20, 22, 16)
        self.rows.setSpacing(12)
        for widget in (self.about, self.numbers, self.clashes, self.buttons):
            self.rows.addWidget(widget)
        self.finished.connect(lambda _: self._stop())

    @property
    def ready(self) -> bool:
        """Whether the plan has been worked out."""
        return self._plan is not None

    def work_out(self, make: Make) -> None:
        """Work the plan out, and say what it would do."""
        self._stop()
        self._plan = None
        self.do.setEnabled(False)
        self.numbers.setText(tr("Counting…"))
        path = self._session.project.path
        if path is None:
            self._take(make(RegistryPlans(self._session.project)))
            return

        def work(_: Event, __: object) -> RegistryPlan:
            with Reader(path) as reader:
                return make(RegistryPlans(reader))

        self._job = begun(self._session, work, self._on_done, self._on_failed)

    def _stop(self) -> None:
        self._job = None

    def _on_done(self, plan: RegistryPlan) -> None:
        if self.sender() is self._job:
            self._job = None
            self._take(plan)

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            self.numbers.setText(str(error) if isinstance(error, KnownError) else repr(error))

    def _take(self, plan: RegistryPlan) -> None:
        self._plan = plan
        self.do.setEnabled(not self._session.project.read_only)
        self.do.setFocus()
        self.numbers.setText(plan_sentence(plan))
        lines = [f"{clash.attribute}: {' / '.join(clash.values)}" for clash in plan.conflicts[:CLASHES]]
        more = len(plan.conflicts) - len(lines)
        lines += [tr("and {count} more", count=more)] if more else []
        said = tr("They say different things of one time. Both are kept:")
        self.clashes.setText("\n".join([said, *lines]) if lines else "")
        self.clashes.setVisible(bool(lines))
        self.adjustSize()

    def _do(self) -> None:
        if self._plan is not None and self._session.apply(self._plan.change):
            self.finished_step.emit(tr("{step}: done. Undo takes it back.", step=self._plan.change.name))
            self.accept()


def plan_sentence(plan: RegistryPlan) -> str:
    """How much a plan changes."""
    if not (plan.marks or plan.links or plan.answers):
        return tr("No mark, link or form is touched.")
    parts = [tr("{count} marks", count=f"{plan.marks:,}")]
    parts += [tr("{count} links", count=f"{plan.links:,}")] if plan.links else []
    parts += [tr("{count} answers in forms", count=f"{plan.answers:,}")] if plan.answers else []
    said = tr("To change: {what}, in {count} articles.", what=", ".join(parts), count=f"{plan.documents:,}")
    if plan.united:
        said += " " + tr("{count} answers name two of them, and then one.", count=f"{plan.united:,}")
    return said


def deletion(session: Session, entries: Sequence[RegistryEntry], parent: QWidget) -> PlanDialog:
    """Asks before entries are deleted that are answers."""
    made = PlanDialog(session, tr("Delete from the registry"), tr("&Delete"), parent)
    shown = entries[0].name if len(entries) == 1 else tr("{count} entries", count=len(entries))
    made.about.setText(tr("Delete {what}? What answers with it is not coded then. Undo brings all back.", what=shown))
    keys = [entry.id for entry in entries]
    made.work_out(lambda plans: plans.delete(keys))
    return made


class MergeDialog(PlanDialog):
    """Asks which of some entries stands for all of them."""

    def __init__(self, session: Session, registry: Registry, entries: Sequence[RegistryEntry], parent: QWidget) -> None:
        super().__init__(session, tr("Merge entries"), tr("&Merge"), parent)
        order = sorted(entries, key=lambda entry: -registry.uses.get(entry.id, NO_USES).marks)
        self._keys = [entry.id for entry in order]
        names = ", ".join(entry.name for entry in order[:5]) + ("…" if len(order) > 5 else "")
        self.about.setText(
            tr(
                "{names} become one entry. It has all their names, and what is known of them.",
                names=names,
            )
        )
        self.target = QuietCombo(self)
        self.target.setAccessibleName(tr("The entry that stays"))
        for entry in order:
            count = registry.uses.get(entry.id, NO_USES).marks
            self.target.addItem(f"{entry.name}  ({count:,})" if count else entry.name, entry.id)
        self.target.activated.connect(lambda _: self._work_out())
        label = plain_label(tr("The entry that stays"), self)
        label.setObjectName("faint")
        self.rows.insertWidget(1, label)
        self.rows.insertWidget(2, self.target)
        self._work_out()

    def _work_out(self) -> None:
        keys, target = self._keys, str(self.target.currentData())
        self.work_out(lambda plans: plans.merge([key for key in keys if key != target], target))
