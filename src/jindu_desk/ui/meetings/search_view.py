"""Search across all minutes and decisions: a line, and what was found with the words in their context."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.queries.meeting_search import MOST, Found, Hit, Place
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.tables import Column, RowsModel, rows_view, select_row
from jindu_desk.ui.theme.measures import GROUP
from jindu_desk.ui.theme.tokens import tokens_of

ASKED_AFTER = 200  # milliseconds of rest after a keystroke
PLACES = {
    Place.HEAD: "会议",
    Place.AGENDA: "议程",
    Place.DECISION: "议定事项",
    Place.STEP: "督办进展",
    Place.ATTENDEE: "参会人员",
    Place.ATTACHMENT: "附件",
}
_NUMBERED = (Place.AGENDA, Place.DECISION, Place.STEP)
_CONTEXT = 2
Index = QModelIndex | QPersistentModelIndex


class SearchView(QWidget):
    """``wanted(text)`` once typing rests; ``chosen(Hit)`` when one of the hits is to be gone to."""

    wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.line = Field("查找会议记录和议定事项", _Line())
        self.line.editor.setPlaceholderText("标题、发言、议定事项、参会人员、附件名；多个词用空格隔开")
        self.line.editor.setClearButtonEnabled(True)
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        self.model: RowsModel[Hit] = RowsModel(
            (
                Column("月份", lambda hit: month_text(hit.month), key=lambda hit: str(hit.month)),
                Column("位置", _place_text),
                Column("内容", lambda hit: hit.context, tooltip=lambda hit: hit.context, width=-1),
            )
        )
        self.view = rows_view(self.model, name="查找结果列表")
        self.view.setItemDelegateForColumn(_CONTEXT, _HitDelegate(self.view))
        self.view.activated.connect(lambda index: self.chosen.emit(self.model.row(index)))
        self._rest = QTimer(self, singleShot=True, interval=ASKED_AFTER)
        self._rest.timeout.connect(self.ask)
        self.line.editor.textEdited.connect(self._rest.start)
        self.line.editor.textChanged.connect(self._emptied)
        self.line.editor.went_down.connect(self._go_into_list)
        self.line.editor.returnPressed.connect(self._go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.line)
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)
        column.addStretch()  # where no list stands, the rest stays on top
        self.setFocusProxy(self.line.editor)
        self._shown = ""
        self.show_found(Found(""))

    def ask(self) -> None:
        """Ask now for what is typed."""
        self._rest.stop()
        self.wanted.emit(self.text)

    @property
    def text(self) -> str:
        return self.line.editor.text().strip()

    def show_found(self, found: Found) -> None:
        """Show what was found, unless other words were typed meanwhile."""
        if found.text != self.text:
            return
        self._shown = found.text
        self.model.show_rows(found.hits)
        self.view.setVisible(bool(found.hits))
        if found.hits:
            months = len({hit.month for hit in found.hits})
            more = f"，只列最近的 {MOST} 处，请多写一个词" if found.more else ""
            self.summary.setText(f"{months} 次会议、{len(found.hits)} 处{more}。回车到列表，再回车打开。")
        else:
            self.summary.setText(
                "没有找到。换个说法，或少写一个词。" if found.text else "查的是已保存的内容，每次会议的现行版本。"
            )

    def _emptied(self, text: str) -> None:
        if not text.strip():
            self._rest.stop()
            self.show_found(Found(""))

    def _go_on(self) -> None:
        """Enter: to the list where it stands there, else search at once."""
        if self._shown == self.text and self.model.rowCount():
            self._go_into_list()
        else:
            self.ask()

    def _go_into_list(self) -> None:
        if self.model.rowCount():
            if not self.view.currentIndex().isValid():
                select_row(self.view, 0)
            self.view.setFocus()


class _Line(QLineEdit):
    went_down = Signal()

    def __init__(self) -> None:
        super().__init__(maxLength=200)
        self.setMinimumHeight(line_edit().minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class _HitDelegate(QStyledItemDelegate):
    """The words that were found in accent and bold, always in sight: what stands before is cut from the left."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        hit: Hit = index.model().row(index)  # type: ignore[attr-defined]
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        inside = option.rect.adjusted(9, 0, -9, 0)
        bold = option.font
        bold.setBold(True)
        painter.save()
        painter.setClipRect(inside)
        normal = option.palette.color(QPalette.ColorRole.Text)
        accent = tokens_of(option.palette).of("info")
        x = inside.left()
        for text, colour, strong in ((hit.before, normal, False), (hit.hit, accent, True), (hit.after, normal, False)):
            font = painter.font() if not strong else bold
            font.setBold(strong)
            painter.setFont(font)
            painter.setPen(colour)
            width = painter.fontMetrics().horizontalAdvance(text)
            place = QRect(x, inside.top(), max(0, min(width, inside.right() - x)), inside.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            x += width
        painter.restore()


def _place_text(hit: Hit) -> str:
    word = PLACES[hit.place]
    return f"{word} {hit.row}" if hit.place in _NUMBERED else word
