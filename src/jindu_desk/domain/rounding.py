"""One way to round a ratio: half up, two decimals, the same on screen, paper and file."""

from __future__ import annotations

import re
from fractions import Fraction

from jindu_desk.errors.entry import NotAPercent

NO_RATE = "—"
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*%?")


def percent_text(numerator: int | None, denominator: int | None) -> str:
    """``(1, 3)`` → ``33.33%``; a zero or unknown denominator is ``—``, neither 0 % nor 100 %."""
    hundredths = percent_hundredths(numerator, denominator)
    if hundredths is None:
        return NO_RATE
    return f"{hundredths_text(hundredths)}%"


def percent_hundredths(numerator: int | None, denominator: int | None) -> int | None:
    """The ratio in hundredths of a percent (33.33 % → 3333), rounded half up; None where there is none."""
    if numerator is None or not denominator:
        return None
    magnitude = (abs(numerator) * 20_000 + abs(denominator)) // (2 * abs(denominator))
    return magnitude if (numerator < 0) == (denominator < 0) else -magnitude


def decimal_text(value: Fraction) -> str:
    """``7/3`` → ``2.33``, rounded half up, two decimals."""
    return hundredths_text(decimal_hundredths(value))


def decimal_hundredths(value: Fraction) -> int:
    """``7/3`` → 233, rounded half up."""
    magnitude = (abs(value.numerator) * 200 + value.denominator) // (2 * value.denominator)
    return -magnitude if value < 0 else magnitude


def hundredths_text(hundredths: int) -> str:
    """``-233`` → ``-2.33``."""
    return f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100}.{abs(hundredths) % 100:02}"


def parse_percent(text: str) -> int:
    """Read ``97.5`` or ``97.5%`` into hundredths of a percent (9750); raises `NotAPercent` beyond 0 to 100."""
    match = _PERCENT.fullmatch(text.strip().translate(_HALF_WIDTH))
    hundredths = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0") or 0) if match else -1
    if not 0 <= hundredths <= 10_000:
        raise NotAPercent(text=text[:20])
    return hundredths


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
