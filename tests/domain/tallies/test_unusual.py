"""What is usual for a village, by its own months."""

from __future__ import annotations

import pytest

from jindu_desk.domain.tallies.unusual import never_alike, times_likelier_exchanged, usual_figure

ONE = (1,) * 12


def usual(
    count: int, past: tuple[int, ...], exposure: int = 1, exposures: tuple[int, ...] = (), **other: int
) -> object:
    share = other.pop("per_mille", 10) / 1000
    by = exposures or (1,) * len(past)
    return usual_figure(count, exposure, past, by, spread=30, share=share, at_least=other.get("at_least", 2))


@pytest.mark.parametrize(
    ("count", "past", "told"),
    [
        (0, (0,) * 12, None),
        (1, (0,) * 12, None),
        (10, (0,) * 12, 0),  # ten where nothing ever was
        (10, (1, 0, 0, 2, 1, 0, 0, 1, 0, 0, 1, 0), 1),
        (3, (2, 3, 1, 4, 2, 2, 3, 1, 2, 3, 2, 2), None),
        (60, (5, 7, 6, 4, 8, 6, 5, 7, 6, 6, 5, 7), 6),
        (0, (40, 38, 52, 47, 41, 39, 50, 44, 43, 41, 45, 48), 44),
        (0, (40, 38, 0, 47, 41, 39, 50, 44, 43, 41, 45, 48), None),  # it has happened
    ],
)
def test_a_figure_far_from_the_years_is_told_with_what_is_usual(
    count: int, past: tuple[int, ...], told: int | None
) -> None:
    assert usual(count, past) == told


def test_it_is_counted_by_what_it_depends_on() -> None:
    heads = (50, 90, 40, 160, 55, 45, 95, 50, 60, 110, 45, 50)
    sessions = (1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 1, 1)
    assert usual(260, heads, 5, sessions) is None
    assert usual(260, heads, 1, sessions) == 50
    assert usual(260, (0,) * 12, 1, (0,) * 12) is None  # nothing was there to count in


def test_the_same_month_of_last_year_excuses_a_season() -> None:
    june = (30, 3, 4, 3, 2, 4, 3, 5, 3, 4, 2, 3)
    assert usual(28, june) is None
    assert usual(280, june) is not None
    assert usual(28, june[1:]) is not None  # nobody knows of last June
    low = (0, 9, 8, 9, 7, 9, 8, 9, 9, 7, 8, 9)
    assert usual(1, low) is None
    assert usual(1, (9, *low[1:])) is not None


def test_one_campaign_is_not_the_habit_of_the_village() -> None:
    assert usual(40, (3, 4, 3, 2, 60, 3, 5, 3, 4, 2, 3, 4)) == 8


def test_alike_for_the_first_time() -> None:
    assert never_alike(40, (10, 20, 30), (12, 25, 31), 3)
    assert not never_alike(40, (10, 20, 30), (12, 20, 31), 3)
    assert never_alike(60, (10, 20, 30), (12, 20, 31), 3)  # twenty and twenty say little of sixty and sixty
    assert not never_alike(40, (10, 20), (12, 25), 3)


def test_figures_in_each_others_place() -> None:
    few, many = (2, 3, 1, 2, 3, 2), (40, 35, 52, 44, 38, 41)
    by = (1, ONE[:6])
    assert times_likelier_exchanged((41, few), (2, many), by, 30) > 1_000
    assert times_likelier_exchanged((2, few), (41, many), by, 30) < 1
    assert times_likelier_exchanged((2, few), (41, many), (1, (0,) * 6), 30) == 0.0
    assert times_likelier_exchanged((9_999_999, few), (0, many), by, 30) > 1_000
