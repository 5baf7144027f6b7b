"""Where documents go when an export is split: always the same, never far from what was asked for, copies together."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exporters.placing import NEVER, PARTS, Placeable, Split, place

DAYS = ("", "2016", "2016-10", *(f"2016-10-{day:02}" for day in range(1, 20)))
ways = st.sampled_from(["document", "source", "date"])


def one(number, source="", date=""):
    return Placeable(f"{number * 7919 % 99991:064x}", f"id {number}", source, date)


@st.composite
def projects(draw, most=60):
    count = draw(st.integers(0, most))
    found = [one(n, draw(st.sampled_from(["", "A", "B", "C"])), draw(st.sampled_from(DAYS))) for n in range(count)]
    numbers = draw(st.permutations(range(count)))
    groups, at = [], 0
    for size in draw(st.lists(st.integers(2, 6), max_size=6)):
        if at + size <= count:
            groups.append([found[number].key for number in numbers[at : at + size]])
            at += size
    return found, groups


def sizes(placed):
    found = Counter(placed.parts.values())
    return tuple(found[part] for part in PARTS)


@given(project=projects(), way=ways, seed=st.integers(0, 99), data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_documents_makes_no_difference(project, way, seed, data):
    found, groups = project
    split = Split(way, seed=seed)
    other = data.draw(st.permutations(found))
    placed, again = place(found, groups, split), place(other, groups[::-1], split)
    assert placed.parts == again.parts and sorted(placed.moved) == sorted(again.moved)
    assert set(placed.parts) == {each.key for each in found}


@given(project=projects(), way=ways)
@settings(max_examples=150, deadline=None)
def test_near_duplicates_are_on_one_side(project, way):
    found, groups = project
    placed = place(found, groups, Split(way))
    assert all(len({placed.parts[key] for key in group}) == 1 for group in groups)
    assert placed.moved == [] or way != "document"
    assert placed.apart == 0


@given(count=st.integers(0, 300), fractions=st.sampled_from([(80, 10, 10), (60, 20, 20), (1, 1, 1), (90, 0, 10)]))
@settings(max_examples=60, deadline=None)
def test_parts_are_as_large_as_was_asked_for(count, fractions):
    placed = place([one(number) for number in range(count)], [], Split(fractions=fractions))
    for size, share in zip(sizes(placed), fractions, strict=True):
        assert abs(size - count * share / sum(fractions)) <= 1
        assert share or not size


@given(count=st.integers(0, 300), more=st.integers(0, 20), seed=st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_when_documents_come_few_others_move(count, more, seed):
    before = place([one(number) for number in range(count)], [], Split(seed=seed)).parts
    after = place([one(number) for number in range(count + more)], [], Split(seed=seed)).parts
    assert sum(after[key] != part for key, part in before.items()) <= 2 * more


def test_another_seed_splits_otherwise():
    found = [one(number) for number in range(200)]
    first, second = (place(found, [], Split(seed=seed)).parts for seed in (1, 2))
    assert first != second and first == place(found, [], Split(seed=1)).parts


@given(project=projects(), seed=st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_a_source_is_on_one_side(project, seed):
    found, _ = project
    placed = place(found, [], Split("source", seed=seed))
    for source in ("A", "B", "C"):
        assert len({placed.parts[each.key] for each in found if each.source == source}) <= 1
    assert placed.unknown == sum(not each.source for each in found)


def test_few_sources_fill_every_part():
    found = [one(n, source) for n, source in enumerate("A" * 50 + "B" * 30 + "C" * 12 + "D" * 8)]
    assert sorted(sizes(place(found, [], Split("source")))) == [8, 12, 80]


def test_a_copy_from_another_source_goes_to_the_earlier_side():
    found = [one(n, source) for n, source in enumerate("A" * 80 + "B" * 10 + "C" * 10)]
    parts = place(found, [], Split("source")).parts
    train, test = (next(each for each in found if parts[each.key] == part) for part in ("train", "test"))
    placed = place(found, [[test.key, train.key]], Split("source"))
    assert placed.parts[test.key] == "train" and placed.moved == [test.key]
    assert sum(placed.parts[key] != part for key, part in parts.items()) == 1


@given(project=projects())
@settings(max_examples=100, deadline=None)
def test_time_goes_forwards(project):
    found, _ = project
    placed = place(found, [], Split("date"))
    dated = sorted((each.date, PARTS.index(placed.parts[each.key])) for each in found if each.date)
    assert [part for _, part in dated] == sorted(part for _, part in dated)
    assert all(placed.parts[each.key] == "train" for each in found if not each.date)
    assert len({(date, part) for date, part in dated}) == len({date for date, _ in dated})


def test_a_copy_of_an_earlier_day_takes_the_later_one_with_it():
    found = [one(number, date=f"2016-10-{number + 1:02}") for number in range(20)]
    placed = place(found, [[found[0].key, found[19].key]], Split("date"))
    assert placed.dates == ("2016-10-17", "2016-10-19")
    assert placed.moved == [found[19].key] and sizes(placed) == (17, 2, 1)


def test_days_can_be_given():
    found = [one(number, date=f"2016-10-{number + 1:02}") for number in range(20)]
    placed = place(found, [], Split("date", dates=("2016-10-02", "2016-10-03")))
    assert sizes(placed) == (1, 1, 18)


def test_without_dates_all_is_train():
    placed = place([one(1), one(2)], [], Split("date"))
    assert (sizes(placed), placed.dates, placed.unknown) == ((2, 0, 0), (NEVER, NEVER), 2)


@given(project=projects(), way=ways, more=st.integers(1, 15))
@settings(max_examples=100, deadline=None)
def test_what_an_earlier_split_names_stays(project, way, more):
    found, groups = project
    first = place(found, groups, Split(way))
    grown = found + [one(1000 + number, "A", "2016-10-09") for number in range(more)]
    with_copies = [[*group, grown[-1].key] if number == 0 else group for number, group in enumerate(groups)]
    again = place(grown, with_copies, Split(way, dates=first.dates, earlier=first.parts))
    assert all(again.parts[key] == part for key, part in first.parts.items())
    if groups:
        assert again.parts[grown[-1].key] == first.parts[groups[0][0]]


def test_copies_that_an_earlier_split_parted_stay_parted_and_are_counted():
    found = [one(1), one(2), one(3)]
    earlier = {found[0].key: "test", found[1].key: "dev"}
    placed = place(found, [[each.key for each in found]], Split(earlier=earlier))
    assert [placed.parts[each.key] for each in found] == ["test", "dev", "dev"] and placed.apart == 1


@pytest.mark.parametrize(
    "wrong",
    [{"fractions": (1, 2)}, {"fractions": (0, 1, 1)}, {"fractions": (-1, 1, 1)}, {"fractions": (float("nan"), 1, 1)},
     {"dates": ("2016", "2017")}, {"by": "date", "dates": ("2017", "2016")}, {"by": "date", "dates": ("2017",)}],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="are needed"):
        Split(**wrong)
