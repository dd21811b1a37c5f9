"""The bar in a row of the budget lines: what is spent, with a mark where the year stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jindu_desk.domain.expense_rules import Elapsed
from jindu_desk.queries.expenses import BudgetLineRow
from jindu_desk.ui.tables import RowsModel
from jindu_desk.ui.theme.tokens import tokens_of


class BarDelegate(QStyledItemDelegate):
    """Draws the row's balance; the cell's text says the same to a screen reader."""

    def __init__(self, model: RowsModel[BudgetLineRow]) -> None:
        super().__init__(model)
        self._model = model
        self.elapsed = Elapsed(0, 365)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        balance = self._model.row(index).balance
        tokens = tokens_of(option.palette)
        area: QRectF = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.selection))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(area.left() + 8, area.center().y() - 3, area.width() - 16, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, 3, 3)
        if balance.adjusted_fen > 0 and balance.spent_fen > 0:
            filled = QRectF(track)
            filled.setWidth(max(6.0, track.width() * min(balance.spent_fen / balance.adjusted_fen, 1.0)))
            painter.setBrush(tokens.of("info"))
            painter.drawRoundedRect(filled, 3, 3)
        x = track.left() + track.width() * self.elapsed.days / self.elapsed.of
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.drawLine(QPointF(x, track.top() - 4), QPointF(x, track.bottom() + 4))
        painter.restore()
