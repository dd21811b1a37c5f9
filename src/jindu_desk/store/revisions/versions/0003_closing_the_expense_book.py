"""Closing the expense book: months, years, and what was carried over"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book_closing",
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_book_closing_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "month", name=op.f("pk_book_closing")),
    )
    op.create_table(
        "year_closing",
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=20000), nullable=False),
        sa.Column("approval", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> '' AND approval <> ''", name=op.f("ck_year_closing_has_reason")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_year_closing_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "year", name=op.f("pk_year_closing")),
    )
    op.create_table(
        "carry",
        sa.Column("adjustment_id", sa.String(length=64), nullable=False),
        sa.Column("line_made", sa.Boolean(), nullable=False),
        sa.Column("from_line_id", sa.String(length=64), nullable=False),
        sa.Column("to_line_id", sa.String(length=64), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_carry_positive")),
        sa.ForeignKeyConstraint(["from_line_id"], ["budget_line.id"], name=op.f("fk_carry_from_line_id")),
        sa.ForeignKeyConstraint(["to_line_id"], ["budget_line.id"], name=op.f("fk_carry_to_line_id")),
        sa.PrimaryKeyConstraint("from_line_id", name=op.f("pk_carry")),
    )
    with op.batch_alter_table("carry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carry_to_line_id"), ["to_line_id"], unique=False)
