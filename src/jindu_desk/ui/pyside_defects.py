"""Defects of certain PySide6 releases that would end the program, and how it lives with them.

PySide6 6.12.0: every ``Signal.emit`` gives back a reference to True that it never took. Python 3.12 and later do not
count references to True; before, the count reaches zero after some hundred signals and the interpreter aborts
("bool_dealloc: deallocating True or False"). 6.11.3 and earlier do not do this.
"""

from __future__ import annotations

import sys

_AFFECTED = frozenset({"6.12.0"})
_ENOUGH = 1 << 40  # more signals than any run emits


def keep_true_alive() -> None:
    """Once per run, before the first signal: count so many references to True that none can be missed."""
    if sys.version_info >= (3, 12):
        return
    import PySide6

    if PySide6.__version__ not in _AFFECTED:
        return
    import ctypes

    ctypes.c_ssize_t.from_address(id(True)).value += _ENOUGH  # the count is an object's first field before 3.12
