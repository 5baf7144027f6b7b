"""Some thousand spoiled files of every format: `python -m tests.fuzz` tries as many as one wishes."""

import random
from collections import defaultdict

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import Seed, lacking, seeds
from tests.fuzz.storing import stored
from tests.fuzz.trying import TooLongError, at_most, spoiled, tried

MUTATIONS = 40  # of each format
START = 20261125  # the same in every run of the checks; `python -m tests.fuzz` begins elsewhere each time


def by_importer():
    groups = defaultdict(list)
    for seed in seeds():
        groups[seed.importer.name].append(seed)
    return groups


GROUPS = by_importer()


def test_every_format_is_tried():
    assert lacking() == set()


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_a_spoiled_file_is_read_or_refused_in_sentences(name, tmp_path):
    relatives = {name: [seed.data for seed in GROUPS[name]]}
    items = []
    for number in range(MUTATIONS):
        seed = GROUPS[name][number % len(GROUPS[name])]
        found = tried(seed, spoiled(seed, number, START, relatives))
        assert not found.fault, (
            f"python -m tests.fuzz --seed {START} --only {name} --mutations {MUTATIONS}\n{found.fault}"
        )
        items += found.items
    assert stored(items) == "", f"--seed {START}"


def test_a_mutation_is_the_same_in_every_run():
    seed = next(seed for seed in seeds() if seed.name == "annotations/doccano.jsonl")
    assert [mutated(seed.data, random.Random(n)) for n in range(50)] == [
        mutated(seed.data, random.Random(n)) for n in range(50)
    ]
    assert len({mutated(seed.data, random.Random(n)) for n in range(50)}) > 45


class Faulty:
    """An importer that fails in the way it is told."""

    name = title = "faulty"
    suffixes = ()
    loses = ""

    def __init__(self, act):
        self.act = act

    def recognises(self, head, name):
        return 1.0

    def read(self, source):
        yield self.act()


def endless():
    while True:
        pass


def refused():
    raise KnownError("It is none.")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: {}["the words of a text"], "KeyError"),
        (lambda: AnnotatedDocument(text="a\0b", title="x"), "no text may hold"),
        (lambda: AnnotatedDocument(text="ab", title="\ud800"), "surrogates"),
        (endless, "more than"),
        (refused, ""),
    ],
)
def test_what_an_importer_does_wrong_is_a_finding(act, said):
    fault = tried(Seed("a.xyz", b"anything", Faulty(act)), b"anything", seconds=0.2).fault
    assert said in fault and bool(said) == bool(fault)


def test_what_takes_too_long_is_broken_off():
    with pytest.raises(TooLongError), at_most(0.05):
        endless()
