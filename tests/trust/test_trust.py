"""The short forms of every harness. `python -m tests.trust --long` has the long ones."""

import pytest

from annotator.store.database import connect_to_write
from tests.trust import lint
from tests.trust.__main__ import HARNESSES
from tests.trust.children import in_its_own_process
from tests.trust.results import Result, table


@pytest.mark.parametrize("name", HARNESSES)
def test_it_holds(name):
    result = in_its_own_process(name, long=False)
    if result.skipped:
        pytest.skip(result.skipped)
    assert result.wrong == []
    assert (result.lost, result.corrupt) == (0, 0)
    assert result.runs > 0


def test_the_lint_sees_a_transaction_that_begins_late(tmp_path):
    (tmp_path / "late.py").write_text(
        'def write(connection):\n    connection.execute("BEGIN")\n    connection.executescript("")\n'
        'def well(connection):\n    connection.execute("BEGIN IMMEDIATE")\n'
    )
    assert [fault.split(":")[0] for fault in lint.faults(tmp_path)] == ["late.py, write", "late.py, write"]


def test_a_table_tells_what_did_not_hold():
    good, lost, wrong = Result("R1", "a", runs=3), Result("R2", "b", lost=1), Result("R3", "c", wrong=["no"])
    skipped = Result("R4", "d", skipped="there is no disk")
    assert [each.verdict for each in (good, lost, wrong, skipped)] == ["kept", "failed", "failed", "skipped"]
    assert "| R4 | d | 0 | 0 | 0 | skipped | 0.0 | there is no disk |" in table([skipped])


def test_the_program_synchronises_as_the_harness_takes_it_to(tmp_path):
    connection = connect_to_write(None)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()
