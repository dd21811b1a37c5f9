"""A rate over its months, defined once: what is drawn where, for the screen and for paper alike.

Lengths are in the units of whoever draws (pixels, points); the origin is the upper left corner, y runs downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias

from jindu_desk.domain.rounding import NO_RATE
from jindu_desk.reports.protection_wording import HIDDEN

Tone: TypeAlias = Literal["line", "year", "target", "frame", "word"]
Point: TypeAlias = tuple[float, float]

_STEP: Final = 1000  # hundredths of a percent: the height shows whole tens of percentage points
_FULL: Final = 10_000


@dataclass(frozen=True, slots=True)
class RateChart:
    """Twelve months of a rate, oldest first, in hundredths of a percent; None where there is no rate. ``so_far``: the
    year to date at the end of each of these months, None before January. ``months`` are the words below; ``hidden``:
    the places of months whose rate is not shown, which are None too."""

    name: str
    months: tuple[str, ...] = ()
    values: tuple[int | None, ...] = ()
    so_far: tuple[int | None, ...] = ()
    target: int | None = None
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    tone: Tone
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    at: Point
    radius: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Word:
    """``at``: the middle of the word's height, and its left or right edge or its middle."""

    at: Point
    text: str
    size: float
    align: Literal["left", "centre", "right"]


Shape: TypeAlias = Stroke | Dot | Word


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the figures stand within the chart."""

    left: float
    right: float
    top: float
    bottom: float
    low: int
    high: int
    places: int

    def at(self, number: int, value: int) -> Point:
        return self.x(number), self.y(value)

    def x(self, number: int) -> float:
        """The middle of a month's room."""
        return self.left + (number + 0.5) * self.room

    @property
    def room(self) -> float:
        return (self.right - self.left) / max(self.places, 1)

    def y(self, value: int) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def plot_of(chart: RateChart, width: float, height: float, size: float) -> Plot:
    """``size``: of the words."""
    low, high = _span([value for value in (*chart.values, *chart.so_far, chart.target) if value is not None])
    longest = max(len(_percent(low)), len(_percent(high)))
    left = min(size * (0.62 * longest + 0.6), width / 2)
    bottom = max(height - size * 1.5, height / 2)
    return Plot(left, max(width - size * 0.4, left + 1), min(size * 0.6, bottom / 2), bottom, low, high, _places(chart))


def shapes(chart: RateChart, width: float, height: float, size: float) -> tuple[Shape, ...]:
    """Everything that is drawn, what lies below first."""
    plot = plot_of(chart, width, height, size)
    thin = size / 14
    drawn: list[Shape] = []
    for value in (plot.low, plot.high):
        y = plot.y(value)
        drawn.append(Stroke(((plot.left, y), (plot.right, y)), "frame", thin))
        drawn.append(Word((plot.left - size * 0.3, y), _percent(value), size, "right"))
    if chart.target is not None:
        y = plot.y(chart.target)
        drawn.append(Stroke(((plot.left, y), (plot.right, y)), "target", thin * 1.4, dashed=True))
    drawn += _series(chart.so_far, plot, "year", thin * 1.2)
    drawn += _series(chart.values, plot, "line", thin * 2)
    drawn += [
        Word((plot.x(number), plot.bottom - size * 0.7), HIDDEN if number in chart.hidden else NO_RATE, size, "centre")
        for number, value in enumerate(chart.values)
        if value is None
    ]
    if chart.values and (last := chart.values[-1]) is not None:
        drawn.append(Dot(plot.at(len(chart.values) - 1, last), size * 0.25, "line"))
    each = max(1, -int(-(size * 1.5) // plot.room))
    newest = len(chart.months) - 1
    drawn += [
        Word((plot.x(number), plot.bottom + size * 0.9), month, size, "centre")
        for number, month in enumerate(chart.months)
        if (newest - number) % each == 0
    ]
    return tuple(drawn)


def _series(values: Sequence[int | None], plot: Plot, tone: Tone, width: float) -> list[Shape]:
    """A line through each run of known values; a month alone between unknown ones is a dot."""
    drawn: list[Shape] = []
    for known, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if not known:
            continue
        points = tuple(plot.at(number, value) for number, value in run if value is not None)
        drawn.append(Stroke(points, tone, width) if len(points) > 1 else Dot(points[0], width * 1.2, tone))
    return drawn


def _places(chart: RateChart) -> int:
    return max(len(chart.months), len(chart.values), len(chart.so_far))


def _span(known: Sequence[int]) -> tuple[int, int]:
    """Foot and head in whole tens of percentage points around all that is shown, one such step at least."""
    if not known:
        return 0, _FULL
    low, high = min(known) // _STEP * _STEP, -(-max(known) // _STEP) * _STEP
    if low == high:
        low, high = (low - _STEP, high) if low > 0 else (low, high + _STEP)
    return low, high


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}%"
