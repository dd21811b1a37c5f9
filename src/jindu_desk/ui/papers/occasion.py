"""What the chosen month's papers are made for and with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jindu_desk.reports.papers import Occasion, occasion_of
from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

if TYPE_CHECKING:
    from jindu_desk.ui.frame.screen import Shell


def occasion_now(shell: Shell) -> Callable[[], Occasion]:
    """The month as it is chosen now; fonts and wording are read when it is called, on the worker."""
    desk, month = shell.desk, shell.month
    return lambda: occasion_of(desk.store, desk.unit, month, paper_fonts(desk.paths), desk.paths)
