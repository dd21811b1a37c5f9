"""The first schema"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)
        batch_op.create_index("ix_attachment_subject_record", ["subject", "record_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("operation", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_table(
        "draft",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_table(
        "received",
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "NEW",
                "SAME",
                "REVISION",
                "OLDER",
                "GAP",
                "FORK",
                "NOT_FOR_US",
                "UNTRUSTED",
                "DAMAGED",
                "LOCKED",
                name="verdict",
            ),
            nullable=False,
        ),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("stream", sa.String(), nullable=True),
        sa.Column("kind", sa.Enum("ENROLMENT", "DIRECTIVE", "REPORT", "ANSWER", name="packagekind"), nullable=True),
        sa.Column("from_unit", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("descriptor_sha256", sa.String(), nullable=True),
        sa.Column("previous_sha256", sa.String(), nullable=True),
        sa.Column("audit_head", sa.String(length=400), nullable=False),
        sa.Column("signer", sa.String(length=400), nullable=False),
        sa.Column("explanation", sa.String(length=20000), nullable=False),
        sa.Column("decided_reason", sa.String(length=20000), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
    )
    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.create_index("ix_received_file", ["file_sha256"], unique=False)
        batch_op.create_index("ix_received_stream_number", ["stream", "number"], unique=False)

    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "unit",
        sa.Column("tier", sa.Enum("CITY", "DISTRICT", "TOWNSHIP", "VILLAGE", name="tier"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=True),
        sa.Column("valid_to", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("tier IN ('CITY','DISTRICT','TOWNSHIP','VILLAGE')", name=op.f("ck_unit_tier")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_unit_validity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_table(
        "budget_line",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column(
            "fund_source", sa.Enum("OWN", "DISTRICT", "CITY", "PROVINCE", "OTHER", name="fundsource"), nullable=False
        ),
        sa.Column("initial_fen", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("initial_fen >= 0", name=op.f("ck_budget_line_not_negative")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_budget_line_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.create_index("ix_budget_line_unit_year", ["unit_id", "year"], unique=False)

    op.create_table(
        "cell",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("state", sa.Enum("NUMBER", "NOT_APPLICABLE", "UNKNOWN", name="cellstate"), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("township_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(state = 'NUMBER') = (value IS NOT NULL)", name=op.f("ck_cell_value_with_number")),
        sa.CheckConstraint("value IS NULL OR value >= 0", name=op.f("ck_cell_not_negative")),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_cell_township_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cell_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "month", "item", name=op.f("pk_cell")),
    )
    with op.batch_alter_table("cell", schema=None) as batch_op:
        batch_op.create_index("ix_cell_township_month", ["township_id", "month"], unique=False)

    op.create_table(
        "decision",
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("matter", sa.String(length=20000), nullable=False),
        sa.Column("lead_unit", sa.String(length=200), nullable=False),
        sa.Column("helping_units", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("standard", sa.String(length=20000), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_decision_number")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_decision_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("series", "number", name=op.f("uq_decision_series_number")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "duty_done",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=20000), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_duty_done_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "duty", "period", name=op.f("pk_duty_done")),
    )
    op.create_table(
        "meeting",
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("state", sa.Enum("PREPARING", "DRAFTED", "SIGNED_OFF", name="meetingstate"), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("convenor", sa.String(length=200), nullable=False),
        sa.Column("convenor_post", sa.String(length=200), nullable=False),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("chair_post", sa.String(length=200), nullable=False),
        sa.Column("recorder", sa.String(length=200), nullable=False),
        sa.Column("opening", sa.String(length=20000), nullable=False),
        sa.Column("main_to", sa.String(length=200), nullable=False),
        sa.Column("copies_to", sa.String(length=20000), nullable=False),
        sa.Column("printed_by", sa.String(length=200), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("correction_reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "state <> 'SIGNED_OFF' OR (signed_by <> '' AND signed_on IS NOT NULL)", name=op.f("ck_meeting_signed_off")
        ),
        sa.CheckConstraint("version = 1 OR correction_reason <> ''", name=op.f("ck_meeting_correction_has_reason")),
        sa.CheckConstraint(
            "ends_at IS NULL OR starts_at IS NULL OR starts_at <= ends_at", name=op.f("ck_meeting_times")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_meeting_version")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_meeting_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("series", "version", name=op.f("uq_meeting_series_version")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_unit_month", ["unit_id", "month"], unique=False)

    op.create_table(
        "month_lock",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sent_number", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reopened_by", sa.String(length=200), nullable=False),
        sa.Column("reopen_reason", sa.String(length=20000), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_month_lock_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "month", name=op.f("pk_month_lock")),
    )
    op.create_table(
        "nil_return",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("township_id", sa.String(length=64), nullable=False),
        sa.Column("declared_by", sa.String(length=200), nullable=False),
        sa.Column("declared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_nil_return_township_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nil_return_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "month", name=op.f("pk_nil_return")),
    )
    with op.batch_alter_table("nil_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nil_return_township_id"), ["township_id"], unique=False)

    op.create_table(
        "official",
        sa.Column(
            "role",
            sa.Enum(
                "FIRST_RESPONSIBLE",
                "MAIN_RESPONSIBLE",
                "DIRECT_RESPONSIBLE",
                "FULL_TIME_STAFF",
                "VILLAGE_DIRECTOR",
                "OBSERVER",
                name="role",
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("until IS NULL OR since IS NULL OR since <= until", name=op.f("ck_official_term")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_official_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official")),
    )
    with op.batch_alter_table("official", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_official_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "profile",
        sa.Column("single", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("single = 1", name=op.f("ck_profile_single")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_profile_unit_id")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_profile")),
    )
    op.create_table(
        "rate_target",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("rate", sa.String(length=40), nullable=False),
        sa.Column("since", sa.String(length=7), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.CheckConstraint("target BETWEEN 0 AND 10000", name=op.f("ck_rate_target_target")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rate_target_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "rate", "since", name=op.f("pk_rate_target")),
    )
    op.create_table(
        "reason",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("given_by", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("township_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_reason_township_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reason_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "month", "check", name=op.f("pk_reason")),
    )
    with op.batch_alter_table("reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reason_township_id"), ["township_id"], unique=False)

    op.create_table(
        "sent",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("ENROLMENT", "DIRECTIVE", "REPORT", "ANSWER", name="packagekind"), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("descriptor_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("written_to", sa.String(length=20000), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("signer", sa.String(length=400), nullable=False),
        sa.CheckConstraint("number >= 1 AND revision >= 1", name=op.f("ck_sent_counted")),
        sa.ForeignKeyConstraint(["stream"], ["unit.id"], name=op.f("fk_sent_stream")),
        sa.PrimaryKeyConstraint("stream", "number", name=op.f("pk_sent")),
    )
    op.create_table(
        "signer",
        sa.Column("public_key", sa.String(length=400), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=400), nullable=False),
        sa.Column("keeper", sa.String(length=200), nullable=False),
        sa.Column("valid_after", sa.DateTime(), nullable=True),
        sa.Column("valid_before", sa.DateTime(), nullable=True),
        sa.Column("compared_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_signer_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer")),
        sa.UniqueConstraint("unit_id", "fingerprint", name=op.f("uq_signer_unit_id_fingerprint")),
    )
    with op.batch_alter_table("signer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signer_fingerprint"), ["fingerprint"], unique=False)

    op.create_table(
        "unit_version",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("initials", sa.String(length=200), nullable=False),
        sa.Column("reports_to", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["reports_to"], ["unit.id"], name=op.f("fk_unit_version_reports_to")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "since", name=op.f("pk_unit_version")),
    )
    with op.batch_alter_table("unit_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_version_reports_to"), ["reports_to"], unique=False)

    op.create_table(
        "adjustment",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("approval", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_adjustment_has_reason")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name=op.f("fk_adjustment_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_line_id"), ["line_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("speaker", sa.String(length=200), nullable=False),
        sa.Column("said", sa.String(length=20000), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f("pk_agenda_item")),
    )
    op.create_table(
        "attendee",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("group", sa.Enum("MEMBER", "STAFF", "OBSERVER", name="group"), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum("UNMARKED", "PRESENT", "EXCUSED", "ABSENT", "OBSERVER", name="attendance"),
            nullable=False,
        ),
        sa.Column("substitute", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendee_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f("pk_attendee")),
    )
    op.create_table(
        "decision_step",
        sa.Column("decision_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "NOT_STARTED",
                "IN_PROGRESS",
                "COMPLETION_REQUESTED",
                "DONE",
                "POSTPONED",
                "CANCELLED",
                name="decisionstate",
            ),
            nullable=False,
        ),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("note", sa.String(length=20000), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("state <> 'DONE' OR approved_by <> ''", name=op.f("ck_decision_step_done_is_signed_off")),
        sa.CheckConstraint(
            "state <> 'POSTPONED' OR (approved_by <> '' AND note <> '')",
            name=op.f("ck_decision_step_postponed_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_step_decision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", "position", name=op.f("pk_decision_step")),
    )
    op.create_table(
        "expense",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("payee_kind", sa.Enum("UNIT", "CODED_RECEIPT", name="payeekind"), nullable=False),
        sa.Column("payee", sa.String(length=200), nullable=False),
        sa.Column("class_department", sa.String(length=200), nullable=False),
        sa.Column("class_government", sa.String(length=200), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("voucher_number", sa.String(length=200), nullable=False),
        sa.Column("voucher_on", sa.Date(), nullable=True),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column(
            "payment_method",
            sa.Enum("TRANSFER", "OFFICIAL_CARD", "CASH", "TREASURY", name="paymentmethod"),
            nullable=False,
        ),
        sa.Column("handler", sa.String(length=200), nullable=False),
        sa.Column("witness", sa.String(length=200), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("line_id", sa.String(length=64), nullable=False),
        sa.Column("reverses", sa.String(length=64), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(amount_fen < 0) = (reverses IS NOT NULL)", name=op.f("ck_expense_negative_only_as_reversal")
        ),
        sa.CheckConstraint("amount_fen <> 0", name=op.f("ck_expense_not_zero")),
        sa.CheckConstraint("papers >= 0", name=op.f("ck_expense_papers")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name=op.f("fk_expense_line_id")),
        sa.ForeignKeyConstraint(["reverses"], ["expense.id"], name=op.f("fk_expense_reverses")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_expense_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense")),
        sa.UniqueConstraint("reverses", name=op.f("uq_expense_reverses")),
    )
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expense_line_id"), ["line_id"], unique=False)
        batch_op.create_index("ix_expense_unit_on", ["unit_id", "on"], unique=False)

    op.create_table(
        "figure",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_figure_meeting_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f("pk_figure")),
    )
    op.create_table(
        "signed_decision",
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Enum("MADE", "FOLLOWED", name="part"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("matter", sa.String(length=20000), nullable=False),
        sa.Column("lead_unit", sa.String(length=200), nullable=False),
        sa.Column("helping_units", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("postponed_to", sa.Date(), nullable=True),
        sa.Column("standard", sa.String(length=20000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "NOT_STARTED",
                "IN_PROGRESS",
                "COMPLETION_REQUESTED",
                "DONE",
                "POSTPONED",
                "CANCELLED",
                name="decisionstate",
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=20000), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_signed_decision_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "part", "position", name=op.f("pk_signed_decision")),
    )
