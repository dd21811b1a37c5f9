"""The township's rates in place of the sheet, until the user goes back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from jindu_desk.ui.frame.screen import Shell

if TYPE_CHECKING:
    from jindu_desk.domain.tallies.rates import Rate
    from jindu_desk.queries.rate_analysis import Place
    from jindu_desk.ui.rates.view import RatesView


class SheetRates:
    """``changed()`` when the rates came up or went; ``jump(unit id, item)`` leads back to a cell of the sheet."""

    def __init__(
        self, shell: Shell, stack: QStackedWidget, changed: Callable[[], object], jump: Callable[[str, str], object]
    ) -> None:
        self._shell, self._stack, self._changed, self._jump = shell, stack, changed, jump
        self.is_open = False

    @cached_property
    def view(self) -> RatesView:
        """Loaded and made when it is first wanted."""
        from jindu_desk.ui.rates.view import RatesView

        view = RatesView(self._shell, self._lead_to)
        view.left.connect(self.close)
        self._stack.addWidget(view)
        return view

    def open(self) -> None:
        self.is_open = True
        self._stack.setCurrentWidget(self.view)
        self.view.open()
        self._changed()

    def close(self) -> None:
        self.is_open = False
        self._changed()

    def load(self) -> None:
        """The figures or the month changed."""
        if self.is_open:
            self.view.load()

    def _lead_to(self, place: Place, rate: Rate) -> None:
        self.close()
        self._jump(place.unit.id, rate.numerator[0].item)
