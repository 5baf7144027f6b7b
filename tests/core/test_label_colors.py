"""Colours for new labels: readable, and unlike each other, for every kind of eyes."""

from itertools import combinations

import pytest

from annotator.core.label_colors import CHOICE, COLOR, color_for, difference, looks_like


def luminance(color):
    light = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in light)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def chosen(count):
    found = []
    for _ in range(count):
        found.append(color_for(found))
    return found


@pytest.mark.parametrize("color", CHOICE)
def test_every_colour_can_be_read_on_light_paper(color):
    assert COLOR.fullmatch(color) and color == color.lower()
    assert contrast(color, "#fffefb") >= 4.5


def test_colours_are_chosen_apart_also_for_who_sees_no_red_or_no_green():
    apart = {count: min(difference(*pair) for pair in combinations(chosen(count), 2)) for count in (4, 8, 12)}
    assert apart[4] > 0.1  # in OKLab, where 0.02 is about the least that one sees
    assert apart[8] > 0.06
    assert apart[12] > 0.025


def test_no_colour_comes_again_before_all_were_there_and_then_all_come_again():
    assert sorted(chosen(len(CHOICE))) == sorted(CHOICE)
    assert chosen(2 * len(CHOICE))[len(CHOICE) :] == chosen(len(CHOICE))


def test_what_is_no_colour_is_passed_over():
    assert color_for(["", "red", "#12345"]) == CHOICE[0]
    assert color_for([CHOICE[0].upper(), "none"]) == color_for([CHOICE[0]]) != CHOICE[0]


@pytest.mark.parametrize(("one", "other"), [("#000000", "#ffffff"), ("#2e6fb7", "#2e6fb7"), ("#b8261f", "#4d7a2c")])
def test_a_difference_is_the_same_both_ways(one, other):
    assert difference(one, other) == pytest.approx(difference(other, one))
    assert difference(one, one) == 0


def test_red_and_green_of_one_brightness_are_alike_to_eyes_that_see_no_green():
    assert difference("#000000", "#ffffff") == pytest.approx(1, abs=0.01)
    assert difference("#a0522d", "#6b7a1e") < 0.1 < difference("#a0522d", "#2e6fb7")


def test_likeness_is_told_of_all_eyes_and_of_some():
    others = {"SAME": "#2e6fb7", "NEAR": "#2f70b8", "VIOLET": "#7b4fb0", "ORANGE": "#b85c00", "NONE": "bluish"}
    assert looks_like("#2e6fb7", others) == (["SAME", "NEAR"], ["VIOLET"])
    assert looks_like("bluish", others) == ([], [])
