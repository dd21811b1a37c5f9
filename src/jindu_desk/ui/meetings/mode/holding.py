"""The meeting as it is being held: its content and its clock, both kept while they change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from jindu_desk.domain.meeting_clock import go_to, stop
from jindu_desk.errors import DeskError
from jindu_desk.operations.meeting_clock import keep_clock
from jindu_desk.operations.meetings import draft_key
from jindu_desk.operations.settings import keep_draft
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.mode.loading import ModeRows

KEPT_WITHIN = 250  # milliseconds between a keystroke and its being on the disk's way, also while typing goes on


class Holding(QObject):
    """``changed()`` after every change of the content, ``timed()`` after every one of the clock; ``kept()`` once it is
    on the disk; ``told(sentence, wrong)`` what the person at the keyboard should know."""

    changed = Signal()
    timed = Signal()
    kept = Signal()
    told = Signal(str, bool)

    def __init__(self, shell: Shell, rows: ModeRows, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.rows, self.draft, self.clock = rows, rows.draft, rows.clock
        self._kept = rows.draft
        self._soon = QTimer(self, singleShot=True, interval=KEPT_WITHIN)
        self._soon.timeout.connect(self.flush)

    @property
    def now(self) -> datetime:
        return self._shell.desk.store.clock()

    @property
    def chair(self) -> str:
        """Who signs off in the meeting, as the form has it."""
        return self.draft.chair or self.draft.convenor

    def change(self, **values: Any) -> None:
        """Put other values into the content."""
        self.draft = self.draft.model_copy(update=values)
        self.changed.emit()
        if not self._soon.isActive():  # it is not put off by the next keystroke
            self._soon.start()

    def flush(self) -> None:
        """Keep now what is not kept yet."""
        self._soon.stop()
        draft = self.draft
        if draft == self._kept:
            return
        self._kept = draft
        store, key = self._shell.desk.store, draft_key(draft.meeting_id)
        self._shell.tasks.run(
            lambda: keep_draft(store, key, draft.model_dump_json()), lambda _none: self.kept.emit(), self._not_kept
        )

    def go_to(self, at: int) -> None:
        """The item at ``at`` begins."""
        self._time(go_to(self.clock, at, self.draft.agenda[at].title, self.now))

    def pause(self) -> None:
        """End what runs; what ran last goes on where nothing runs."""
        if self.clock.running is not None:
            self._time(stop(self.clock, self.now))
        elif self.clock.laps and 0 <= self.clock.laps[-1].at < len(self.draft.agenda):
            self.go_to(self.clock.laps[-1].at)

    def keep_times(self, keep: bool) -> None:
        """Whether the times go into the record."""
        self._time(self.clock.model_copy(update={"keep": keep}))

    def _time(self, clock: Any) -> None:
        if clock == self.clock:
            return
        self.clock = clock
        store, key = self._shell.desk.store, self.draft.meeting_id
        self._shell.tasks.run(lambda: keep_clock(store, key, clock), None, self._not_kept)
        self.timed.emit()

    def _not_kept(self, error: Exception) -> None:
        self._kept = self.rows.draft  # the next change tries again
        said = str(error) if isinstance(error, DeskError) else "程序出错，内容还在屏幕上。"
        self.told.emit(f"没有保存：{said}", True)
