"""Whether a figure is far from what the same village's own last months make likely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from jindu_desk.domain.tallies.likelihood import count_below, count_tail, log_likelihood

Past = tuple[int, ...]  # of up to 12 months, oldest first
YEAR = 12
_PRIOR = 4  # months that the assumed spread weighs as much as
_TRIMMED_FROM = 6  # months of history from which the oddest one is left out of the spread


@dataclass(frozen=True, slots=True)
class Level:
    """What is usual: ``events`` per ``exposure`` in all past months, and how much their rate varies from month to month
    (as a share of its square)."""

    events: int
    exposure: int
    variation: float
    months: int

    def expected(self, exposure: int) -> float:
        # Half an event more than was seen: nothing seen so far does not make anything impossible.
        return (self.events + 0.5) * exposure / self.exposure

    @property
    def uncertainty(self) -> float:
        """Of one more month: it varies by itself, and the rate is known from few events only."""
        return self.variation * (1 + 1 / self.months) + 1 / (self.events + 0.5)


@lru_cache(maxsize=8192)
def level_of(counts: Past, exposures: Past, spread: int) -> Level | None:
    """What was usual in the months of ``counts``; None where there was nothing to count in. ``spread`` (percent) is
    assumed until the months themselves show how much they vary. The same months are asked about at every keystroke."""
    events, exposure = sum(counts), sum(exposures)
    if not exposure:
        return None
    rate = (events + 0.5) / exposure
    seen = [(y, rate * e) for y, e in zip(counts, exposures, strict=True) if e]
    odd = [((y - m) ** 2 - m, m * m) for y, m in seen]
    if len(odd) >= _TRIMMED_FROM:
        odd.remove(max(odd))  # one campaign is not the habit of the village
    assumed = (spread / 100) ** 2
    own = max(0.0, sum(over for over, _ in odd) / sum(square for _, square in odd))
    variation = (len(odd) * own + _PRIOR * assumed) / (len(odd) + _PRIOR)
    return Level(events, exposure, max(variation, 1e-6), len(seen))


def is_unlikely(count: int, exposure: int, level: Level, share: float, at_least: int) -> bool:
    """Whether ``count`` lies in a tail of probability under ``share``, and off by ``at_least``."""
    expected = level.expected(exposure)
    if abs(count - expected) < at_least:
        return False
    if count > expected:
        return count_tail(count, expected, level.uncertainty) < share
    return count_below(count, expected, level.uncertainty) < share


def usual_figure(
    count: int, exposure: int, counts: Past, exposures: Past, *, spread: int, share: float, at_least: int
) -> int | None:
    """What is usual where ``count`` is far from it; None where it is not.

    With a whole year at hand the same month of last year speaks too: what June brings is compared with June.
    """
    level = level_of(counts, exposures, spread)
    if level is None or not is_unlikely(count, exposure, level, share, at_least):
        return None
    above = count > level.expected(exposure)
    if not above and not count and any(not y and e for y, e in zip(counts, exposures, strict=True)):
        return None  # nothing at all has happened before
    if (
        len(counts) == YEAR
        and exposures[0]
        and _is_of_the_season(count, exposure, counts[0], exposures[0], level, share)
    ):
        return None
    return round(level.expected(exposure))


def _is_of_the_season(count: int, exposure: int, then: int, by: int, level: Level, share: float) -> bool:
    """Whether the same month of last year, ``then`` in ``by``, makes likely what the year as a whole does not."""
    usual, last_year = level.expected(exposure), then * exposure / by
    varies = 2 * level.variation + 1 / (then + 0.5)
    if count > usual:
        return last_year > usual and (count <= last_year or count_tail(count, last_year, varies) >= share)
    return last_year < usual and (count >= last_year or count_below(count, max(last_year, 0.5), varies) >= share)


def never_alike(figure: int, left: Past, right: Past, months: int) -> bool:
    """Whether two figures never were the same, or only such as are less than half of ``figure``, in ``months`` or more.
    Small ones are the same every now and then."""
    return len(left) >= months and all(a != b or a * 2 < figure for a, b in zip(left, right, strict=True))


def times_likelier_exchanged(
    left: tuple[int, Past], right: tuple[int, Past], exposure: tuple[int, Past], spread: int
) -> float:
    """How many times likelier two figures (each with its past) are in each other's place; 0 where nothing is known."""
    levels = [level_of(past, exposure[1], spread) for _, past in (left, right)]
    of_left, of_right = levels
    if of_left is None or of_right is None:
        return 0.0

    def fit(count: int, level: Level) -> float:
        return log_likelihood(count, level.expected(exposure[0]), level.uncertainty)

    exchanged = fit(right[0], of_left) + fit(left[0], of_right)
    return math.exp(min(700.0, exchanged - fit(left[0], of_left) - fit(right[0], of_right)))
