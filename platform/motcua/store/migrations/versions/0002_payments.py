"""Payments: the orders with which citizens pay, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_ref", sa.String(length=22), nullable=False),
        sa.Column("fees", sa.JSON(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ask_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("gateway_ref", sa.String(length=100), nullable=True),
        sa.Column("received", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "state IN ('begun', 'paid', 'failed', 'cancelled', 'mismatch')", name=op.f("ck_payment_state")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_payment_case_ref"),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
        sa.UniqueConstraint("gateway_ref", name="uq_payment_gateway_ref"),
    )
    op.create_index("ix_payment_case_ref", "payment", ["case_ref"])
    _index_of("open", "ask_at", "begun")
    _index_of("by_hand", "settled_at", "mismatch")


def downgrade() -> None:
    op.drop_table("payment")


def _index_of(name: str, column: str, state: str) -> None:
    """Over the few rows that are still somebody's work."""
    where = sa.text(f"state = '{state}'")
    op.create_index(f"ix_payment_{name}", "payment", [column], sqlite_where=where, postgresql_where=where)
