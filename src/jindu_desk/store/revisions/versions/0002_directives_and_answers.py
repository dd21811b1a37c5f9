"""Directives, answers, encryption; packages are counted per kind and receiver"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FALSE = sa.text("false")  # SQLite knows the word since 3.23, PostgreSQL wants it


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_reminder")),
    )
    op.create_table(
        "deadline",
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("since", sa.String(length=7), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("due", sa.String(length=11), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deadline_unit_id")),
        sa.PrimaryKeyConstraint("duty", "since", "unit_id", name=op.f("pk_deadline")),
    )
    op.create_table(
        "receipt",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("descriptor_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("RECEIVED", "ACCEPTED", "RETURNED", "WAITING", "KEPT_OUT", name="receiptstate"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["unit.id"], name=op.f("fk_receipt_stream")),
        sa.PrimaryKeyConstraint("stream", "number", name=op.f("pk_receipt")),
    )
    op.create_table(
        "recipient",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=62), nullable=False),
        sa.Column("keeper", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_recipient_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "recipient", name=op.f("pk_recipient")),
    )
    op.create_table(
        "remark",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "place",
            sa.Enum("REPORT", "VILLAGE", "CELL", "MEETING", "DECISION", "EXPENSE", name="remarkplace"),
            nullable=False,
        ),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("record", sa.String(), nullable=True),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["unit.id"], name=op.f("fk_remark_stream")),
        sa.PrimaryKeyConstraint("number", "position", "stream", name=op.f("pk_remark")),
    )
    op.create_table(
        "rule_set",
        sa.Column("name", sa.Enum("CATALOGUE", "CHECKS", "RATES", "EXPENSES", name="rulename"), nullable=False),
        sa.Column("since", sa.String(length=7), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rule_set_unit_id")),
        sa.PrimaryKeyConstraint("name", "since", "unit_id", name=op.f("pk_rule_set")),
    )
    op.create_table(
        "unlock",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("unlocked_at", sa.DateTime(), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["unit.id"], name=op.f("fk_unlock_stream")),
        sa.PrimaryKeyConstraint("stream", "period", name=op.f("pk_unlock")),
    )

    _add("received", sa.Column("encrypted", sa.Boolean(), nullable=False, server_default=_FALSE))
    _add("received", sa.Column("audit_size", sa.Integer(), nullable=True))
    _add("received", sa.Column("audit_root", sa.String(length=400), nullable=False, server_default=""))
    _add("received", sa.Column("audit_continues", sa.Boolean(), nullable=True))
    _add("signer", sa.Column("proof", sa.String(length=600), nullable=False, server_default=""))
    _add("signer", sa.Column("revoked_reason", sa.String(length=20000), nullable=False, server_default=""))
    _add("sent", sa.Column("receiver", sa.String(length=64), nullable=True))
    _add("sent", sa.Column("encrypted", sa.Boolean(), nullable=False, server_default=_FALSE))
    _add("sent", sa.Column("audit_size", sa.Integer(), nullable=False, server_default="0"))
    # Until now there were reports only, and they went to the superior.
    op.execute(
        "UPDATE sent SET receiver = COALESCE((SELECT reports_to FROM unit_version WHERE unit_id = sent.stream "
        "AND reports_to IS NOT NULL ORDER BY since DESC LIMIT 1), stream)"
    )
    with op.batch_alter_table("sent", schema=None) as batch_op:
        batch_op.alter_column("receiver", existing_type=sa.String(length=64), nullable=False)
        batch_op.drop_constraint("pk_sent", type_="primary")
        batch_op.create_primary_key("pk_sent", ["stream", "kind", "receiver", "number"])
        batch_op.create_foreign_key("fk_sent_receiver", "unit", ["receiver"], ["id"])
        batch_op.alter_column("encrypted", existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column("audit_size", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.alter_column("encrypted", existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column("audit_root", existing_type=sa.String(length=400), server_default=None)
    with op.batch_alter_table("signer", schema=None) as batch_op:
        batch_op.alter_column("proof", existing_type=sa.String(length=600), server_default=None)
        batch_op.alter_column("revoked_reason", existing_type=sa.String(length=20000), server_default=None)


def _add(table: str, column: "sa.Column[object]") -> None:
    """A column with a default for the rows that are there; the default itself goes afterwards."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(column)
