"""What a format could not carry of a scheme, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.core.scheme import Attribute, Scheme


def not_carried(counts: Mapping[str, int]) -> tuple[str, ...]:
    """“Not carried: 3 guidelines.” for each thing of which there is any."""
    return tuple(f"Not carried: {count} {what}." for what, count in counts.items() if count)


def rules(attributes: Iterable[Attribute]) -> int:
    """How many of them have rules about what is asked."""
    return sum(bool(each.skips or each.depends or each.unless) for each in attributes)


def guidelines(scheme: Scheme) -> int:
    """How many labels and attributes have one."""
    labels = sum(bool(label.guideline) for label in scheme.labels)
    return labels + sum(bool(attribute.guideline) for attribute in scheme.attributes())


def off(scheme: Scheme) -> int:
    """How many labels and attributes are there to be switched on."""
    return sum(not each.enabled for each in scheme.labels) + sum(each.optional for each in scheme.attributes())
