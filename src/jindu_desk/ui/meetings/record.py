"""The meeting being written: banner and form, what is typed kept at every change, saved and signed on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.meeting_drafts import MeetingDraft, TallyTable
from jindu_desk.errors import DeskError
from jindu_desk.errors.meetings import MeetingNotReady
from jindu_desk.operations.meetings import (
    correct_meeting,
    discard_version,
    save_meeting,
    sign_off,
)
from jindu_desk.queries.meeting_figures import ShownTotals, shown_totals
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.minutes_annexes import taken_tally
from jindu_desk.reports.meetings.texts import FIGURE_ITEMS, figure_rows
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.attaching import Attaching
from jindu_desk.ui.meetings.banner import Banner
from jindu_desk.ui.meetings.form import MeetingForm
from jindu_desk.ui.meetings.keeping import DraftKeeper
from jindu_desk.ui.meetings.loading import PageRows
from jindu_desk.ui.theme.measures import GROUP

KEPT_AFTER = 500  # milliseconds of rest after a keystroke


class RecordPane(QWidget):
    """One version of a meeting. ``version_wanted(id)``: another version is to be shown."""

    version_wanted = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.whole: MeetingWhole | None = None
        self.banner = Banner()
        self.attaching = Attaching(shell, self)
        self._keeper = DraftKeeper(shell)
        self.form = MeetingForm(self.attaching.ask_and_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.banner)
        column.addWidget(self.form, 1)
        self._rest = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._rest.timeout.connect(self._came_to_rest)
        self.form.edited.connect(self._rest.start)
        self.form.refused.connect(lambda sentence: shell.notice(sentence, "error"))
        self.form.pasted.connect(lambda done: shell.notice(done.sentence, "done" if done.complete else "warning"))
        self.form.figures_wanted.connect(self._take_figures)
        self.form.attachments.tally_wanted.connect(self._take_tally)
        self.form.attachment_opened.connect(self.attaching.open_copy)
        self.form.attachment_removed.connect(self.attaching.ask_and_remove)
        self.banner.version_wanted.connect(self.version_wanted)
        self.banner.drop_wanted.connect(self._drop_changes)
        self.banner.correction_wanted.connect(self._correct)
        self._rows: PageRows | None = None

    @property
    def editable(self) -> bool:
        return self.whole is not None and self.whole.editable and not self.why_read_only

    @property
    def foreign(self) -> bool:
        """Whether it is another unit's meeting, as that unit reported it."""
        return self.whole is not None and self.whole.unit_id != self._shell.desk.unit.unit.id

    @property
    def why_read_only(self) -> str:
        """Why nothing of it can be changed here, whatever its state."""
        if self.whole is not None and self.foreign:
            return f"这是{self.whole.unit_name}上报的例会记录，只能查看。"
        return self._shell.desk.why_read_only

    def show_rows(self, rows: PageRows, whole: MeetingWhole) -> None:
        """Show a meeting; if it is the one already shown, what is being typed stays as it is."""
        old, was_editable = self.whole, self.editable
        same = old is not None and old.id == whole.id and was_editable
        typed = self.form.draft() if same else None
        self.whole, self._rows = whole, rows
        self.attaching.meeting_id = whole.id
        content = whole.draft
        if self.editable:
            dirty = typed is not None and old is not None and typed != old.draft
            content = typed if dirty and typed is not None else rows.kept or whole.draft
        if typed is None or content != typed or old is None or old.follow_ups != whole.follow_ups:
            self._fill(rows, content)
            self._keeper.begin(content)
        else:
            self.form.show_facts(whole)
        if old is None or old.id != whole.id:
            self.form.verticalScrollBar().setValue(0)
        self._show_banner(content, rows.kept_at if content == rows.kept else None)

    def draft(self) -> MeetingDraft | None:
        """What the form shows now; the signed words of a version that is read-only."""
        if self.whole is None:
            return None
        return self.form.draft() if self.editable else self.whole.draft

    def take(self, draft: MeetingDraft) -> None:
        """Show what was typed of this meeting elsewhere, in the meeting mode or from templates, and keep it."""
        if self.whole is None or self._rows is None or not self.editable or draft.meeting_id != self.whole.id:
            return
        self._fill(self._rows, draft)
        self._keeper.keep(draft, self.whole.draft)
        self._show_banner(draft)

    def flush(self) -> None:
        """Keep what is typed now, before another page is shown."""
        if self._rest.isActive():
            self._rest.stop()
            self._came_to_rest()

    def save(self) -> None:
        draft = self._ready()
        if draft is not None and not self._refused("未保存"):
            self._carry_out(lambda: save_meeting(self._shell.desk.store, draft), "已保存")

    def sign(self) -> None:
        """Sign off after asking, or lead to the first thing that is wrong or missing."""
        draft = self._ready()
        if draft is None:
            return
        if self._refused("未签发", signature=True):
            return
        if gaps := self.form.gaps():
            self._rest.start()  # what is typed is kept all the same
            self._shell.notice(str(MeetingNotReady(missing=[(gap.what, gap.row) for gap in gaps])), "error")
            self.form.look_for_gaps()
            self.form.jump_to(gaps[0])
            return
        signed_by, signed_on = self.form.sign_off.signature()
        asked = (
            f"签发“{draft.title}”？\n签发人：{signed_by}　签发日期：{signed_on}\n"
            "签发后只能查看，需要改动时须写明理由更正。"
        )
        if not self._shell.ask(asked, "签发"):
            self._rest.start()
            return
        said = "已签发。可以预览、打印，或另存为 PDF"
        self._carry_out(lambda: sign_off(self._shell.desk.store, draft, signed_by, signed_on), said, self._not_signed)

    def discard(self) -> None:
        """Throw this unsigned version away, after asking."""
        if self.whole is None:
            return
        key, version, month = self.whole.id, self.whole.version, self.whole.month
        if version > 1:
            asked, verb = f"放弃第 {version} 版的更正？第 {version - 1} 版继续有效。", "放弃更正"
        else:
            asked, verb = f"删除 {month} 的例会记录？已填写的内容和议定事项都会删去。", "删除记录"
        if self._shell.ask(asked, verb, danger=True):
            self._rest.stop()
            store, said = self._shell.desk.store, "已删除" if version == 1 else "已放弃更正"
            self._carry_out(lambda: discard_version(store, key), said)

    def _refused(self, told: str, *, signature: bool = False) -> bool:
        """Whether something typed is not taken: then what is taken is kept, and the first such field is shown."""
        if self.whole is None:
            return False
        content = self.form.draft()
        self.form.look_for_gaps()
        self.form.head.show_incomplete()
        places = self.form.not_taken(signature=signature)
        if places:
            self._keeper.keep(content, self.whole.draft)
            sentence = f"{told}：{len(places)} 处要改"
            self._shell.notice(f"{sentence}，已标红", "error")
            self.banner.show_whole(self.whole, unsaved=f"{sentence}（标红处）。其余改动已留底，改好后再点“保存”。")
            self.form.lead_to(places[0])
        return bool(places)

    def _ready(self) -> MeetingDraft | None:
        """The form's content; None where there is nothing to change."""
        if not self.editable:
            return None
        self._rest.stop()
        return self.form.draft()

    def _not_signed(self, _error: Exception) -> None:
        self.form.look_for_gaps()
        if gaps := self.form.gaps():
            self.form.jump_to(gaps[0])

    def _carry_out(
        self, operation: Callable[[], Changes], said: str, failed: Callable[[Exception], object] | None = None
    ) -> None:
        def tell(error: Exception) -> None:
            self._rest.start()  # what is typed is kept all the same
            if isinstance(error, DeskError):  # anything else is told by the frame
                self._shell.notice(str(error), "error")
            if failed is not None:
                failed(error)

        self._shell.carry_out(operation, said=said, failed=tell)

    def _fill(self, rows: PageRows, content: MeetingDraft) -> None:
        if self.whole is not None:
            self._rest.stop()
            read_only = not self.editable
            self.form.show_meeting(
                self.whole, content, rows.people, rows.today, read_only=read_only, foreign=self.foreign
            )

    def _came_to_rest(self) -> None:
        """Keep what is typed, durably, and look for gaps again."""
        if not self.editable or self.whole is None:
            return
        draft = self.form.draft()
        self.form.look_for_gaps()
        self._keeper.keep(draft, self.whole.draft)
        self._show_banner(draft)

    def _show_banner(self, content: MeetingDraft, kept_at: datetime | None = None) -> None:
        if self.whole is None:
            return
        unsaved = ""
        if kept_at is not None:
            unsaved = f"上次没有保存的内容（{kept_at:%m-%d %H:%M}）已恢复在表中。请核对后保存，或放弃。"
        elif self.editable:
            unsaved = _told_unsaved(len(self.form.not_taken()), changed=content != self.whole.draft)
        self.banner.show_whole(self.whole, unsaved=unsaved, why_read_only=self.why_read_only)

    def _drop_changes(self) -> None:
        if self.whole is None or self._rows is None:
            return
        if self._shell.ask("放弃没有保存的改动，回到上次保存的内容？", "放弃改动", danger=True):
            self._fill(self._rows, self.whole.draft)
            self._keeper.drop(self.whole.draft)
            self._show_banner(self.whole.draft)

    def _correct(self, reason: str) -> None:
        if self.whole is not None:
            key, store = self.whole.id, self._shell.desk.store
            self._carry_out(lambda: correct_meeting(store, key, reason), "已开始更正；签发后成为新的版本")

    def _take_figures(self) -> None:
        if self.whole is None:
            return
        store, unit_id, month = self._shell.desk.store, self.whole.unit_id, self.whole.month
        self._shell.tasks.run(
            lambda progress: shown_totals(store, unit_id, month, FIGURE_ITEMS, progress.step),
            self._put_figures,
            title="读取本月数据",
            progress=True,
            cancellable=True,
        )

    def _take_tally(self) -> None:
        """The month's tally as it may be printed now, for the annex; without it the tick goes away again."""
        if self.whole is None:
            return
        store, unit_id, month = self._shell.desk.store, self.whole.unit_id, self.whole.month
        put = self.form.attachments.put_tally

        def taken(tally: tuple[TallyTable, ...]) -> None:
            put(tally)
            if not tally:
                self._shell.notice("本月台账还没有填，或者各村（社区）都是 0，没有可以印的数字。", "warning")

        def not_taken(error: Exception) -> None:
            put(())
            if isinstance(error, DeskError):
                self._shell.notice(f"台账没有列为附件：{error}", "warning")

        self._shell.tasks.run(lambda: taken_tally(store, unit_id, month), taken, not_taken, title="读取本月台账")

    def _put_figures(self, shown: ShownTotals) -> None:
        if shown.refused is not None:
            self._shell.notice(f"本月数据没有列入：{shown.refused}", "warning")
        else:
            self.form.figures.put(figure_rows(shown.totals))


def _told_unsaved(refused: int, *, changed: bool) -> str:
    if refused:
        return f"未保存：{refused} 处要改（标红处）。其余改动已随时留底；改好后点“保存”才计入记录。"
    return "改动已随时留底，关闭程序也不会丢；点“保存”后才计入记录。" if changed else ""
