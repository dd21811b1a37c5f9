"""What a superior answers to a unit's reports: receipt, return, unlock, revocation, reminder.

An answer is a snapshot: it says all that holds for the unit's reports at the time, so that a lost one does no harm.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, NaiveDatetime

from jindu_desk.domain.fields import Fields, Id, ItemCode, KeyLine, LongText, MonthText, Sha256, ShortText

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ReceiptState(StrEnum):
    """What the receiver did with a report."""

    RECEIVED = "received"  # it counts; nobody has judged it yet
    ACCEPTED = "accepted"  # it counts, and a person accepted it
    RETURNED = "returned"  # it does not count: correct and report again
    WAITING = "waiting"  # held for a missing number, a fork or a correction to be confirmed
    KEPT_OUT = "kept_out"  # older than what counts, or its month is closed at the receiver


class ReceiptFields(Fields):
    """What became of one report, by its number in the chain. ``reason``: why it was returned."""

    number: Number
    period: MonthText
    revision: Number
    descriptor_sha256: Sha256
    state: ReceiptState
    reason: LongText = ""
    decided_by: ShortText = ""
    decided_at: NaiveDatetime | None = None


class RemarkPlace(StrEnum):
    """What a remark is about."""

    REPORT = "report"  # the whole month
    VILLAGE = "village"  # a village's whole row
    CELL = "cell"
    MEETING = "meeting"
    DECISION = "decision"
    EXPENSE = "expense"


class RemarkFields(Fields):
    """Why a report was returned, at one place of it.

    ``unit_id``: the village or township of a cell or row. ``item``: the cell's item. ``record``: the id of the
    meeting, decision or expense. ``name``: what the sender calls it, for the sentence.
    """

    number: Number
    position: Number
    place: RemarkPlace
    unit_id: Id | None = None
    item: ItemCode | None = None
    record: Id | None = None
    reason: LongText


class UnlockFields(Fields):
    """A reported month that the unit may open again, without its report being returned.

    ``number``: the month's newest report when it was unlocked; what went out since is not opened by it.
    """

    period: MonthText
    number: Number
    reason: LongText
    unlocked_at: NaiveDatetime


class RevocationFields(Fields):
    """A key that no longer counts. Packages that were taken before stay."""

    public_key: KeyLine
    revoked_at: NaiveDatetime
    reason: LongText = ""


class ReminderFields(Fields):
    """A month whose report has not come. ``due``: the day by which it should have."""

    period: MonthText
    due: date


class AuditState(StrEnum):
    """What the newest report says of the sender's audit chain."""

    UNKNOWN = "unknown"
    CONTINUES = "continues"
    BROKEN = "broken"


class StandingFields(Fields):
    """How far the sender's chain of reports reaches at the receiver. ``highest``: no number below it is missing.

    ``first_missing``: the number that is waited for, where later ones are held.
    """

    unit_id: Id
    highest: Annotated[int, Field(ge=0, le=2**31 - 1)]
    first_missing: Number | None = None
    audit: AuditState = AuditState.UNKNOWN
