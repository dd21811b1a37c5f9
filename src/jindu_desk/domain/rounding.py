"""One way to round a ratio: half up, two decimals, the same on screen, paper and file."""

from __future__ import annotations

NO_RATE = "—"


def percent_text(numerator: int | None, denominator: int | None) -> str:
    """``(1, 3)`` → ``33.33%``; a zero or unknown denominator is ``—``, neither 0 % nor 100 %."""
    hundredths = percent_hundredths(numerator, denominator)
    if hundredths is None:
        return NO_RATE
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02}%"


def percent_hundredths(numerator: int | None, denominator: int | None) -> int | None:
    """The ratio in hundredths of a percent (33.33 % → 3333), rounded half up; None where there is none."""
    if numerator is None or not denominator:
        return None
    magnitude = (abs(numerator) * 20_000 + abs(denominator)) // (2 * abs(denominator))
    return magnitude if (numerator < 0) == (denominator < 0) else -magnitude
