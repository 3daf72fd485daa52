"""Refunds: money that goes back; and money that did not fit may be sent back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
_BEFORE = "state IN ('begun', 'paid', 'failed', 'cancelled', 'mismatch')"
_AFTER = "state IN ('begun', 'paid', 'failed', 'cancelled', 'mismatch', 'returned')"
_OPEN = sa.text("state <> 'done'")


def upgrade() -> None:
    _payment_states(_AFTER)
    op.create_table(
        "refund",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_ref", sa.String(length=22), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.String(length=22), nullable=True),
        sa.Column("fees", sa.JSON(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=140), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.CheckConstraint("state IN ('due', 'sent', 'by_hand', 'done')", name=op.f("ck_refund_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_amount")),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_refund_case_ref"),
        sa.ForeignKeyConstraint(["order_id"], ["payment.id"], name="fk_refund_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
    )
    _index("ix_refund_open", ["created_at"], unique=False)
    _index("uq_refund_open_source", ["case_ref", "source"], unique=True)


def downgrade() -> None:
    op.drop_table("refund")
    op.execute("UPDATE payment SET state = 'mismatch' WHERE state = 'returned'")
    _payment_states(_BEFORE)


def _index(name: str, columns: list[str], *, unique: bool) -> None:
    """Over what is still somebody's work."""
    op.create_index(name, "refund", columns, unique=unique, sqlite_where=_OPEN, postgresql_where=_OPEN)


def _payment_states(condition: str) -> None:
    with op.batch_alter_table("payment") as payment:
        payment.drop_constraint(op.f("ck_payment_state"), type_="check")
        payment.create_check_constraint(op.f("ck_payment_state"), condition)
