"""The first tables: people, editions, cases and their events, drafts, uploads, messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
#: dropped in this order: what points before what is pointed at
TABLES = (
    "notice",
    "outbox",
    "upload",
    "draft",
    "counter",
    "case_agency",
    "case_task",
    "event",
    "case_file",
    "compiled",
    "live",
    "edition",
    "blob",
    "attempt",
    "session",
    "account",
)
#: what happened, and under which rules, is written once
FOR_EVER = ("event", "edition", "blob")


def upgrade() -> None:
    _people()
    _editions()
    _cases()
    _drafts()
    _messages()
    _for_ever(op.get_bind().dialect.name)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _people() -> None:
    """Who signs in, and how often it was tried."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("identity_number", sa.String(length=12), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(kind = 'officer') = (login IS NOT NULL)", name=op.f("ck_account_officer_has_login")),
        sa.CheckConstraint("kind IN ('citizen', 'officer')", name=op.f("ck_account_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("kind", "email", name="uq_account_kind_email"),
        sa.UniqueConstraint("kind", "identity_number", name="uq_account_kind_identity_number"),
        sa.UniqueConstraint("kind", "phone", name="uq_account_kind_phone"),
        sa.UniqueConstraint("login", name="uq_account_login"),
    )
    op.create_index("ix_account_agency", "account", ["agency"])
    op.create_index("ix_account_name_folded", "account", ["name_folded"])
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_session_account_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_at", "attempt", ["at"])
    op.create_index("ix_attempt_purpose_key_at", "attempt", ["purpose", "key", "at"])


def _editions() -> None:
    """What editors wrote, by content, and what of it serves."""
    op.create_table(
        "blob",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_blob"),
    )
    op.create_table(
        "edition",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=200), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_edition"),
    )
    op.create_index("ix_edition_procedure", "edition", ["procedure"])
    op.create_table(
        "live",
        sa.Column("procedure", sa.String(length=200), nullable=False),
        sa.Column("edition_hash", sa.String(length=64), nullable=True),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("state", sa.String(length=5), nullable=False),
        sa.Column("diagnostics", sa.JSON(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('live', 'wrong')", name=op.f("ck_live_state")),
        sa.ForeignKeyConstraint(["edition_hash"], ["edition.hash"], name="fk_live_edition_hash"),
        sa.PrimaryKeyConstraint("procedure", name="pk_live"),
    )
    op.create_table(
        "compiled",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_compiled"),
    )


def _cases() -> None:
    """Cases, their events, and what lists need of them."""
    op.create_table(
        "case_file",
        sa.Column("ref", sa.String(length=22), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("procedure", sa.String(length=200), nullable=False),
        sa.Column("edition_hash", sa.String(length=64), nullable=False),
        sa.Column("receives", sa.String(length=100), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("applicant_name", sa.Text(), nullable=False),
        sa.Column("applicant_name_folded", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("draft_id", sa.String(length=22), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("wakes_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["applicant_id"], ["account.id"], name="fk_case_file_applicant_id"),
        sa.ForeignKeyConstraint(["edition_hash"], ["edition.hash"], name="fk_case_file_edition_hash"),
        sa.PrimaryKeyConstraint("ref", name="pk_case_file"),
        sa.UniqueConstraint("draft_id", name="uq_case_file_draft_id"),
        sa.UniqueConstraint("number", name="uq_case_file_number"),
    )
    op.create_index("ix_case_file_applicant_id_changed_at", "case_file", ["applicant_id", "changed_at"])
    op.create_index("ix_case_file_applicant_name_folded", "case_file", ["applicant_name_folded"])
    op.create_index("ix_case_file_edition_hash", "case_file", ["edition_hash"])
    op.create_index("ix_case_file_wakes_at", "case_file", ["wakes_at"])
    op.create_table(
        "event",
        sa.Column("case_ref", sa.String(length=22), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(length=140), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_event_case_ref"),
        sa.PrimaryKeyConstraint("case_ref", "seq", name="pk_event"),
    )
    op.create_table(
        "case_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_ref", sa.String(length=22), nullable=False),
        sa.Column("step", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=True),
        sa.Column("agency", sa.String(length=100), nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_case_task_case_ref"),
        sa.PrimaryKeyConstraint("id", name="pk_case_task"),
    )
    op.create_index("ix_case_task_agency_role_due_id", "case_task", ["agency", "role", "due", "id"])
    op.create_index("ix_case_task_case_ref", "case_task", ["case_ref"])
    op.create_table(
        "case_agency",
        sa.Column("case_ref", sa.String(length=22), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_case_agency_case_ref"),
        sa.PrimaryKeyConstraint("case_ref", "agency", name="pk_case_agency"),
    )
    op.create_index("ix_case_agency_agency", "case_agency", ["agency"])
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_counter"),
    )


def _drafts() -> None:
    """What citizens have not sent yet, and their files."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(length=200), nullable=False),
        sa.Column("edition_hash", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("submitted_case", sa.String(length=22), nullable=True),
        sa.Column("supplements", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_draft_account_id"),
        sa.ForeignKeyConstraint(["edition_hash"], ["edition.hash"], name="fk_draft_edition_hash"),
        sa.ForeignKeyConstraint(["submitted_case"], ["case_file.ref"], name="fk_draft_submitted_case"),
        sa.ForeignKeyConstraint(["supplements"], ["case_file.ref"], name="fk_draft_supplements"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_account_id_updated_at", "draft", ["account_id", "updated_at"])
    op.create_index("ix_draft_supplements", "draft", ["supplements"])
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=43), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=22), nullable=True),
        sa.Column("case_ref", sa.String(length=22), nullable=True),
        sa.Column("paper", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.CheckConstraint("draft_id IS NOT NULL OR case_ref IS NOT NULL", name=op.f("ck_upload_belongs")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_upload_account_id"),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_upload_case_ref"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_upload_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_account_id", "upload", ["account_id"])
    op.create_index("ix_upload_case_ref", "upload", ["case_ref"])
    op.create_index("ix_upload_draft_id", "upload", ["draft_id"])


def _messages() -> None:
    """What is to be said to people, and what the portal has said."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("case_ref", sa.String(length=22), nullable=True),
        sa.Column("channel", sa.String(length=6), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("text", sa.String(length=100), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("channel IN ('portal', 'email', 'sms')", name=op.f("ck_outbox_channel")),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_outbox_case_ref"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_case_ref", "outbox", ["case_ref"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["due_at", "id"],
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_ref", sa.String(length=22), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_notice_account_id"),
        sa.ForeignKeyConstraint(["case_ref"], ["case_file.ref"], name="fk_notice_case_ref"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("key", name="uq_notice_key"),
    )
    op.create_index("ix_notice_account_id_at", "notice", ["account_id", "at"])
    op.create_index("ix_notice_case_ref", "notice", ["case_ref"])


def _for_ever(database: str) -> None:
    """The database itself refuses to change or delete these rows, whoever asks."""
    if database == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in FOR_EVER:
        if database == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            continue
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
