# == integer_to_bigint
def upgrade():
    op.alter_column("orders", "item_count", type_=sa.BigInteger(), existing_type=sa.Integer())  # hazard: rewrite
# == bigint_to_integer
def upgrade():
    op.alter_column("order_lines", "order_id", type_=sa.Integer(), existing_type=sa.BigInteger())  # hazard: rewrite
# == varchar_widened
def upgrade():
    op.alter_column("orders", "number", type_=sa.String(80), existing_type=sa.String(40))
# == varchar_to_text
def upgrade():
    op.alter_column("orders", "number", type_=sa.Text(), existing_type=sa.String(40))
# == varchar_limit_dropped_in_sql
def upgrade():
    op.execute("ALTER TABLE order_lines ALTER COLUMN sku TYPE varchar")
# == varchar_narrowed
def upgrade():
    op.alter_column("orders", "number", type_=sa.String(20), existing_type=sa.String(40))  # hazard: rewrite
# == existing_type_lies
def upgrade():
    op.alter_column("orders", "number", type_=sa.String(30), existing_type=sa.String(20))  # hazard: rewrite
# == text_to_varchar
def upgrade():
    op.alter_column("orders", "note", type_=sa.String(500))  # hazard: rewrite
# == char_widened
def upgrade():
    op.alter_column("orders", "code", type_=sa.CHAR(12), existing_type=sa.CHAR(8))  # hazard: rewrite
# == numeric_precision_up
def upgrade():
    op.alter_column("customers", "balance", type_=sa.Numeric(12, 2), existing_type=sa.Numeric(8, 2))
# == numeric_scale_changed
def upgrade():
    op.alter_column("customers", "balance", type_=sa.Numeric(12, 4), existing_type=sa.Numeric(8, 2))  # hazard: rewrite
# == numeric_unconstrained
def upgrade():
    op.execute("ALTER TABLE order_lines ALTER price TYPE numeric")
# == integer_to_numeric
def upgrade():
    op.alter_column("order_lines", "quantity", type_=sa.Numeric(10, 2), existing_type=sa.Integer())  # hazard: rewrite
# == json_to_jsonb
def upgrade():
    op.alter_column(  # hazard: rewrite
        "products", "attributes", type_=postgresql.JSONB(), existing_type=sa.JSON(),
        postgresql_using="attributes::jsonb",
    )
# == date_to_timestamp
def upgrade():
    op.alter_column("products", "released", type_=sa.DateTime(), existing_type=sa.Date())  # hazard: rewrite
# == cidr_to_inet
def upgrade():
    op.alter_column("products", "address", type_=postgresql.INET(), existing_type=postgresql.CIDR())
# == timestamp_to_timestamptz
def upgrade():
    op.alter_column("orders", "placed", type_=sa.DateTime(timezone=True), existing_type=sa.DateTime())  # hazard: rewrite
# == timestamp_to_timestamptz_in_utc
def upgrade():
    op.execute("SET LOCAL timezone = 'UTC'")
    op.alter_column("audit_log", "at", type_=sa.DateTime(timezone=True), existing_type=sa.DateTime())
# == enum_to_text
def upgrade():
    op.execute("ALTER TABLE customers ALTER COLUMN plan TYPE text USING plan::text")  # hazard: rewrite
# == text_to_integer_without_using
def upgrade():
    op.alter_column("orders", "note", type_=sa.Integer(), existing_type=sa.Text())  # hazard: fails
# == type_of_new_table
def upgrade():
    op.create_table("counters", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("n", sa.Integer()))
    op.alter_column("counters", "n", type_=sa.BigInteger())
# == type_of_column_added_here
def upgrade():
    op.add_column("customers", sa.Column("points", sa.Integer()))
    op.alter_column("customers", "points", type_=sa.BigInteger(), existing_type=sa.Integer())  # hazard: rewrite
# == expression_index_is_built_anew
def upgrade():
    op.alter_column("products", "title", type_=sa.String(), existing_type=sa.Text())  # hazard: index-build
# == type_of_viewed_column
def upgrade():
    op.alter_column("orders", "total", type_=sa.Numeric(12, 2), existing_type=sa.Numeric(10, 2))  # hazard: fails
# == type_of_viewed_column_with_views_made_anew
def upgrade():
    op.execute("DROP MATERIALIZED VIEW sales")
    op.execute("DROP VIEW order_totals")
    op.alter_column("orders", "total", type_=sa.Numeric(12, 2), existing_type=sa.Numeric(10, 2))
    op.execute("CREATE VIEW order_totals AS SELECT id, total FROM orders")
# == collation_changed
def upgrade():
    op.execute('ALTER TABLE orders ALTER COLUMN state TYPE varchar(20) COLLATE "C"')  # hazard: index-build
# == types_changed_in_loop
WIDER = {"orders": "item_count", "order_lines": "quantity"}


def upgrade():
    for table, column in WIDER.items():
        op.alter_column(table, column, type_=sa.BigInteger(), existing_type=sa.Integer())  # hazard: rewrite
# == varchars_widened_in_loop
def upgrade():
    for table, column in (("orders", "number"), ("order_lines", "sku")):
        op.alter_column(table, column, type_=sa.String(200))
# == two_rewrites_of_one_table
def upgrade():
    op.alter_column("order_lines", "quantity", type_=sa.BigInteger(), existing_type=sa.Integer())  # hazard: rewrite
    op.alter_column("order_lines", "price", type_=sa.Numeric(10, 4), existing_type=sa.Numeric(8, 2))  # hazard: rewrite
# == not_null_set
def upgrade():
    op.alter_column("orders", "note", nullable=False, existing_type=sa.Text())  # hazard: scan, fails-on-data
# == not_null_set_in_sql
def upgrade():
    op.execute("ALTER TABLE customers ALTER COLUMN name SET NOT NULL")  # hazard: scan, fails-on-data
# == not_null_set_after_backfill
def upgrade():
    op.execute("UPDATE customers SET name = '' WHERE name IS NULL")
    op.alter_column("customers", "name", nullable=False)  # hazard: scan
# == not_null_proven_by_earlier_check
def upgrade():
    op.create_check_constraint("ck_placed", "orders", "placed IS NOT NULL", postgresql_not_valid=True)


# -- next
def upgrade():
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_placed")


# -- next
def upgrade():
    op.alter_column("orders", "placed", nullable=False)
    op.drop_constraint("ck_placed", "orders")
# == not_null_check_not_yet_valid
def upgrade():
    op.create_check_constraint("ck_number", "orders", "number IS NOT NULL", postgresql_not_valid=True)


# -- next
def upgrade():
    op.alter_column("orders", "number", nullable=False)  # hazard: scan, fails-on-data
    op.drop_constraint("ck_number", "orders")
# == not_null_check_proves_nothing
def upgrade():
    op.create_check_constraint("ck_total", "orders", "total > 0", postgresql_not_valid=True)


# -- next
def upgrade():
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_total")


# -- next
def upgrade():
    op.alter_column("orders", "total", nullable=False)  # hazard: scan, fails-on-data
# == not_null_of_primary_key
def upgrade():
    op.alter_column("orders", "id", nullable=False, existing_type=sa.BigInteger())
# == not_null_already
def upgrade():
    op.alter_column("customers", "email", nullable=False, existing_type=sa.String(120))
# == not_null_on_new_table
def upgrade():
    op.create_table("hints", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("t", sa.Text()))
    op.alter_column("hints", "t", nullable=False)
# == not_null_on_column_added_with_default
def upgrade():
    op.add_column("orders", sa.Column("weight", sa.Integer(), server_default="0"))
    op.alter_column("orders", "weight", nullable=False)  # hazard: scan
# == not_null_dropped
def upgrade():
    op.alter_column("orders", "state", nullable=True, existing_type=sa.String(20))
# == one_call_of_several_changes
def upgrade():
    op.alter_column(  # hazard: rewrite, scan, fails-on-data
        "orders", "item_count", type_=sa.BigInteger(), existing_type=sa.Integer(), nullable=False,
        server_default="0",
    )
# == keyword_swallowed
def upgrade():
    op.alter_column("orders", "item_count", _type=sa.BigInteger())  # hazard: surprise
# == storage_options
def upgrade():
    op.execute("ALTER TABLE audit_log ALTER COLUMN payload SET STORAGE EXTERNAL")
    op.execute("ALTER TABLE audit_log ALTER COLUMN payload SET STATISTICS 500")
# == generated_expression_on_old_server
def upgrade():
    op.execute("ALTER TABLE customers ADD COLUMN twice numeric GENERATED ALWAYS AS (balance * 2) STORED")  # hazard: rewrite
