"""The tables: the domain's fields plus keys and CHECK constraints. One definition for every tier and engine.

A township's folder holds its own rows, a district's the rows of all its townships. Rows are built by
``model_validate`` (SQLModel tables do not validate by themselves).
"""

from __future__ import annotations

from pydantic import NaiveDatetime
from sqlalchemy import BigInteger, CheckConstraint, Column, Index, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from jindu_desk.domain.answers import ReceiptFields, RemarkFields, ReminderFields, UnlockFields
from jindu_desk.domain.duties import DutyDoneFields
from jindu_desk.domain.exchange import (
    MonthLockFields,
    PackageKind,
    ReceivedFields,
    RecipientFields,
    SentFields,
    SignerFields,
)
from jindu_desk.domain.expenses import (
    AdjustmentFields,
    BookClosingFields,
    BudgetLineFields,
    CarryFields,
    ExpenseFields,
    ExpenseImportFields,
    YearClosingFields,
)
from jindu_desk.domain.fields import Fen
from jindu_desk.domain.meeting_clock import AgendaTimeFields
from jindu_desk.domain.meeting_plan import AgendaPlanFields
from jindu_desk.domain.meetings import (
    AgendaItemFields,
    AttendeeFields,
    DecisionFields,
    DecisionStepFields,
    FigureFields,
    MeetingFields,
    Part,
    SignedDecisionFields,
)
from jindu_desk.domain.rule_sets import DeadlineFields, RuleName, RuleSetFields
from jindu_desk.domain.tallies.records import CellFields, NilReturnFields, ReasonFields
from jindu_desk.domain.units import OfficialFields, UnitFields, UnitVersionFields

# Constraints carry names, so that migrations can name them on every engine.
metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Profile(SQLModel, table=True):
    """Whose folder this is: at most one row."""

    __tablename__ = "profile"
    __table_args__ = (CheckConstraint("single = 1", name="single"),)
    single: int = Field(default=1, primary_key=True)
    folder_id: str
    unit_id: str = Field(foreign_key="unit.id")
    keeper: str  # the person at this PC
    created_at: NaiveDatetime
    demo: bool = False


class Setting(SQLModel, table=True):
    """Settings that belong to the unit, not to the PC: letterhead, wording, number style … as JSON text."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True, max_length=60)
    value: str = Field(sa_column=Column(Text, nullable=False))


class Draft(SQLModel, table=True):
    """An unfinished form, kept until it is saved or thrown away. ``body`` is the form's own JSON."""

    __tablename__ = "draft"
    key: str = Field(primary_key=True, max_length=120)
    body: str = Field(sa_column=Column(Text, nullable=False))
    saved_at: NaiveDatetime


class Unit(SQLModel, UnitFields, table=True):
    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("tier IN ('CITY','DISTRICT','TOWNSHIP','VILLAGE')", name="tier"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="validity"),
    )
    id: str = Field(primary_key=True, max_length=64)


class UnitVersion(SQLModel, UnitVersionFields, table=True):
    __tablename__ = "unit_version"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    since: str = Field(primary_key=True, max_length=7)
    reports_to: str | None = Field(default=None, foreign_key="unit.id", index=True, max_length=64)


class Official(SQLModel, OfficialFields, table=True):
    __tablename__ = "official"
    __table_args__ = (CheckConstraint("until IS NULL OR since IS NULL OR since <= until", name="term"),)
    id: str = Field(primary_key=True, max_length=64)
    unit_id: str = Field(foreign_key="unit.id", index=True, max_length=64)


class Meeting(SQLModel, MeetingFields, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("series", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("ends_at IS NULL OR starts_at IS NULL OR starts_at <= ends_at", name="times"),
        CheckConstraint("state <> 'SIGNED_OFF' OR (signed_by <> '' AND signed_on IS NOT NULL)", name="signed_off"),
        CheckConstraint("version = 1 OR correction_reason <> ''", name="correction_has_reason"),
        Index("ix_meeting_unit_month", "unit_id", "month"),
    )
    id: str = Field(primary_key=True, max_length=64)
    unit_id: str = Field(foreign_key="unit.id", max_length=64)


class Attendee(SQLModel, AttendeeFields, table=True):
    __tablename__ = "attendee"
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=64, ondelete="CASCADE")
    position: int = Field(primary_key=True)


class AgendaItem(SQLModel, AgendaItemFields, table=True):
    __tablename__ = "agenda_item"
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=64, ondelete="CASCADE")
    position: int = Field(primary_key=True)


class AgendaPlan(SQLModel, AgendaPlanFields, table=True):
    """A table of its own: what reports carry of an item must stay as older programs read it."""

    __tablename__ = "agenda_plan"
    __table_args__ = (CheckConstraint("planned BETWEEN 1 AND 240", name="planned"),)
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=64, ondelete="CASCADE")
    position: int = Field(primary_key=True)


class AgendaTime(SQLModel, AgendaTimeFields, table=True):
    """How long an item took, of the whole meeting: a correction of the words does not change it."""

    __tablename__ = "agenda_time"
    __table_args__ = (CheckConstraint("seconds >= 0", name="not_negative"),)
    series: str = Field(primary_key=True, max_length=64)
    position: int = Field(primary_key=True)


class Figure(SQLModel, FigureFields, table=True):
    __tablename__ = "figure"
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=64, ondelete="CASCADE")
    position: int = Field(primary_key=True)


class Decision(SQLModel, DecisionFields, table=True):
    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("series", "number"), CheckConstraint("number >= 1", name="number"))
    id: str = Field(primary_key=True, max_length=64)
    unit_id: str = Field(foreign_key="unit.id", index=True, max_length=64)


class DecisionStep(SQLModel, DecisionStepFields, table=True):
    __tablename__ = "decision_step"
    __table_args__ = (
        CheckConstraint("state <> 'DONE' OR approved_by <> ''", name="done_is_signed_off"),
        CheckConstraint("state <> 'POSTPONED' OR (approved_by <> '' AND note <> '')", name="postponed_has_reason"),
    )
    decision_id: str = Field(primary_key=True, foreign_key="decision.id", max_length=64, ondelete="CASCADE")
    position: int = Field(primary_key=True)


class SignedDecision(SQLModel, SignedDecisionFields, table=True):
    """What a signed-off version's paper says of its decisions; no key to the register, which moves on."""

    __tablename__ = "signed_decision"
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=64, ondelete="CASCADE")
    part: Part = Field(primary_key=True)
    position: int = Field(primary_key=True)


class Cell(SQLModel, CellFields, table=True):
    __tablename__ = "cell"
    __table_args__ = (
        CheckConstraint("(state = 'NUMBER') = (value IS NOT NULL)", name="value_with_number"),
        CheckConstraint("value IS NULL OR value >= 0", name="not_negative"),
        Index("ix_cell_township_month", "township_id", "month"),
    )
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    month: str = Field(primary_key=True, max_length=7)
    item: str = Field(primary_key=True, max_length=40)
    township_id: str = Field(foreign_key="unit.id", max_length=64)


class NilReturn(SQLModel, NilReturnFields, table=True):
    __tablename__ = "nil_return"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    month: str = Field(primary_key=True, max_length=7)
    township_id: str = Field(foreign_key="unit.id", index=True, max_length=64)


class Reason(SQLModel, ReasonFields, table=True):
    __tablename__ = "reason"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    month: str = Field(primary_key=True, max_length=7)
    check: str = Field(primary_key=True, max_length=40)
    township_id: str = Field(foreign_key="unit.id", index=True, max_length=64)


class BudgetLine(SQLModel, BudgetLineFields, table=True):
    __tablename__ = "budget_line"
    __table_args__ = (
        CheckConstraint("initial_fen >= 0", name="not_negative"),
        Index("ix_budget_line_unit_year", "unit_id", "year"),
    )
    id: str = Field(primary_key=True, max_length=64)
    initial_fen: Fen = Field(sa_type=BigInteger)  # 32 bits of fen are 21 million yuan
    unit_id: str = Field(foreign_key="unit.id", max_length=64)


class Adjustment(SQLModel, AdjustmentFields, table=True):
    __tablename__ = "adjustment"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)
    id: str = Field(primary_key=True, max_length=64)
    amount_fen: Fen = Field(sa_type=BigInteger)  # 32 bits of fen are 21 million yuan
    line_id: str = Field(foreign_key="budget_line.id", index=True, max_length=64)


class Expense(SQLModel, ExpenseFields, table=True):
    __tablename__ = "expense"
    __table_args__ = (
        UniqueConstraint("reverses"),  # an entry is reversed once
        CheckConstraint("amount_fen <> 0", name="not_zero"),
        CheckConstraint("(amount_fen < 0) = (reverses IS NOT NULL)", name="negative_only_as_reversal"),
        CheckConstraint("papers >= 0", name="papers"),
        Index("ix_expense_unit_on", "unit_id", "on"),
    )
    id: str = Field(primary_key=True, max_length=64)
    amount_fen: Fen = Field(sa_type=BigInteger)  # 32 bits of fen are 21 million yuan
    unit_id: str = Field(foreign_key="unit.id", max_length=64)
    line_id: str = Field(foreign_key="budget_line.id", index=True, max_length=64)
    reverses: str | None = Field(default=None, foreign_key="expense.id", max_length=64)


class ExpenseImport(SQLModel, ExpenseImportFields, table=True):
    __tablename__ = "expense_import"
    id: str = Field(primary_key=True, max_length=64)
    unit_id: str = Field(foreign_key="unit.id", max_length=64)


class ImportedExpense(SQLModel, table=True):
    """No key to the entry: rows of a book can be put in anew from packages, under the same ids."""

    __tablename__ = "imported_expense"
    expense_id: str = Field(primary_key=True, max_length=64)
    import_id: str = Field(foreign_key="expense_import.id", index=True, max_length=64)


class BookClosing(SQLModel, BookClosingFields, table=True):
    __tablename__ = "book_closing"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    month: str = Field(primary_key=True, max_length=7)


class YearClosing(SQLModel, YearClosingFields, table=True):
    __tablename__ = "year_closing"
    __table_args__ = (CheckConstraint("reason <> '' AND approval <> ''", name="has_reason"),)
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    year: int = Field(primary_key=True)


class Carry(SQLModel, CarryFields, table=True):
    __tablename__ = "carry"
    __table_args__ = (CheckConstraint("amount_fen > 0", name="positive"),)
    from_line_id: str = Field(primary_key=True, foreign_key="budget_line.id", max_length=64)
    to_line_id: str = Field(foreign_key="budget_line.id", index=True, max_length=64)
    amount_fen: Fen = Field(sa_type=BigInteger)  # 32 bits of fen are 21 million yuan


class Attachment(SQLModel, table=True):
    """A file beside a record. Its bytes lie under ``attachments/<first two>/<sha256>``, stored once."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject_record", "subject", "record_id"),)
    id: str = Field(primary_key=True, max_length=64)
    subject: str = Field(max_length=20)  # meetings, expenses, duties
    record_id: str = Field(max_length=64)
    sha256: str = Field(max_length=64, index=True)
    name: str = Field(max_length=200)
    bytes: int
    added_at: NaiveDatetime


class DutyDone(SQLModel, DutyDoneFields, table=True):
    __tablename__ = "duty_done"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    duty: str = Field(primary_key=True, max_length=40)
    period: str = Field(primary_key=True, max_length=10)


class RateTarget(SQLModel, table=True):
    """A district's target for a rate, from a month of a year on (Art. 13(3)), in hundredths of a percent."""

    __tablename__ = "rate_target"
    __table_args__ = (CheckConstraint("target BETWEEN 0 AND 10000", name="target"),)
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    rate: str = Field(primary_key=True, max_length=40)
    since: str = Field(primary_key=True, max_length=7)
    target: int


class Signer(SQLModel, SignerFields, table=True):
    __tablename__ = "signer"
    __table_args__ = (UniqueConstraint("unit_id", "fingerprint"),)
    id: str = Field(primary_key=True, max_length=64)
    unit_id: str = Field(foreign_key="unit.id", max_length=64)
    fingerprint: str = Field(index=True, max_length=400)


class Recipient(SQLModel, RecipientFields, table=True):
    """Age recipients: our own, and those of units that told theirs."""

    __tablename__ = "recipient"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    recipient: str = Field(primary_key=True, max_length=62)


class RuleSet(SQLModel, RuleSetFields, table=True):
    """A rule file of ``unit_id``, in force from a month on: our own, or what our superior directed."""

    __tablename__ = "rule_set"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    name: RuleName = Field(primary_key=True)
    since: str = Field(primary_key=True, max_length=7)
    text: str = Field(sa_column=Column(Text, nullable=False))


class Deadline(SQLModel, DeadlineFields, table=True):
    """When a duty is due, as ``unit_id`` set it, from a month on."""

    __tablename__ = "deadline"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    duty: str = Field(primary_key=True, max_length=40)
    since: str = Field(primary_key=True, max_length=7)


class Sent(SQLModel, SentFields, table=True):
    __tablename__ = "sent"
    __table_args__ = (CheckConstraint("number >= 1 AND revision >= 1", name="counted"),)
    stream: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    kind: PackageKind = Field(primary_key=True)
    receiver: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    number: int = Field(primary_key=True)


class Received(SQLModel, ReceivedFields, table=True):
    __tablename__ = "received"
    __table_args__ = (
        Index("ix_received_stream_number", "stream", "number"),
        Index("ix_received_file", "file_sha256"),
    )
    id: str = Field(primary_key=True, max_length=64)


class Receipt(SQLModel, ReceiptFields, table=True):
    """What became of a unit's report: where it was received, as decided there; with its sender, as it was answered."""

    __tablename__ = "receipt"
    stream: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    number: int = Field(primary_key=True)


class Remark(SQLModel, RemarkFields, table=True):
    """Why a report was returned, place by place; on both sides as `Receipt`."""

    __tablename__ = "remark"
    stream: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    number: int = Field(primary_key=True)
    position: int = Field(primary_key=True)


class Unlock(SQLModel, UnlockFields, table=True):
    """A month that a unit may open again; on both sides as `Receipt`."""

    __tablename__ = "unlock"
    stream: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    period: str = Field(primary_key=True, max_length=7)


class Reminder(SQLModel, ReminderFields, table=True):
    """What our superior still waits for, as its newest answer says."""

    __tablename__ = "reminder"
    period: str = Field(primary_key=True, max_length=7)


class MonthLock(SQLModel, MonthLockFields, table=True):
    __tablename__ = "month_lock"
    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=64)
    month: str = Field(primary_key=True, max_length=7)


class Audit(SQLModel, table=True):
    """One change. ``hash`` covers the row and the hash before it, so that an altered or removed row shows."""

    __tablename__ = "audit"
    seq: int = Field(primary_key=True)
    at: str = Field(max_length=32)  # ISO 8601 as hashed
    actor: str = Field(max_length=60)
    operation: str = Field(max_length=60)
    subject: str = Field(max_length=20)
    record: str = Field(max_length=200)
    detail: str = Field(sa_column=Column(Text, nullable=False))  # JSON as hashed
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
