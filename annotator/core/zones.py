"""Which part of a page is what, changed by hand. Zones set so do not overlap; nothing of the text is cut away."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.annotation import Zone
from annotator.core.ids import new_id
from annotator.core.span import Span


def with_zone(zones: Iterable[Zone], label: str, span: Span) -> list[Zone]:
    """`zones` with the stretch `span` a zone `label`, or of no zone where that is empty; in order of the text.

    Zones that reach into the stretch end at it; one that goes on behind it goes on as another. A zone of the same
    label that touches it becomes one with it.
    """
    kept = [piece for zone in zones for piece in _outside(zone, span)]
    if label:
        start, end = span.start, span.end
        for zone in [zone for zone in kept if zone.label == label]:
            if zone.span.end == start or zone.span.start == end:
                start, end = min(start, zone.span.start), max(end, zone.span.end)
                kept.remove(zone)
        kept.append(Zone(new_id(), label, Span(start, end)))
    return sorted(kept, key=lambda zone: (zone.span, zone.label))


def _outside(zone: Zone, span: Span) -> list[Zone]:
    """What of `zone` lies before and behind `span`; the zone itself where it does not reach into it."""
    if not zone.span.overlaps(span):
        return [zone]
    parts = []
    if zone.span.start < span.start:
        parts.append(zone._replace(span=Span(zone.span.start, span.start)))
    if span.end < zone.span.end:
        key = new_id() if parts else zone.id
        parts.append(Zone(key, zone.label, Span(span.end, zone.span.end)))
    return parts
