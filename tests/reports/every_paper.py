"""Every paper that is made of frozen rows, found by itself: a new one is tried as all others are.

A paper is a public function ``…_printed`` of a module in ``reports`` that takes rows and a `FontSet`. Those that take
an `Occasion` gather the rows and call one of these.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import get_type_hints

from jindu_desk import reports
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper

Made = Callable[..., PrintedPaper]


@cache
def every_paper() -> dict[str, Made]:
    """The functions by the name of their module."""
    found: dict[str, Made] = {}
    for module in pkgutil.walk_packages(reports.__path__, f"{reports.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, made in inspect.getmembers(loaded, inspect.isfunction):
            if name.endswith("_printed") and not name.startswith("_") and made.__module__ == loaded.__name__:
                hints = get_type_hints(made)
                if hints["return"] is PrintedPaper and Occasion not in hints.values():
                    found[name.removesuffix("_printed")] = made
    return found
