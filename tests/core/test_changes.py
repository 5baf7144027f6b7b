from hypothesis import given
from hypothesis import strategies as st

from annotator.core.changes import ChangeSet, RowChange

rows = st.none() | st.dictionaries(st.sampled_from("ab"), st.integers(0, 3))
changes = st.builds(RowChange, st.sampled_from(["labels", "relations"]), st.sampled_from("xyz"), rows, rows)
steps = st.builds(ChangeSet, st.just("Mark"), st.lists(changes).map(tuple), st.sampled_from(["", "d"]))


@given(steps)
def test_the_inverse_of_the_inverse_is_the_step(step):
    assert step.inverse().inverse() == step


@given(steps)
def test_the_inverse_goes_backwards(step):
    assert [(change.before, change.after) for change in step.inverse().rows] == [
        (change.after, change.before) for change in reversed(step.rows)
    ]
    assert (step.inverse().name, step.inverse().document) == (step.name, step.document)


def test_what_a_step_touches():
    step = ChangeSet("Mark", (RowChange("labels", "a", None, {}), RowChange("zones", "b", {}, None)))
    assert step.touches("labels") == {"a"}
    assert step.touches("annotations") == set()


def test_the_documents_of_a_step_stand_in_order_and_once():
    rows = tuple(
        RowChange(table, "k", None, row)
        for table, row in (("annotations", {"document": "b"}), ("labels", {}), ("relations", {"document": "a"}))
    )
    assert ChangeSet("Mark", rows).documents() == ["b", "a"]
    assert ChangeSet("Mark", (*rows, RowChange("zones", "z", {"document": "c"}, None)), "a").documents() == [
        "a",
        "b",
        "c",
    ]
