"""The order of an inbox stands in its own table, so that a page of it costs the same however many cases there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_task", sa.Column("urgent_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE case_task SET urgent_at = coalesce((SELECT case_file.due FROM case_file "
        "WHERE case_file.ref = case_task.case_ref AND case_file.due < case_task.due), due)"
    )
    op.drop_index("ix_case_task_agency_role_due_id", "case_task")
    with op.batch_alter_table("case_task") as table:  # SQLite makes the table anew for NOT NULL
        table.alter_column("urgent_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_index("ix_case_task_agency_role_urgent_at_id", "case_task", ["agency", "role", "urgent_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_task_agency_role_urgent_at_id", "case_task")
    op.drop_column("case_task", "urgent_at")
    op.create_index("ix_case_task_agency_role_due_id", "case_task", ["agency", "role", "due", "id"])
