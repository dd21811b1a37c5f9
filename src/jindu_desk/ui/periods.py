"""The period of a duty or a package as people say it."""

from __future__ import annotations

import re

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_HALF = re.compile(r"(\d{4})-H([12])")
_YEAR = re.compile(r"\d{4}")


def period_words(period: str) -> str:
    """``2026-10`` → 2026年10月, ``2026-H2`` → 2026年下半年, ``2026`` → 2026年; a day stays as it is."""
    if match := _MONTH.fullmatch(period):
        return f"{match[1]}年{int(match[2])}月"
    if match := _HALF.fullmatch(period):
        return f"{match[1]}年{'上' if match[2] == '1' else '下'}半年"
    return f"{period}年" if _YEAR.fullmatch(period) else period
