"""Templates go into the meeting that is being written."""

from __future__ import annotations

from collections.abc import Sequence

from jindu_desk.domain.meeting_drafts import MeetingDraft
from jindu_desk.domain.meeting_templates import MeetingTemplate, MeetingTemplates, TemplateKind, put_in
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.operations.meeting_templates import save_templates
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.texts import filled_in
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.meetings.record import RecordPane


class TemplatePutter:
    """``templates``: the desk's list as it was last read."""

    def __init__(self, shell: Shell, record: RecordPane) -> None:
        self._shell, self._record = shell, record
        self.templates = MeetingTemplates()

    def put_standing(self) -> None:
        """All that are for every meeting; the opening words only where nobody typed them."""
        whole, draft = self._record.whole, self._record.draft()
        if whole is None or draft is None or not self._record.editable:
            return
        untouched = whole.state is MeetingState.PREPARING and draft.opening == whole.draft.opening
        self._put(whole, draft, [each for each in self.templates.items if each.standing], opening=untouched)

    def put_one(self, each: MeetingTemplate) -> None:
        """This one, as asked for: opening words replace those that stand there."""
        whole, draft = self._record.whole, self._record.draft()
        if whole is None or draft is None or not self._record.editable:
            self._shell.notice("这个月没有可以改动的例会记录。", "warning")
            return
        self._put(whole, draft, [each], opening=True)

    def save(self, templates: MeetingTemplates) -> None:
        self.templates = templates
        store = self._shell.desk.store
        self._shell.carry_out(lambda: save_templates(store, templates), said="常用内容已保存")

    def _put(
        self, whole: MeetingWhole, draft: MeetingDraft, templates: Sequence[MeetingTemplate], *, opening: bool
    ) -> None:
        near = min(max(self._shell.desk.store.clock().date(), whole.month.first_day), whole.month.last_day)
        held_on = draft.starts_at.date() if draft.starts_at else near
        put = put_in(
            draft, templates, held_on, lambda text: filled_in(text, whole.unit_name, whole.month), opening=opening
        )
        added = len(put.agenda) - len(draft.agenda) + len(put.decisions) - len(draft.decisions)
        added += put.opening != draft.opening
        if added:
            self._record.take(put)
        kept = any(each.kind is TemplateKind.OPENING for each in templates) and not opening
        parts = [f"已加入 {added} 条常用内容" if added else "没有要加入的，会议里都有了"]
        if kept:
            parts.append("会议概况已写过，没有改动")
        self._shell.notice("；".join(parts) + "。", "done" if added else "info")
