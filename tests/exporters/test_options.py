import pytest

from annotator.core.errors import KnownError
from annotator.exporters import EXPORTERS
from annotator.exporters.options import Option, chosen, yes_no

OPTIONS = (
    Option("tags", "Tags", "iob2", (("iob2", "IOB2"), ("bioes", "BIOES"))),
    yes_no("breaks", "Breaks"),
    Option("seed", "Seed", "1", kind="number"),
)


def test_what_is_not_given_is_as_it_is_by_default():
    assert chosen(OPTIONS, {"tags": "bioes"}) == {"tags": "bioes", "breaks": "no", "seed": "1"}


@pytest.mark.parametrize("given", [{"tag": "iob2"}, {"tags": "IOB2"}, {"breaks": "true"}, {"seed": "-1"}])
def test_what_there_is_not_is_refused_with_what_there_is(given):
    with pytest.raises(KnownError, match=r"tags|yes, no|whole number"):
        chosen(OPTIONS, given)


def test_a_format_without_options_says_so():
    with pytest.raises(KnownError, match="It has none"):
        chosen((), {"tags": "iob2"})


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda each: each.name)
def test_every_option_can_be_left_as_it_is(exporter):
    values = chosen(exporter.options, {})
    assert chosen(exporter.options, values) == values
