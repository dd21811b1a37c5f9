"""Files beside the meeting, and what is printed behind its minutes: pictures among them, the month's tally."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jindu_desk.domain.meeting_drafts import AnnexesDraft, TallyTable
from jindu_desk.queries.attachments import AttachmentRow
from jindu_desk.reports.meetings.minutes_annexes import is_picture
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.measures import GROUP, row_height
from jindu_desk.ui.theme.tokens import tokens_of

_ROW = Qt.ItemDataRole.UserRole


class AttachmentSection(QWidget):
    """Files beside the meeting: sign-in sheet, pictures, the signed scan. A ticked picture is printed as an annex.

    ``tally_wanted()``: the month's tally is to be printed too; `put_tally` answers it.
    """

    opened = Signal(object)
    removed = Signal(object)
    edited = Signal()
    tally_wanted = Signal()

    def __init__(self, add: Callable[[], object]) -> None:
        super().__init__()
        self._tally: tuple[TallyTable, ...] = ()
        self._pictures: frozenset[str] = frozenset()
        self._read_only = False
        self.list = QListWidget()
        self.list.setAccessibleName("附件")
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_ROW)))
        self.list.itemChanged.connect(self._ticked)
        self._none = _muted("没有附件。签到表、照片、签字盖章的扫描件可以放在这里。")
        self._how = _muted("打勾的图片作为附件印入纪要，排在正文之后。")
        self.tally = QCheckBox("本月台账（保护版）作为附件印入纪要")
        self.tally.clicked.connect(self._want_tally)
        self._add = button_for(Action("添加附件", add, icon="paperclip", role="link"))
        self._open = button_for(Action("打开", lambda: self._tell(self.opened), icon="external-link", role="link"))
        self._remove = button_for(Action("移除附件", lambda: self._tell(self.removed), icon="minus", role="link"))
        foot = QHBoxLayout()
        foot.setSpacing(GROUP)
        for button in (self._add, self._open, self._remove):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        for widget in (self._none, self.list, self._how):
            column.addWidget(widget)
        column.addLayout(foot)
        column.addWidget(self.tally)

    def show_annexes(self, chosen: AnnexesDraft, *, read_only: bool, has_tally: bool) -> None:
        """What is printed; `show_rows` shows it at the files. ``has_tally``: the unit has a tally of villages."""
        self._tally, self._pictures, self._read_only = chosen.tally, frozenset(chosen.pictures), read_only
        self.tally.setChecked(bool(chosen.tally))
        self.tally.setVisible(has_tally)
        self.tally.setEnabled(not read_only)

    def annexes(self) -> AnnexesDraft:
        """The choice, pictures in the order of the files; of files that are gone nothing."""
        keys = [row.id for row in self._rows()]
        return AnnexesDraft(tally=self._tally, pictures=tuple(key for key in keys if key in self._pictures))

    def put_tally(self, tally: tuple[TallyTable, ...]) -> None:
        """The tally as it is printed, none for none."""
        self._tally = tally
        self.tally.setChecked(bool(tally))
        self.edited.emit()

    def show_rows(self, rows: Sequence[AttachmentRow], *, may_add: bool, may_remove: bool) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        height = row_height(self, compact=True)
        for row in rows:
            item = QListWidgetItem(f"{row.name}　（{_size_text(row.size)}）", self.list)
            item.setIcon(icon("file-text", tokens_of(self).text, 16))
            item.setSizeHint(QSize(0, height))
            item.setData(_ROW, row)
            if is_picture(row.name):
                item.setCheckState(_check(row.id in self._pictures))
                flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
                item.setFlags(flags & ~Qt.ItemFlag.ItemIsUserCheckable if self._read_only else flags)
        self.list.blockSignals(False)
        self.list.setFixedHeight(height * len(rows) + 6)
        self.list.setVisible(bool(rows))
        if rows:
            self.list.setCurrentRow(0)
        self._none.setVisible(not rows)
        self._how.setVisible(any(is_picture(row.name) for row in rows))
        self._add.setVisible(may_add)
        self._open.setVisible(bool(rows))
        self._remove.setVisible(bool(rows) and may_remove)

    def _rows(self) -> list[AttachmentRow]:
        return [self.list.item(at).data(_ROW) for at in range(self.list.count())]

    def _ticked(self, item: QListWidgetItem) -> None:
        key = item.data(_ROW).id
        on = item.checkState() is Qt.CheckState.Checked
        self._pictures = self._pictures | {key} if on else self._pictures - {key}
        self.edited.emit()

    def _want_tally(self, on: bool) -> None:
        if on:
            self.tally_wanted.emit()
        else:
            self.put_tally(())

    def _tell(self, signal: object) -> None:
        if (item := self.list.currentItem()) is not None:
            signal.emit(item.data(_ROW))  # type: ignore[attr-defined]


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def _check(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def _size_text(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"
