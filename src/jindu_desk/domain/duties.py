"""Duties that a calendar can compute, each with its article."""

from __future__ import annotations

from datetime import date

from jindu_desk.domain.fields import Code, Fields, Id, LongText, ShortText


class DutyDoneFields(Fields):
    """That a duty was done for a period, with its evidence. ``period``: 2026-10, 2026-H1 or 2026."""

    unit_id: Id
    duty: Code
    period: ShortText
    done_on: date
    note: LongText = ""
