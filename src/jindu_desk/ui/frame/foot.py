"""The foot of the window: quiet notices, what is under way with its progress and 取消, the last backup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from jindu_desk.ui.notices import Notices
from jindu_desk.ui.tasks import Job
from jindu_desk.ui.theme.measures import BETWEEN, GROUP


class Foot(QWidget):
    """Shows the newest job that has a title or progress; short untitled reads are not shown at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notices = Notices()
        self._job: Job | None = None
        self._what = QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(160)
        self._cancel = QPushButton("取消")
        self._cancel.setProperty("role", "link")
        self._cancel.clicked.connect(self._cancel_job)
        self._backup = QLabel()
        self._backup.setProperty("role", "muted")
        self.help = QPushButton("帮助")
        self.help.setToolTip("这一页怎么用，有哪些快捷键（F1）")
        self.help.setProperty("role", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(GROUP, 2, BETWEEN, 2)
        row.setSpacing(GROUP)
        row.addWidget(self.notices, 1)
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addSpacing(GROUP)
        row.addWidget(self._backup)
        row.addWidget(self.help)
        self._show_idle()

    def show_job(self, job: Job) -> None:
        """Follow a job that was just started."""
        if not (job.title or job.shows_progress):
            return
        self._job = job
        self._what.setText(job.title)
        self._bar.setAccessibleName(f"进度：{job.title}")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        for widget, shown in ((self._what, True), (self._bar, True), (self._cancel, job.cancellable)):
            widget.setVisible(shown)
        job.progressed.connect(self._show_step)
        job.ended.connect(self._end)

    def show_last_backup(self, text: str) -> None:
        self._backup.setText(text)

    def _show_step(self, done: int, total: int, text: str) -> None:
        if self.sender() is not self._job or self._job is None:
            return
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        count = f" {done}/{total}" if total else ""
        self._what.setText(f"{self._job.title}{count}{'　' + text if text else ''}")

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._what.setText(f"{self._job.title}：正在停下…")

    def _end(self) -> None:
        if self._job is not None and self._job.is_over:
            self._show_idle()

    def _show_idle(self) -> None:
        self._job = None
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(False)
