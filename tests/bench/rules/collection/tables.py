# == table_created
def upgrade():
    op.create_table(
        "vouchers",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("code", sa.String(20), nullable=False, unique=True),
        sa.Column("spent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.CheckConstraint("code <> ''", name="ck_vouchers_code"),
    )
# == table_dropped
def upgrade():
    op.drop_table("audit_log")  # hazard: destructive, breaks-application
# == table_dropped_in_sql
def upgrade():
    op.execute("DROP TABLE IF EXISTS audit_log")  # hazard: destructive, breaks-application
# == table_of_a_foreign_key_dropped_cascade
def upgrade():
    op.execute("DROP TABLE customers CASCADE")  # hazard: destructive, breaks-application
# == table_of_a_foreign_key_dropped
def upgrade():
    op.drop_table("customers")  # hazard: fails, destructive, breaks-application
# == table_with_view_dropped
def upgrade():
    op.drop_table("orders")  # hazard: fails, destructive, breaks-application, lock
# == table_of_same_revision_dropped
def upgrade():
    op.create_table("staging", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO staging SELECT id FROM orders WHERE id < 10")
    op.drop_table("staging")
# == tables_dropped_in_loop
def upgrade():
    for name in ["audit_log", "discounts"]:
        op.drop_table(name)  # hazard: destructive, breaks-application
# == table_renamed
def upgrade():
    op.rename_table("products", "articles")  # hazard: breaks-application
# == table_renamed_in_sql
def upgrade():
    op.execute("ALTER TABLE audit_log RENAME TO journal")  # hazard: breaks-application
# == table_renamed_behind_a_view
def upgrade():
    op.rename_table("audit_log", "journal")
    op.execute("CREATE VIEW audit_log AS SELECT * FROM journal")
# == table_moved_to_other_schema
def upgrade():
    op.execute("CREATE SCHEMA archive")
    op.execute("ALTER TABLE audit_log SET SCHEMA archive")  # hazard: breaks-application
# == new_table_renamed
def upgrade():
    op.create_table("tmp_x", sa.Column("id", sa.Integer(), primary_key=True))
    op.rename_table("tmp_x", "boxes")
# == table_dropped_and_made_anew
def upgrade():
    op.drop_table("discounts")  # hazard: destructive, breaks-application
    op.create_table("discounts", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("rate", sa.Integer()))
# == table_truncated
def upgrade():
    op.execute("TRUNCATE audit_log")  # hazard: destructive
# == table_truncated_cascade
def upgrade():
    op.execute("TRUNCATE customers CASCADE")  # hazard: destructive
# == new_table_truncated
def upgrade():
    op.execute("CREATE TABLE scratch AS SELECT id FROM orders")
    op.execute("TRUNCATE scratch")
# == cluster
def upgrade():
    op.execute("CLUSTER orders USING ix_orders_state")  # hazard: rewrite
# == vacuum_full
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("VACUUM FULL audit_log")  # hazard: rewrite
# == vacuum_in_transaction
def upgrade():
    op.execute("VACUUM audit_log")  # hazard: fails
# == vacuum
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("VACUUM (ANALYZE) audit_log")
# == unlogged
def upgrade():
    op.execute("ALTER TABLE audit_log SET UNLOGGED")  # hazard: rewrite
# == fillfactor
def upgrade():
    op.execute("ALTER TABLE orders SET (fillfactor = 80)")
# == lock_table
def upgrade():
    op.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")  # hazard: lock
# == lock_table_share
def upgrade():
    op.execute("LOCK TABLE orders IN ACCESS SHARE MODE")
# == create_table_if_not_exists_on_existing
def upgrade():
    op.execute("CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, colour text)")  # hazard: surprise
# == create_table_if_not_exists_new
def upgrade():
    op.execute("CREATE TABLE IF NOT EXISTS shelves (id bigint PRIMARY KEY, colour text)")
# == create_table_that_exists
def upgrade():
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))  # hazard: fails
# == schema_dropped
def upgrade():
    op.execute("DROP SCHEMA legacy CASCADE")  # hazard: destructive, breaks-application
# == comment_on_table
def upgrade():
    op.create_table_comment("orders", "what customers bought")
# == partition_created_beside_default
def upgrade():
    op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")  # hazard: scan
# == partition_created_without_default
def upgrade():
    op.execute("CREATE TABLE readings_2027 PARTITION OF readings FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")
# == partition_attached_without_proof
def upgrade():
    op.execute("ALTER TABLE readings ATTACH PARTITION readings_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")  # hazard: scan
# == partition_attached_with_proof
def upgrade():
    op.execute("ALTER TABLE readings ATTACH PARTITION readings_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
# == partition_attached_with_check_of_earlier_revision
def upgrade():
    op.execute("ALTER TABLE readings_2025 ADD CONSTRAINT y CHECK (at >= '2025-01-01' AND at < '2026-01-01') NOT VALID")


# -- next
def upgrade():
    op.execute("ALTER TABLE readings_2025 VALIDATE CONSTRAINT y")


# -- next
def upgrade():
    op.execute("ALTER TABLE readings ATTACH PARTITION readings_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
# == new_table_attached
def upgrade():
    op.execute("CREATE TABLE readings_2027 (id bigint NOT NULL, at date NOT NULL)")
    op.execute("ALTER TABLE readings ATTACH PARTITION readings_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")
# == partition_detached
def upgrade():
    op.execute("ALTER TABLE readings DETACH PARTITION readings_2024")  # hazard: lock
# == partition_detached_concurrently
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE readings DETACH PARTITION readings_2024 CONCURRENTLY")
# == partition_detached_concurrently_beside_default
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY")  # hazard: fails
# == partition_detached_concurrently_in_transaction
def upgrade():
    op.execute("ALTER TABLE readings DETACH PARTITION readings_2024 CONCURRENTLY")  # hazard: fails
# == partition_detached_beside_default
def upgrade():
    op.execute("ALTER TABLE events DETACH PARTITION events_2024")
