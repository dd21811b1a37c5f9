"""What is typed and not saved: kept durably when typing rests, so that a crash loses nothing."""

from __future__ import annotations

from jindu_desk.domain.meeting_drafts import MeetingDraft
from jindu_desk.operations.meetings import draft_key
from jindu_desk.operations.settings import drop_draft, keep_draft
from jindu_desk.ui.frame.screen import Shell


class DraftKeeper:
    """Writes the form's content on the worker whenever it differs from what was written last."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._last: MeetingDraft | None = None

    def begin(self, content: MeetingDraft) -> None:
        """``content`` is what the form starts with; it needs no keeping."""
        self._last = content

    def keep(self, draft: MeetingDraft, saved: MeetingDraft) -> None:
        """Keep ``draft``; where it is what is saved already, there is nothing left to keep."""
        if draft == self._last:
            return
        self._last = draft
        if draft == saved:
            self.drop(draft)
            return
        store, key = self._shell.desk.store, draft_key(draft.meeting_id)
        self._shell.tasks.run(lambda: keep_draft(store, key, draft.model_dump_json()))

    def drop(self, draft: MeetingDraft) -> None:
        """Forget what was kept of this meeting's form; ``draft`` is what it shows now."""
        self._last = draft
        store, key = self._shell.desk.store, draft_key(draft.meeting_id)
        self._shell.tasks.run(lambda: drop_draft(store, key))
