"""The year in one line: what was given, spent and left, the rate beside the share of the year that is over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from jindu_desk.domain.expense_rules import pace_of
from jindu_desk.domain.money import yuan_text
from jindu_desk.queries.expenses import ExpenseBook
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.expenses.columns import PACE_WORD
from jindu_desk.ui.meters import ThinBar
from jindu_desk.ui.theme.measures import BETWEEN


class YearTotal(QWidget):
    """Figures, a bar with a mark for the time elapsed, and a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = tuple(QLabel(textFormat=Qt.TextFormat.RichText) for _ in range(5))
        self._bar = ThinBar("全年执行率")
        self._bar.setMinimumWidth(100)
        self._pace = StateChip()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN)
        for figure in self._figures:
            row.addWidget(figure)
        row.addWidget(self._bar, 1)
        row.addStretch(0)
        row.addWidget(self._pace)

    def show_book(self, book: ExpenseBook) -> None:
        total = book.total
        parts = (
            ("调整后预算", yuan_text(total.adjusted_fen)),
            ("已支出", yuan_text(total.spent_fen)),
            ("余额", yuan_text(total.left_fen)),
            ("执行率", total.rate),
            ("时间进度", book.elapsed.share),
        )
        for place, (label, figure) in zip(self._figures, parts, strict=True):
            place.setText(f"{label}&nbsp;<b>{figure}</b>")
            place.setAccessibleName(f"全年{label}：{figure}")
        share = total.spent_fen / total.adjusted_fen if total.adjusted_fen else None
        self._bar.show_share(share, mark=book.elapsed.days / book.elapsed.of)
        self._pace.show_state(*PACE_WORD[pace_of(total, book.elapsed)])

    def fit(self, ems: float) -> None:
        """Show what has room in ``ems`` characters: the bar goes first, then the budget, the time, what is left."""
        for needed, place in ((58, 0), (48, 4), (38, 2)):
            self._figures[place].setVisible(ems >= needed)
        self._bar.setVisible(ems >= 66)
