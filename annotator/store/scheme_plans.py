"""Changes of a scheme that reach what is marked already: worked out whole before anything is done, and one step then.

>>> plan = SchemePlans(reader).merge_labels([envoy], person)
>>> plan.marks, plan.documents, len(plan.conflicts)
(412, 37, 5)
>>> project.apply(plan.change)
"""

from __future__ import annotations

from annotator.store.attribute_plans import AttributePlans
from annotator.store.label_plans import LabelPlans
from annotator.store.link_plans import LinkPlans
from annotator.store.planning import Conflict, Missing, Plan

__all__ = ["Conflict", "Missing", "Plan", "SchemePlans"]


class SchemePlans(LabelPlans, AttributePlans, LinkPlans):
    """Works out everything that may happen to a scheme over marks, links and answers."""
