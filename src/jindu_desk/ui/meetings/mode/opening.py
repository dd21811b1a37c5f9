"""From the form into the meeting mode and back: what was typed there stands in the form afterwards."""

from __future__ import annotations

from datetime import datetime

import shiboken6
from PySide6.QtWidgets import QWidget

from jindu_desk.domain.meeting_clock import MeetingClock
from jindu_desk.domain.meeting_drafts import MeetingDraft
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.operations.meeting_clock import record_times
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.loading import ModeRows, load_mode
from jindu_desk.ui.meetings.mode.window import MeetingMode
from jindu_desk.ui.meetings.record import RecordPane
from jindu_desk.ui.tasks import Cancelled


class ModeOpener:
    """Opens the mode on the meeting that ``record`` shows. ``window`` is the mode while it is open."""

    def __init__(self, shell: Shell, record: RecordPane, parent: QWidget) -> None:
        self._shell, self._record, self._parent = shell, record, parent
        self.window: MeetingMode | None = None
        self._holder: QWidget | None = None  # who had the keyboard before

    def open(self) -> None:
        """Begin, unless something on the form is not taken: it would be lost on the way back."""
        if not self._record.editable or self.window is not None:
            return
        self._holder = self._parent.window().focusWidget()
        if self._holder is not None:
            self._holder.clearFocus()  # a cell that is being typed hands its text over
        whole, draft = self._record.whole, self._record.draft()
        if whole is None or draft is None:
            return
        if places := self._record.form.not_taken():
            self._shell.notice("请先改好标红的地方，再开始开会", "error")
            self._record.form.lead_to(places[0])
            return
        self._record.flush()
        desk = self._shell.desk
        self._shell.tasks.run(
            lambda progress: load_mode(desk, whole, draft, progress.step),
            self._show,
            self._not_opened,
            title="准备开会",
            progress=True,
            cancellable=True,
        )

    def leave(self) -> None:
        """Close it, with everything kept: the program is about to go."""
        if self.window is not None:
            self.window.close()

    def _show(self, rows: ModeRows) -> None:
        if self.window is None:
            self.window = MeetingMode(self._shell, rows, self._parent.window())
            self.window.left.connect(self._take_back)
            self.window.showMaximized()

    def _not_opened(self, error: Exception) -> None:
        self._give_back_keyboard()
        if isinstance(error, DeskError | Cancelled):
            self._shell.notice("已取消。" if isinstance(error, Cancelled) else str(error), "warning")

    def _give_back_keyboard(self) -> None:
        if self._holder is not None and shiboken6.isValid(self._holder):
            self._holder.setFocus()

    def _take_back(self, holding: Holding) -> None:
        self.window = None
        clock, draft = holding.clock, holding.draft
        if clock.keep:
            draft = _with_times(draft, clock, holding.rows.whole.month)
        self._record.take(draft)
        self._give_back_keyboard()
        if clock.keep or holding.rows.whole.times:
            store, key = self._shell.desk.store, draft.meeting_id
            self._shell.carry_out(lambda: record_times(store, key, clock), said="各项议程用时已记入")


def _with_times(draft: MeetingDraft, clock: MeetingClock, month: Month) -> MeetingDraft:
    """When it began and ended, by the clock, where the form does not say; only on a day of the meeting's month."""
    if not clock.laps or clock.laps[-1].ended is None:
        return draft
    begun, ended = _minute(clock.laps[0].begun), _minute(clock.laps[-1].ended)
    if not (month.holds(begun.date()) and begun.date() == ended.date() and begun < ended):
        return draft
    if draft.starts_at is None and draft.ends_at is None:
        return draft.model_copy(update={"starts_at": begun, "ends_at": ended})
    if draft.starts_at is not None and draft.ends_at is None and draft.starts_at < ended:
        return draft.model_copy(update={"ends_at": ended}) if draft.starts_at.date() == ended.date() else draft
    return draft


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
