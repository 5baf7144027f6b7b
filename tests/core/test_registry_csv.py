import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.registry import Fact, entry_from_row, stated, tidied, with_distinct
from annotator.core.registry_csv import FIXED, plan_csv, registry_csv

PIECE = st.text(alphabet=st.sampled_from("aZé|;\\[]–-=+@'\",\n\t \ufeffح٣"), max_size=8)
DATES = st.sampled_from(["", "2012", "2012-03", "2012-03-15"])
LATER = st.sampled_from(["", "2013", "2016-12-31"])
FACTS = st.lists(st.builds(Fact, PIECE, DATES, LATER), max_size=3)
ATTRIBUTES = st.dictionaries(st.sampled_from(["role", "name", "attribute:x", "=x", " id", "دور"]), FACTS, max_size=3)
ENTRIES = st.lists(
    st.tuples(PIECE.map(lambda name: f"N{name}"), PIECE, st.lists(PIECE, max_size=3), ATTRIBUTES, PIECE), max_size=4
)


def made(rows):
    entries = []
    for number, (name, kind, aliases, attributes, note) in enumerate(rows):
        known = {key: held for key, value in attributes.items() if (held := stated(value)) is not None}
        entry = RegistryEntry(f"id{number}", kind, name, tuple(aliases), known, note, "#2e6fb7" if number % 2 else "")
        entries.append(tidied(with_distinct(entry, {"other|one"} if number % 3 else set())))
    return entries


def columns(plan):
    return [entry_from_row(dict(zip(bulk.after, values, strict=True)))
            for bulk in plan.change.bulk for values in zip(*bulk.after.values(), strict=True)]  # fmt: skip


@given(ENTRIES, st.booleans())
def test_what_is_written_reads_back_exactly(rows, marked):
    entries = made(rows)
    text = registry_csv(entries, marked=marked).decode()
    plan = plan_csv([], text)
    assert plan.problems == ()
    assert list(plan.new) == entries
    assert columns(plan) == entries
    again = plan_csv(entries, text)
    assert (again.new, again.changed, again.unchanged) == ((), (), len(entries))


HADDAD = RegistryEntry("e1", "person", "Salim Haddad", ("Haddad",), {"role": "poet", "born": "1950"}, "a note")


def test_a_row_without_an_id_is_the_one_of_its_kind_and_name():
    plan = plan_csv([HADDAD], "kind,name,role\nperson,salim haddad,minister [2012-03–2016]; poet\n,Rana Karam,\n")
    (entry,) = plan.changed
    assert entry.attributes == {
        "role": [{"value": "minister", "from": "2012-03", "to": "2016"}, {"value": "poet"}],
        "born": "1950",
    }
    assert (entry.id, entry.aliases, entry.note) == ("e1", ("Haddad",), "a note")
    assert [new.name for new in plan.new] == ["Rana Karam"]


def test_an_empty_cell_takes_away_and_a_missing_column_leaves():
    (entry,) = plan_csv([HADDAD], "id;name;note;born\ne1;Salim Haddad;;\n").changed
    assert (entry.note, entry.attributes, entry.aliases) == ("", {"role": "poet"}, ("Haddad",))


def test_problems_are_told_by_row_and_the_rest_is_taken():
    twins = [HADDAD, RegistryEntry("e2", "person", "Salim Haddad")]
    text = (
        "name,kind,color,role,id\n"
        ",person,,,\n"
        "Rana,person,red,,\n"
        "Salim Haddad,person,,,\n"
        "Good,person,,,\n"
        "Late,person,,a [soon–],\n"
        "Wide,person,,,,one too many\n"
        "First,,,,e9\n"
        "Again,,,,e9\n"
    )
    plan = plan_csv(twins, text)
    assert [problem.row for problem in plan.problems] == [2, 3, 4, 6, 7, 9]
    assert [entry.name for entry in plan.new] == ["Good", "First"]
    assert "needs a name" in plan.problems[0].why
    assert "no colour" in plan.problems[1].why
    assert "2 entries are called" in plan.problems[2].why
    assert "no date" in plan.problems[3].why
    assert "row 8 once more" in plan.problems[5].why


@pytest.mark.parametrize("text", ["", "id,kind\n1,person\n", "name,name\na,b\n", 'name\n"' + "x" * 20_000_000])
def test_what_is_no_registry_is_refused(text):
    with pytest.raises(KnownError, match="Nothing was changed"):
        plan_csv([], text)


@pytest.mark.parametrize("risky", ["=1+1", "+41 44", "-x", "@home", "'=1"])
def test_no_cell_is_something_for_a_spreadsheet_to_work_out(risky):
    entry = RegistryEntry("e1", "", risky, (f"{risky}!",), {"role": risky}, risky)
    text = registry_csv([entry], marked=False).decode()
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not any(cell[:1] in ("=", "+", "-", "@") for cell in cells)
    assert plan_csv([], text).new == (entry,)


def test_the_columns_and_the_mark_before_them():
    data = registry_csv([HADDAD])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n")[0] == ",".join((*FIXED, "born", "role"))
    assert not registry_csv([HADDAD], marked=False).startswith(b"\xef\xbb\xbf")
