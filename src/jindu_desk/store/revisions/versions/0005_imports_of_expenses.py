"""Which entries of the expense book came in with one list of the finance office"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expense_import",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("imported_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_expense_import_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense_import")),
    )
    op.create_table(
        "imported_expense",
        sa.Column("expense_id", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["expense_import.id"], name=op.f("fk_imported_expense_import_id")),
        sa.PrimaryKeyConstraint("expense_id", name=op.f("pk_imported_expense")),
    )
    with op.batch_alter_table("imported_expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_expense_import_id"), ["import_id"], unique=False)
