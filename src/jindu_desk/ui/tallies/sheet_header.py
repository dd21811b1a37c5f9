"""The heads of the sheet: villages left; above, an item's name over its two columns, 社戒 and 社康 below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from jindu_desk.domain.tallies.catalogue import Item
from jindu_desk.ui.tallies.model import SheetModel
from jindu_desk.ui.theme.measures import scaled_font
from jindu_desk.ui.theme.tokens import Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
_LONGEST_NAME = 16  # characters, its sign included
SHORT_KINDS = {"J": "社戒", "K": "社康"}


class RowHeader(QHeaderView):
    """The villages, each with the sign of its row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("村（社区）")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # as the sheet beside it

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens_of(self).surface))
        painter.end()
        super().paintEvent(event)

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """The names grow with the sheet: a section is painted in the font of what is inside."""
        super().setFont(font)
        self.viewport().setFont(self.font())

    def sizeHint(self) -> QSize:
        """A very long name ends in …, and is whole in its tip: the figures need the room."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("汉") * _LONGEST_NAME), hint.height())

    def show_sign(self, row: int) -> None:
        """The sign of a row is another one."""
        self.viewport().update(0, self.sectionViewportPosition(row), self.width(), self.sectionSize(row))


class SheetHeader(QHeaderView):
    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet = model
        self._small = scaled_font(0.86)
        self._lines = 2  # that the longest name of the block takes
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("台账项目")

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        super().setFont(font)
        self._small = QFont(self.font())
        self._small.setPointSizeF(self.font().pointSizeF() * 0.86)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height() * (self._lines + 1) + 14
        return QSize(super().sizeHint().width(), height)

    def fit_names(self) -> None:
        """As high as the names of the block need at the widths of now: a line less is a village more below."""
        fits = all(
            QFontMetrics(self._font_of(sections)).horizontalAdvance(self._name_of(sections))
            <= self._width_of(sections) - 8
            for sections in self._groups()
            if self._width_of(sections)
        )
        self._lines = 1 if fits else 2

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Nothing here tells the current column from the others: going to a cell paints no head anew."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """As above."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = tokens_of(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        for sections in self._groups():
            self._paint_group(painter, tokens, sections)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _groups(self) -> list[list[int]]:
        """The columns of each item."""
        groups: dict[str, list[int]] = {}
        for section, item in enumerate(self._sheet.items):
            groups.setdefault(item.base, []).append(section)
        return list(groups.values())

    def _width_of(self, sections: Sequence[int]) -> int:
        return sum(self.sectionSize(n) for n in sections)

    def _name_of(self, sections: Sequence[int]) -> str:
        item = self._sheet.items[sections[0]]
        return f"{item.base} {item.name}"

    def _font_of(self, sections: Sequence[int]) -> QFont:
        return self._small if self._sheet.items[sections[0]].part_of else self.font()

    def _paint_group(self, painter: QPainter, tokens: Tokens, sections: Sequence[int]) -> None:
        item: Item = self._sheet.items[sections[0]]
        left = self.sectionViewportPosition(sections[0])
        width = self._width_of(sections)
        if not width or left > self.width() or left + width < 0:
            return
        below = self.fontMetrics().height() + 4
        top = QRect(left, 0, width, self.height() - (below if item.kind else 0))
        wrap = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        painter.setFont(self._font_of(sections))
        painter.setPen(QColor(tokens.text if not item.part_of else tokens.muted))
        painter.drawText(top.adjusted(4, 3, -4, -1), int(wrap), self._name_of(sections))
        if item.kind:
            painter.setFont(self._small)
            painter.setPen(QColor(tokens.muted))
            for n in sections:
                at = QRect(self.sectionViewportPosition(n), self.height() - below, self.sectionSize(n), below - 2)
                painter.drawText(at, Qt.AlignmentFlag.AlignCenter, SHORT_KINDS.get(self._sheet.items[n].kind, ""))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(left + width - 1, 6, left + width - 1, self.height() - 4)
