"""Content that breaks papers, strategies that fill a paper's dataclass with it, and a public list of such content."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from jindu_desk.domain.months import Month
from jindu_desk.reports.typesetting.fonts import FontSet

NAUGHTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "\x00\x1b\x7f",
            "\ud800",
            "\u202eRTL",
            "שלום",
            "العربية",
            "👩\u200d👩\u200d👧",
            "e\u0301" * 40,
            "，" * 90,
            "（" * 90,
            "——" * 50,
            "\u200b\ufeff",
            "\\)(",
            "%PDF",
            "<b>&amp;</b>",
            "x" * 500,
            "䶮㛃滆",
            "\U0010ffff",
            "\ue000",
            "…" * 60,
            "a b" * 90,
        ]
    ),
)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
_PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: NAUGHTY,
    int: st.integers(-1, 2**31),
    float: st.floats(-1e9, 1e9),
    bool: st.booleans(),
    bytes: st.binary(max_size=40),
    date: DAYS,
    datetime: st.datetimes(),
    type(None): st.none(),
    Month: st.builds(Month, st.integers(2020, 2099), st.integers(1, 12)),
}
_CHECKED = {"month": "2026-10"}  # what the store has checked before a paper sees it


def filled(paper: type[Any]) -> st.SearchStrategy[Any]:
    """Any rows of this dataclass."""
    hints = get_type_hints(paper)
    return st.builds(paper, **{field.name: _of_field(field.name, hints[field.name]) for field in fields(paper)})


def _of_field(name: str, hint: Any) -> st.SearchStrategy[Any]:
    return st.just(_CHECKED[name]) if hint is str and name in _CHECKED else _of(hint)


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(_of, get_args(hint)))
    if _is_row(hint):
        return st.tuples(*map(_of, get_args(hint)))
    if get_origin(hint) in _LISTS:
        return st.lists(_of(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return filled(hint) if hint not in _PLAIN else _PLAIN[hint]


_LISTS = (tuple, Sequence, Iterable)


def _is_row(hint: Any) -> bool:
    """Whether it is a tuple of so many."""
    return get_origin(hint) is tuple and get_args(hint)[-1] is not Ellipsis


@cache
def public_list() -> tuple[str, ...]:
    """The Big List of Naughty Strings."""
    text = (Path(__file__).parents[1] / "data" / "naughty-strings.json").read_text("utf-8")
    return tuple(json.loads(text))


@dataclass(frozen=True)
class Shape:
    """How large the rows of a paper are, and what is in them besides texts. All lists are as long, so that the rows of
    a table are as wide as its head."""

    rows: int = 3
    whole: bool = True  # optional fields are there, conditions hold
    number: int = 3
    day: date = date(2026, 10, 28)


FULL = Shape()
SHAPES = st.builds(Shape, st.integers(0, 3), st.booleans(), st.integers(-1, 2**31), DAYS)


def call_with(made: Callable[..., Any], fonts: FontSet, strings: Sequence[str], shape: Shape = FULL) -> Any:
    """What ``made`` makes of rows whose texts are ``strings`` in turn: all of them, each as it is, or many in one where
    the rows have fewer texts."""
    asked = 0

    def count() -> str:
        nonlocal asked
        asked += 1
        return ""

    _rows(made, count, shape)
    together = -(-len(strings) // max(1, asked)) or 1
    pieces = cycle(["\n".join(strings[start : start + together]) for start in range(0, len(strings), together)] or [""])
    return made(fonts=fonts, **_rows(made, lambda: next(pieces), shape))


def call_with_texts(made: Callable[..., Any], fonts: FontSet, texts: Iterator[str], shape: Shape = FULL) -> Any:
    """What ``made`` makes of rows each of whose texts is the next of ``texts``."""
    return made(fonts=fonts, **_rows(made, lambda: next(texts), shape))


def _rows(made: Callable[..., Any], text: Callable[[], str], shape: Shape) -> dict[str, Any]:
    hints = {name: hint for name, hint in get_type_hints(made).items() if name not in ("return", "fonts")}
    return {name: _row(name, hint, text, shape) for name, hint in hints.items()}


def _row(name: str, hint: Any, text: Callable[[], str], shape: Shape) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    plain: dict[object, object] = {
        int: shape.number,
        float: shape.number / 3,
        bool: shape.whole,
        bytes: b"",
        date: shape.day,
        datetime: datetime(shape.day.year, shape.day.month, shape.day.day, 9, 5),
        Month: Month(2026, 10),
    }
    if hint is str:
        made: Any = _CHECKED.get(name) or text()
    elif hint in plain:
        made = plain[hint]
    elif origin is Literal:
        made = inner[0]
    elif origin in (Union, types.UnionType):
        empty = type(None) in inner and not shape.whole
        made = None if empty else _row("", next(each for each in inner if each is not type(None)), text, shape)
    elif _is_row(hint):
        made = tuple(_row("", each, text, shape) for each in inner)
    elif origin in _LISTS:
        made = tuple(_row("", inner[0], text, shape) for _ in range(shape.rows))
    elif isinstance(hint, type) and issubclass(hint, Enum):
        made = next(iter(hint))
    else:
        hints = get_type_hints(hint)
        made = hint(**{field.name: _row(field.name, hints[field.name], text, shape) for field in fields(hint)})
    return made
