"""The line above the form: in which state the record is, why it cannot be changed, and what can be done instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.domain.meeting_dates import due_dates
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.queries.meetings import MeetingWhole, VersionRow
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.fields import line_edit, word_for
from jindu_desk.ui.meetings.editors import CleanField, StillCombo
from jindu_desk.ui.meetings.words import MEETING
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import BETWEEN, GROUP


class Banner(QFrame):
    """``version_wanted(id)``, ``drop_wanted()`` (the unsaved changes), ``correction_wanted(reason)``."""

    version_wanted = Signal(str)
    drop_wanted = Signal()
    correction_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._chip = StateChip()
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._versions = StillCombo()
        self._version_word = word_for(self._versions, "版本(&B)")
        self._versions.setToolTip("查看其他版本")
        self._versions.setMinimumContentsLength(9)
        self._versions.activated.connect(lambda at: self.version_wanted.emit(self._versions.itemData(at)))
        self._drop = button_for(Action("放弃未保存的改动", self.drop_wanted.emit, icon="undo-2", role="link"))
        # What comes and goes beside the sentence must not move the form.
        self._sentence.setMinimumHeight(max(self._drop.sizeHint().height(), self._versions.sizeHint().height()))
        top = QHBoxLayout()
        top.setSpacing(GROUP)
        top.addWidget(self._chip)
        top.addWidget(self._sentence, 1)
        top.addWidget(self._drop)
        top.addWidget(self._version_word)
        top.addWidget(self._versions)
        self.reason = CleanField("更正理由", line_edit(), "correction_reason", required=True)
        self.reason.editor.setToolTip("哪里有误，依据什么更正；会印在新的纪要上")
        self._begin = button_for(Action("开始更正", self._ask, icon="file-pen", role="primary"))
        self._keep = button_for(Action("取消", self.fold_reason))
        self._asking = QWidget()
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(GROUP)
        asking.addWidget(self.reason, 1)
        asking.addWidget(self._keep)
        asking.addWidget(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(BETWEEN, GROUP, BETWEEN, GROUP)
        column.setSpacing(GROUP)
        column.addLayout(top)
        column.addWidget(self._asking)
        for comes_later in (self._asking, self._drop, self._version_word, self._versions):
            comes_later.hide()

    def show_whole(self, whole: MeetingWhole, *, unsaved: str = "", why_read_only: str = "") -> None:
        """``unsaved`` tells of changes that are kept, but not saved; ``why_read_only`` of the whole folder."""
        word, kind = MEETING[whole.state]
        self._chip.show_state(word, kind)
        self._sentence.setText(why_read_only or _sentence(whole) or unsaved or _told(whole))
        self._drop.setVisible(bool(unsaved) and whole.editable)
        self._show_versions(whole.versions, whole.id)
        if whole.state is not MeetingState.SIGNED_OFF:
            self.fold_reason()

    def ask_reason(self) -> None:
        self._asking.show()
        self.reason.setFocus()

    def fold_reason(self) -> None:
        self._asking.hide()
        self.reason.set_value("")

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def _ask(self) -> None:
        if self.reason.error:
            return
        if not self.reason.value():
            self.reason.show_error("请先写明更正理由，它会印在新的纪要上。")
            return
        self.correction_wanted.emit(self.reason.value())

    def _show_versions(self, versions: Sequence[VersionRow], current: str) -> None:
        for widget in (self._version_word, self._versions):
            widget.setVisible(len(versions) > 1)
        with QSignalBlocker(self._versions):
            self._versions.clear()
            for row in reversed(versions):
                self._versions.addItem(f"第{row.version}版 {MEETING[row.state][0]}", row.id)
            self._versions.setCurrentIndex(max(0, self._versions.findData(current)))


def _sentence(whole: MeetingWhole) -> str:
    """Why it is read-only; nothing where it is not."""
    if not whole.is_newest:
        newer = whole.versions[-1]
        return f"这是第 {whole.version} 版，只供查看。现行的是第 {newer.version} 版（更正理由：{newer.reason}）。"
    if whole.locked:
        return "本月已经上报，例会记录已锁定，只能查看。需要改动时，请先在“上报”页重新打开这个月。"
    if whole.state is MeetingState.SIGNED_OFF:
        return f"{whole.signed_by} {whole.signed_on} 签发，只能查看。需要改动请点“更正”，写明理由后形成新的版本。"
    return ""


def _prepared(whole: MeetingWhole) -> str:
    """What the new record really begins with."""
    called = whole.draft.attendees
    nameless = sum(not row.name for row in called)
    parts = []
    if called:
        parts.append(f"名单 {len(called)} 人" + (f"（{nameless} 人待填姓名）" if nameless else ""))
    if whole.draft.place:
        parts.append("地点")
    if whole.follow_ups:
        parts.append(f"未办结事项 {len(whole.follow_ups)} 项")
    return f"已备好{'、'.join(parts)}。" if parts else ""


def _told(whole: MeetingWhole) -> str:
    if whole.version > 1:
        return f"正在更正，签发后成为第 {whole.version} 版。更正理由：{whole.correction_reason}"
    if whole.state is MeetingState.PREPARING:
        return f"{_prepared(whole)}会上登记到会情况，会后一个工作日内拟稿，两个工作日内签发。"
    due = due_dates(whole.draft.starts_at.date()).issued_by if whole.draft.starts_at else None
    by = f"，应在 {due} 前签发" if due else ""
    return f"内容齐全后点“签发”{by}；签发前打印的是草稿。"
