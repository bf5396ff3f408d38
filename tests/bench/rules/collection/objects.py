# == enum_value_added
def upgrade():
    op.execute("ALTER TYPE plan ADD VALUE 'trial' AFTER 'free'")
# == enum_value_added_and_used
def upgrade():
    op.execute("ALTER TYPE plan ADD VALUE 'trial' AFTER 'free'")
    op.execute("UPDATE customers SET plan = 'trial' WHERE id = 1")  # hazard: fails
# == enum_value_added_and_used_as_default
def upgrade():
    op.execute("ALTER TYPE plan ADD VALUE 'trial' AFTER 'free'")
    op.alter_column("customers", "plan", server_default="trial")  # hazard: fails
# == enum_value_added_in_autocommit_and_used
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE plan ADD VALUE 'trial' AFTER 'free'")
    op.execute("UPDATE customers SET plan = 'trial' WHERE id = 1")
# == enum_value_added_in_revision_before
def upgrade():
    op.execute("ALTER TYPE plan ADD VALUE 'trial' AFTER 'free'")


# -- next
def upgrade():
    op.alter_column("customers", "plan", server_default="trial")
# == enum_value_renamed
def upgrade():
    op.execute("ALTER TYPE plan RENAME VALUE 'paid' TO 'full'")  # hazard: breaks-application
# == enum_made_twice
def upgrade():
    kind = sa.Enum("x", "y", name="kind")
    kind.create(op.get_bind())
    op.create_table("things", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("kind", kind))  # hazard: fails
# == enum_made_once_by_hand
def upgrade():
    kind = postgresql.ENUM("x", "y", name="kind", create_type=False)
    op.execute("CREATE TYPE kind AS ENUM ('x', 'y')")
    op.create_table("things", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("kind", kind))
# == enum_made_by_table
def upgrade():
    op.create_table(
        "things", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("kind", sa.Enum("x", "y", name="kind"))
    )
# == type_swap
def upgrade():
    op.execute("CREATE TYPE plan2 AS ENUM ('free', 'paid', 'none')")
    op.execute("ALTER TABLE customers ALTER COLUMN plan TYPE plan2 USING plan::text::plan2")  # hazard: rewrite
    op.execute("DROP TYPE plan")
# == type_in_use_dropped
def upgrade():
    op.execute("DROP TYPE plan")  # hazard: fails
# == type_in_use_dropped_cascade
def upgrade():
    op.execute("DROP TYPE plan CASCADE")  # hazard: destructive, breaks-application
# == type_of_no_column_dropped
def upgrade():
    op.execute("DROP TYPE unused_kind")
# == type_dropped_after_its_column_changed
def upgrade():
    op.execute("ALTER TABLE customers ALTER COLUMN plan TYPE varchar(10) USING plan::varchar")  # hazard: rewrite
    postgresql.ENUM(name="plan").drop(op.get_bind())
# == refresh
def upgrade():
    op.execute("REFRESH MATERIALIZED VIEW sales")  # hazard: lock
# == refresh_concurrently
def upgrade():
    op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY sales")
# == new_materialized_view_refreshed
def upgrade():
    op.execute("CREATE MATERIALIZED VIEW m AS SELECT id FROM orders WITH NO DATA")
    op.execute("REFRESH MATERIALIZED VIEW m")
# == view_created
def upgrade():
    op.execute("CREATE VIEW open_orders AS SELECT id, number FROM orders WHERE state = 'new'")
# == view_replaced
def upgrade():
    op.execute("CREATE OR REPLACE VIEW order_totals AS SELECT id, total, state FROM orders")
# == view_in_use_dropped
def upgrade():
    op.execute("DROP VIEW order_totals")
# == trigger_created
def upgrade():
    op.execute("CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")
# == trigger_on_new_table
def upgrade():
    op.create_table("boxes", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("CREATE TRIGGER t BEFORE UPDATE ON boxes FOR EACH ROW EXECUTE FUNCTION touch()")
# == function_created
def upgrade():
    op.execute("""
        CREATE OR REPLACE FUNCTION add_one(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n + 1 $$;
        COMMENT ON FUNCTION add_one(integer) IS 'adds; one';
    """)
# == sequence_created
def upgrade():
    op.execute("CREATE SEQUENCE invoice_number START 1000")
# == grant
def upgrade():
    op.execute("GRANT SELECT ON orders TO PUBLIC")
# == row_security
def upgrade():
    op.execute("CREATE POLICY own ON audit_log USING (true)")
    op.execute("ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY")
# == do_block_builds_an_index
def upgrade():
    op.execute("""
        DO $$
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'ix_total') THEN
            CREATE INDEX ix_total ON orders (total);
          END IF;
        END $$
    """)  # hazard: index-build
# == do_block_makes_a_type
def upgrade():
    op.execute("""
        DO $$ BEGIN
          CREATE TYPE mood AS ENUM ('sad', 'happy');
        EXCEPTION WHEN duplicate_object THEN NULL;
        END $$
    """)
