"""The rules of an attribute as sentences: When it is “irrelevant”, do not ask everything behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.scheme import REST, Attribute, Skip, Value
from annotator.gui.dialogs.scheme.fields import Choice, button, faint
from annotator.gui.texts import set_tip, tr

Rules = tuple[Skip, ...]


def conditions(attribute: Attribute) -> list[tuple[str, str]]:
    """What a rule of `attribute` may wait for: keys, and words."""
    values: Sequence[Value] = attribute.values
    if attribute.kind == "yes_no":
        values = (Value("yes", tr("yes")), Value("no", tr("no")))
    found = [("=", tr("nothing is answered")), ("≠", tr("anything is answered"))]
    found += [(f"={value.name}", tr("it is “{value}”", value=value.shown)) for value in values]
    return found + [(f"≠{value.name}", tr("it is anything but “{value}”", value=value.shown)) for value in values]


def condition_of(rule: Skip) -> str:
    """The key of what `rule` waits for."""
    return f"{'≠' if rule.but else '='}{rule.value}"


class _Rule(QWidget):
    """One sentence."""

    def __init__(self, changed: Callable[[], None], removed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.when = Choice(tr("When"), lambda _: changed(), self)
        self.hidden = Choice(tr("do not ask"), lambda _: changed(), self)
        self.remove = button("×", removed, self, flat=True)
        self.remove.setAccessibleName(tr("Remove the rule"))
        set_tip(self.remove, tr("Remove the rule"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        when, ask = faint(tr("When"), self), faint(tr("do not ask"), self)
        for label in (when, ask):
            label.setWordWrap(False)
        for widget, stretch in ((when, 0), (self.when, 1), (ask, 0), (self.hidden, 1), (self.remove, 0)):
            row.addWidget(widget, stretch)

    def rule(self) -> Skip:
        """What the sentence says."""
        condition = str(self.when.currentData() or "=")
        return Skip(condition[1:], str(self.hidden.currentData() or REST), condition[0] == "≠")


class RulesBox(QWidget):
    """All rules of an attribute. Gives them as a person has set them."""

    def __init__(self, give: Callable[[Rules], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._give = give
        self._first = "="
        self.rules: list[_Rule] = []
        self.add = button(tr("&Add a rule"), self._add, self, flat=True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        last = QHBoxLayout()
        last.addWidget(self.add)
        last.addStretch()
        self._rows.addLayout(last)

    def show_rules(self, attribute: Attribute, beside: Sequence[Attribute]) -> None:
        """Show the rules of `attribute`, which may leave out what is asked `beside` it."""
        while len(self.rules) > len(attribute.skips):
            self._rows.removeWidget(gone := self.rules.pop())
            gone.hide()
            gone.deleteLater()
        while len(self.rules) < len(attribute.skips):
            self._make()
        waits = conditions(attribute)
        self._first = waits[2][0] if len(waits) > 2 else "="
        names = [(REST, tr("everything behind it")), *((each.id, each.shown) for each in beside)]
        for row, rule in zip(self.rules, attribute.skips, strict=True):
            key = condition_of(rule)
            known = any(key == each for each, _ in waits)
            row.when.show_rows(waits if known else [*waits, (key, key[1:])], key)
            row.hidden.show_rows(names, rule.hidden)
        self.add.setEnabled(bool(beside))

    def _make(self) -> None:
        made = _Rule(self._changed, lambda: self._remove(made), self)
        self._rows.insertWidget(len(self.rules), made)
        self.rules.append(made)

    def _changed(self) -> None:
        self._give(tuple(dict.fromkeys(row.rule() for row in self.rules)))

    def _remove(self, gone: _Rule) -> None:
        self._give(tuple(row.rule() for row in self.rules if row is not gone))

    def _add(self) -> None:
        rules = [row.rule() for row in self.rules]
        self._give((*rules, Skip(self._first[1:], REST, self._first[0] == "≠")))
