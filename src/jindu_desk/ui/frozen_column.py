"""The first column of a table stays in view while the others are scrolled: it says whose figures they are."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from jindu_desk.ui.tables import dress_table


class FrozenTable(QTableView):
    """A table whose first column is shown once more over the left edge as soon as it is scrolled away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first: _FirstColumn | None = None

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if self._first is None:
            self._first = _FirstColumn(self)
        self._first.follow_model()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A cell is not in view where the first column lies over it."""
        super().scrollTo(index, hint)
        bar, covered = self.horizontalScrollBar(), self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and bar.value() and covered > 0:
            bar.setValue(bar.value() - covered)


class _FirstColumn(QTableView):
    """Drawn only: the table below has the keyboard and is what a screen reader reads."""

    def __init__(self, over: FrozenTable) -> None:
        super().__init__(over)
        self._over = over
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        over.horizontalScrollBar().valueChanged.connect(self._place)
        over.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(over.verticalScrollBar().setValue)
        over.viewport().installEventFilter(self)

    def follow_model(self) -> None:
        """The table has another model, or its first."""
        over = self._over
        self.setModel(over.model())
        self.setSelectionModel(over.selectionModel())
        dress_table(self, name="")
        self.setSelectionBehavior(over.selectionBehavior())
        for column in range(1, over.model().columnCount()):
            self.setColumnHidden(column, True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self._over
        is_away = over.horizontalScrollBar().value() > 0 and over.viewport().width() > 2 * over.columnWidth(0)
        self.setVisible(is_away)
        if not is_away:
            return
        head, edge = over.horizontalHeader().height(), over.frameWidth()
        self.verticalHeader().setDefaultSectionSize(over.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(head)
        self.setColumnWidth(0, over.columnWidth(0))
        self.setGeometry(edge, edge, over.columnWidth(0), head + over.viewport().height())
        self.verticalScrollBar().setValue(over.verticalScrollBar().value())
