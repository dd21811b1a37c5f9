"""The six rates as small multiples: the month's rate large, its parts, twelve months as a chart with the target."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jindu_desk.domain.rounding import percent_text
from jindu_desk.domain.tallies.rates import Rate, is_stock
from jindu_desk.queries.totals import Totals
from jindu_desk.reports.tallies.rate_wording import chart_of, parts_text
from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.rates.picture import RatePicture
from jindu_desk.ui.reflowing_grid import ReflowingGrid
from jindu_desk.ui.theme.measures import FIGURE, GROUP, scaled_font

_ACROSS, _FEWER, _ENOUGH = 3, 2, 780
_CHART = 52


class RateCards(QWidget):
    """Three across, two down, fewer across where there is less room; built once and shown anew for each month.
    ``chosen(code)`` to see more of a rate."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._cards: dict[str, RateCard] = {}

    def show_totals(self, totals: Totals) -> None:
        if not self._cards:
            self._cards = {rate.code: RateCard(rate) for rate in totals.rules.rates.required}
            for card in self._cards.values():
                card.chosen.connect(self.chosen)
            every = tuple(self._cards.values())
            self._column.addWidget(ReflowingGrid(every, columns=_ACROSS, fewer=_FEWER, enough=_ENOUGH))
        for rate in totals.rules.rates.required:
            self._cards[rate.code].show_rate(rate, totals)


class RateCard(Card):
    """A click anywhere opens it; by keyboard its button does, the one place in it that takes the keyboard."""

    chosen = Signal(str)

    def __init__(self, rate: Rate) -> None:
        super().__init__(rate.name)
        self._code = rate.code
        self.setProperty("opens", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._chip = StateChip()
        self.head.addWidget(self._chip)
        more = button_for(
            Action("分析", lambda: self.chosen.emit(rate.code), role="link", tip="公式、各月、差额最大的单位")
        )
        more.setAccessibleName(f"{rate.name}：分析")
        self.head.addWidget(more)
        self._figure = QLabel()
        self._figure.setFont(scaled_font(FIGURE, bold=True, tabular=True))
        self._parts = QLabel()
        self._parts.setProperty("role", "muted")
        self._line = RatePicture(f"{rate.name}近十二个月", height=_CHART)
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        row.addWidget(self._figure)
        row.addWidget(self._line, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._parts)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)  # so that letting go comes here too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._code)

    def show_rate(self, rate: Rate, totals: Totals) -> None:
        month, year = totals.total.ratios[rate.code], totals.total.ratios_to_date[rate.code]
        target = totals.targets.get(rate.code)
        self._figure.setText(month.text)
        self._figure.setAccessibleName(f"{rate.name} {month.text}")
        self._parts.setText(f"{parts_text(month)}　本年 {year.text}（{parts_text(year)}）")
        self.setToolTip(rate.meaning)
        stock = is_stock(rate, totals.rules.catalogue)
        history, so_far = totals.history[rate.code], totals.so_far[rate.code]
        self._line.show_chart(chart_of(rate, totals.months, history, so_far, target, stock=stock))
        self._chip.setVisible(target is not None and month.hundredths is not None)
        if target is not None and month.hundredths is not None:
            reached = month.hundredths <= target if rate.lower_is_better else month.hundredths >= target
            goal = percent_text(target, 10_000)
            self._chip.show_state(f"达到 {goal}" if reached else f"低于目标 {goal}", "done" if reached else "due")
