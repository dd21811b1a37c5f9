"""Content that breaks papers, and strategies that fill a paper's dataclass with it."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

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
    bool: st.booleans(),
    bytes: st.binary(max_size=40),
    date: DAYS,
    datetime: st.datetimes(),
    type(None): st.none(),
}


def filled(paper: type[Any]) -> st.SearchStrategy[Any]:
    """Any rows of this dataclass."""
    hints = get_type_hints(paper)
    return st.builds(paper, **{field.name: _of(hints[field.name]) for field in fields(paper)})


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(_of, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(_of(get_args(hint)[0]), max_size=3).map(tuple)
    return filled(hint) if isinstance(hint, type) and is_dataclass(hint) else _PLAIN[hint]
