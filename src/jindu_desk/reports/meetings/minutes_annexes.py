"""What is printed behind a meeting's minutes: the protected tally that was taken for it, and pictures beside it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from jindu_desk.domain.meeting_drafts import TallyTable
from jindu_desk.domain.months import Month
from jindu_desk.errors.folder import AttachmentMissing
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.attachments import AttachmentRow, kept_bytes
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.queries.protection import hiding
from jindu_desk.queries.tallies import sheet
from jindu_desk.reports.meetings.tally_annex import LEFT_OUT, printed_tables, tally_tables
from jindu_desk.reports.protection_wording import LEGEND
from jindu_desk.reports.typesetting.annex import Annex, AnnexPicture, AnnexText
from jindu_desk.reports.wording import month_text
from jindu_desk.store.engine import Store

_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".jpe", ".png"})


def is_picture(name: str) -> bool:
    """Whether a file may be printed as a picture, by its name."""
    return PurePath(name).suffix.lower() in _ENDINGS


def taken_tally(store: Store, township_id: str, month: Month) -> tuple[TallyTable, ...]:
    """The month's tally as it may be printed now, to be kept with the meeting; nothing where it tells nothing.

    Raises `CannotProtect`.
    """
    return tally_tables(sheet(store, township_id, month), hiding(store, township_id, month).month)


def minutes_annexes(paths: FolderPaths | None, meeting: MeetingWhole) -> tuple[Annex, ...]:
    """The annexes in their order. A picture that is gone is named in its place."""
    chosen = meeting.draft.annexes
    annexes = []
    if chosen.tally:
        title = f"{meeting.unit_name}{month_text(meeting.month)}禁毒工作台账"
        annexes.append(Annex(title, (*printed_tables(chosen.tally), AnnexText(f"注：{LEGEND}{LEFT_OUT}"))))
    by_id = {row.id: row for row in meeting.attachments}
    rows = [by_id[key] for key in chosen.pictures if key in by_id]
    if rows:
        annexes.append(Annex("会议有关图片", tuple(_picture(paths, row) for row in rows)))
    return tuple(annexes)


def _picture(paths: FolderPaths | None, row: AttachmentRow) -> AnnexPicture:
    if paths is None:
        return AnnexPicture(row.name, None)
    try:
        return AnnexPicture(PurePath(row.name).stem, kept_bytes(paths, row))
    except (AttachmentMissing, OSError):
        return AnnexPicture(row.name, None)
