from tests.effort.__main__ import ASKED, measured


def test_no_kind_of_mark_costs_more_than_was_asked_for(tmp_path, capfd):
    tallies = measured(tmp_path)
    assert {kind: tally.each <= ASKED[kind] for kind, tally in tallies.of.items()} == dict.fromkeys(ASKED, True)
    assert {kind: tally.marks for kind, tally in tallies.of.items()} == {
        "one word": 27, "longer": 61, "further": 39, "frame": 45,
    }  # fmt: skip
