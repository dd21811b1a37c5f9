"""The agenda on the left: which item runs, how long each has had of its plan, how long all of it, when it ends."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.free_text import SHORT_TEXT
from jindu_desk.domain.meeting_drafts import AgendaDraft
from jindu_desk.domain.meeting_plan import expected_end
from jindu_desk.ui.announcing import announce
from jindu_desk.ui.fields import line_edit
from jindu_desk.ui.meetings.editors import CleanField
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import make_larger
from jindu_desk.ui.meetings.planned_field import end_words
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import GROUP


class AgendaSide(QWidget):
    """``turned(at)`` when another item is looked at."""

    turned = Signal(int)

    def __init__(self, holding: Holding) -> None:
        super().__init__()
        self._holding = holding
        self.total = make_larger(QLabel(), "total")
        self.over = make_larger(QLabel(), "item")
        self.over.setProperty("role", "due")
        self.end = QLabel()
        self.list = QListWidget()
        self.list.setAccessibleName("议程")
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_Roomy(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.currentRowChanged.connect(self._turn)
        self.list.itemActivated.connect(lambda item: self._holding.go_to(self.list.row(item)))
        self.next = button_for(
            Action("下一项", self.go_on, icon="arrow-right", role="primary", tip="开始计时，再按转到下一项（F8）")
        )
        self.rest = button_for(Action("暂停", holding.pause, icon="clock", tip="暂停或继续计时（F7）"))
        self.added = CleanField("临时增加议程（F9）", line_edit(limit=SHORT_TEXT), "title", hint="回车加入")
        self.added.editor.returnPressed.connect(self._add)  # type: ignore[attr-defined]
        self.keep = QCheckBox("用时记入会议记录")
        self.keep.setChecked(holding.clock.keep)
        self.keep.toggled.connect(holding.keep_times)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addWidget(self.next, 1)
        buttons.addWidget(self.rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.total)
        column.addWidget(self.over)
        column.addWidget(self.end)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        column.addWidget(self.keep)
        column.addWidget(self.added)
        holding.changed.connect(self.show_times)
        holding.timed.connect(self.show_times)
        self.show_times()
        running = holding.clock.running
        self.list.setCurrentRow(running.at if running and running.at >= 0 else 0)

    @property
    def current(self) -> int:
        """The item that is looked at, -1 where there is none."""
        return self.list.currentRow()

    def go_on(self, step: int = 1) -> None:
        """Begin the first item, or the next (the one before); after the last one the meeting ends."""
        running, count = self._holding.clock.running, len(self._holding.draft.agenda)
        if not count:
            self._holding.told.emit("还没有议程，先按 F9 增加一项。", True)
            return
        at = running.at + step if running else max(0, self.current)
        if at >= count:
            self._holding.pause()
            self._holding.told.emit("议程已全部结束，计时停止。", False)
            return
        self._holding.go_to(max(0, at))
        self.list.setCurrentRow(max(0, at))

    def show_times(self) -> None:
        """The times as they are now; called every second too."""
        clock, now, agenda = self._holding.clock, self._holding.now, self._holding.draft.agenda
        with QSignalBlocker(self.list):
            while self.list.count() > len(agenda):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(agenda):
                self.list.addItem("")
        running = clock.running
        for at, item in enumerate(agenda):
            seconds, entry = clock.seconds(at, now), self.list.item(at)
            runs = running is not None and running.at == at
            sign = "▶ " if runs else ""
            timed = time_text(seconds if seconds or runs else None, item.planned)
            text = f"{sign}{at + 1}. {item.title or '（没有题目）'}" + (f"\n{timed}" if timed else "")
            if entry.text() != text:
                entry.setText(text)
                begun = f"，{'正在进行，' if runs else ''}用时" if seconds or runs else "，"
                said = f"{begun} {timed}" if timed else ""
                entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"第{at + 1}项 {item.title}{said}")
                font = self.list.font()
                font.setBold(runs)
                entry.setFont(font)
        total = clock.total(now)
        self.total.setText(f"合计 {clock_text(total)}" if clock.laps else "未开始计时")
        begun = "下一项" if clock.running else "继续" if clock.laps else "开始计时"
        self.next.setText(f"{begun} F8")
        self.rest.setText("暂停 F7" if clock.running or not clock.laps else "继续 F7")
        self.rest.setEnabled(bool(clock.laps))
        self._show_plan()

    def _show_plan(self) -> None:
        """Whether the item that runs is over its plan, and when the meeting would end; no line without a plan."""
        clock, now, draft = self._holding.clock, self._holding.now, self._holding.draft
        at = clock.running.at if clock.running else -1
        planned = draft.agenda[at].planned if 0 <= at < len(draft.agenda) else None
        past = clock.seconds(at, now) - planned * 60 if planned else 0
        if past > 0 and self.over.isHidden():
            announce(self.over, "本项已超过计划时间")
        outlook = expected_end(clock, draft.earlier_plan, draft.agenda_plan, draft.starts_at, now)
        told = f"本项超时 {clock_text(past)}" if past > 0 else ""
        for label, text in ((self.over, told), (self.end, end_words(outlook) if outlook else "")):
            label.setText(text)
            label.setVisible(bool(text))

    def _turn(self, at: int) -> None:
        if at >= 0:
            self.turned.emit(at)

    def _add(self) -> None:
        title = self.added.value()
        if self.added.error or not title:
            return
        agenda = (*self._holding.draft.agenda, AgendaDraft(title=title))
        self._holding.change(agenda=agenda)
        self.added.set_value("")
        self.list.setCurrentRow(len(agenda) - 1)


class _Roomy(QStyledItemDelegate):
    """Chinese lines may be higher than the font says: without more room the last one is cut off."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        lines = max(1, round(hint.height() / option.fontMetrics.lineSpacing()))
        return hint + QSize(0, 8 + 4 * lines)


def time_text(seconds: int | None, planned: int | None) -> str:
    """``8:12 / 15 分``, ``17:10 / 15 分，超时 2:10``; ``计划 15 分`` while it is not begun; ``8:12`` without a plan."""
    if seconds is None:
        return f"计划 {planned} 分" if planned else ""
    if planned is None:
        return clock_text(seconds)
    over = seconds - planned * 60
    return f"{clock_text(seconds)} / {planned} 分" + (f"，超时 {clock_text(over)}" if over > 0 else "")


def clock_text(seconds: int) -> str:
    """12:05, and 1:12:05 from an hour on."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
