"""A task may be one officer's alone: then `officer:<login>` stands in place of the role, and that may be longer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _width(100, 140)


def downgrade() -> None:
    _width(140, 100)


def _width(old: int, new: int) -> None:
    with op.batch_alter_table("case_task") as table:
        table.alter_column("role", existing_type=sa.String(old), type_=sa.String(new), existing_nullable=True)
