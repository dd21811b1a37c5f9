"""Finding a place of a report by typing: village, tab and item by name, pinyin initials or code; records by words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.places import ReportPlace, found_places
from jindu_desk.reports.exchange.wording import remark_place_label
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.theme.measures import row_height

_MOST = 60
_STATES = {"not_applicable": "无此情况", "unknown": "未掌握"}
_PLACE = Qt.ItemDataRole.UserRole


class PlaceFinder(QWidget):
    """``chosen(place)`` when a line was taken; `place` is None while nothing is."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[ReportPlace, ...] = ()
        self.place: ReportPlace | None = None
        self.line: Field[QLineEdit] = Field(
            "位置", line_edit(limit=60, placeholder="村名、指标、会议…可写几个词，如“漕河 尿检”")
        )
        self.list = QListWidget()
        self.list.setAccessibleName("找到的位置")
        self.list.setFixedHeight(4 * row_height(self.list, compact=True) + 8)
        self._sum = QLabel()
        self._sum.setProperty("role", "muted")
        self.line.editor.textEdited.connect(self._search)
        self.line.editor.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self._sum)
        self.setFocusProxy(self.line)
        self._sum.setText("正在读取这份上报的内容…")

    def offer(self, places: tuple[ReportPlace, ...]) -> None:
        """What can be found."""
        self._places = places
        self._search(self.line.text())

    def clear(self) -> None:
        self.place = None
        self.line.editor.clear()
        self._search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down goes into the list, Enter takes the first hit."""
        if watched is self.line.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.list.count():
                self.list.setCurrentRow(max(self.list.currentRow(), 0))
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.count():
                self._take(self.list.item(max(self.list.currentRow(), 0)))
                return True
        return super().eventFilter(watched, event)

    def _search(self, typed: str) -> None:
        self.place = None
        shown, count = found_places(self._places, typed, _MOST)
        self.list.clear()
        for place in shown:
            item = QListWidgetItem(words_of(place), self.list)
            item.setToolTip(item.text())
            item.setData(_PLACE, place)
            item.setSizeHint(QSize(0, row_height(self.list, compact=True)))
        more = f"，列出前 {len(shown)} 处，再输入几个字可以缩小" if count > len(shown) else ""
        self._sum.setText(f"找到 {count} 处{more}" if self._places else "这份上报里没有可选的位置")

    def choose(self, place: ReportPlace) -> None:
        """As if it had been taken from the list, without telling."""
        self.place = place
        self.line.editor.setText(words_of(place))

    def _take(self, item: QListWidgetItem) -> None:
        self.choose(item.data(_PLACE))
        self.line.clear_error()
        self.chosen.emit(self.place)


def words_of(place: ReportPlace) -> str:
    """台账数字　测试村 D01 应检·社区戒毒（尿检）：3."""
    shown = _STATES.get(place.shown, place.shown)
    name = f"{remark_place_label(place.place.value)}　{place.name}"
    return f"{name}：{shown}" if shown else name
