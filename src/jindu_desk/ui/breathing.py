"""How the interpreter shares itself between the window and the worker, so that the window never holds its breath.

Two things of CPython can stop the window although only the worker is busy: a full garbage collection walks every object
there is (up to 300 ms once all libraries are loaded), and a thread that wants the interpreter lock waits for the other
one's turn to end (5 ms each time, and one repaint asks for it dozens of times). ``tests/bench/free_window.py`` measures
it.
"""

from __future__ import annotations

import gc
import sys

_TURN = 0.0005  # seconds
_YOUNG, _MIDDLE, _OLD = 10_000, 10, 100


def breathe_freely() -> None:
    """Short turns, and full collections a hundred times rarer. Called once, at the first import of the window."""
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)


def leave_loaded_alone() -> None:
    """What is loaded stays for the whole run: no collection need look at it again. Called as pages are made ready."""
    gc.freeze()
