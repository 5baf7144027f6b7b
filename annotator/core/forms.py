"""Forms: what is asked of a mark or of a document, given what is answered already.

A form is a list of attributes in order, and answers by the attribute's name. What is not coded has no answer, which
differs from every value. An answer to what is not asked any more is kept, and counts for nothing until it is again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import REST, Attribute, Skip, Value

Answers = Mapping[str, AttributeValue]


class Form:
    """The attributes of one form, as they stand with some answers."""

    def __init__(self, attributes: Sequence[Attribute], answers: Answers) -> None:
        self._attributes = attributes
        self._answers = answers
        self._by_id = {attribute.id: attribute for attribute in attributes}
        self._hidden: dict[str, bool] = {}
        self._left_out_by = without_circles(self._rules_that_hold())

    def asked(self) -> list[Attribute]:
        """What is asked, in order: what no rule leaves out, and is in use or answered all the same."""
        return [one for one in self._attributes if self._in_use(one) and not self.hides(one)]

    def missing(self) -> list[Attribute]:
        """What is required, asked and not answered."""
        return [one for one in self._attributes if one.required and self._lacks(one)]

    def hides(self, attribute: Attribute) -> bool:
        """Whether a rule of another attribute, which is asked itself, leaves this one out.

        Of rules that lead in a circle, none holds.
        """
        if attribute.id not in self._hidden:
            owners = self._left_out_by.get(attribute.id, ())
            self._hidden[attribute.id] = any(not self.hides(self._by_id[owner]) for owner in owners)
        return self._hidden[attribute.id]

    def values_of(self, attribute: Attribute) -> tuple[Value, ...]:
        """The values that apply: where another answer decides, those for what is answered there, and those for any."""
        above = self._by_id.get(attribute.depends)
        if above is None:
            return attribute.values
        there = answered(self.answer(above))
        return tuple(value for value in attribute.values if not value.when or value.when in there)

    def unfitting(self, attribute: Attribute) -> list[str]:
        """What is answered and does not apply: the scheme has no such value, or another answer rules it out."""
        if not attribute.values:
            return []
        applying = {value.name for value in self.values_of(attribute)}
        return [name for name in answered(self.answer(attribute)) if name not in applying]

    def left_out(self) -> list[Attribute]:
        """What is answered and not asked any more: kept, and counting for nothing meanwhile."""
        return [one for one in self._attributes if answered(self.answer(one)) and self.hides(one)]

    def answer(self, attribute: Attribute) -> AttributeValue | None:
        """What is answered; None where it is not coded."""
        return self._answers.get(attribute.name)

    def _in_use(self, attribute: Attribute) -> bool:
        return not attribute.optional or bool(answered(self.answer(attribute)))

    def _lacks(self, attribute: Attribute) -> bool:
        if attribute.optional or answered(self.answer(attribute)) or self.hides(attribute):
            return False
        other = self._by_id.get(attribute.unless)
        return other is None or not answered(self.answer(other))

    def _rules_that_hold(self) -> dict[str, list[str]]:
        """By attribute, those whose rules leave it out as they are answered, were they asked themselves; by id."""
        held: dict[str, list[str]] = {}
        for place, owner in enumerate(self._attributes):
            for rule in owner.skips:
                if rule_holds(rule, self.answer(owner)):
                    after = [one.id for one in self._attributes[place + 1 :]]
                    for hidden in after if rule.hidden == REST else [rule.hidden]:
                        if hidden != owner.id:
                            held.setdefault(hidden, []).append(owner.id)
        return held


def without_circles(sources: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Edges, as the sources of each target, but for those on a way that leads back to where it began."""

    def before(start: str) -> set[str]:
        found, open_ = set[str](), [start]
        while open_:
            new = [source for source in sources.get(open_.pop(), ()) if source not in found]
            found.update(new)
            open_ += new
        return found

    reach = {target: before(target) for target in sources}
    return {
        target: [source for source in held if target not in reach.get(source, ())] for target, held in sources.items()
    }


def answered(value: AttributeValue | None) -> list[str]:
    """The values that an answer holds, as rules name them; none where nothing is coded."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(each) for each in value]
    return [] if value is None or value == "" else [str(value)]


def rule_holds(rule: Skip, value: AttributeValue | None) -> bool:
    """Whether a rule of an attribute takes effect while it is answered with `value`."""
    held = answered(value)
    return (rule.value in held if rule.value else not held) != rule.but
