# == foreign_key_at_once
def upgrade():
    op.create_foreign_key("fk_lines_order", "order_lines", "orders", ["order_id"], ["id"])  # hazard: scan
# == foreign_key_not_valid_then_validated
def upgrade():
    op.create_foreign_key(
        "fk_lines_order", "order_lines", "orders", ["order_id"], ["id"], postgresql_not_valid=True
    )


# -- next
def upgrade():
    op.execute("ALTER TABLE order_lines VALIDATE CONSTRAINT fk_lines_order")
# == foreign_key_validated_in_same_transaction
def upgrade():
    op.create_foreign_key(
        "fk_lines_order", "order_lines", "orders", ["order_id"], ["id"], postgresql_not_valid=True
    )
    op.execute("ALTER TABLE order_lines VALIDATE CONSTRAINT fk_lines_order")  # hazard: scan
# == foreign_key_validated_in_autocommit
def upgrade():
    op.create_foreign_key(
        "fk_lines_order", "order_lines", "orders", ["order_id"], ["id"], postgresql_not_valid=True
    )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE order_lines VALIDATE CONSTRAINT fk_lines_order")
# == foreign_key_not_valid
def upgrade():
    op.create_foreign_key("fk_ref", "customers", "customers", ["referrer_id"], ["id"], postgresql_not_valid=True)
# == foreign_key_in_sql
def upgrade():
    op.execute(  # hazard: scan
        "ALTER TABLE order_lines ADD CONSTRAINT fk_lines_order FOREIGN KEY (order_id) REFERENCES orders (id)"
    )
# == foreign_key_in_batch
def upgrade():
    with op.batch_alter_table("customers") as batch:
        batch.create_foreign_key("fk_ref", "customers", ["referrer_id"], ["id"])  # hazard: scan
# == foreign_key_of_new_table
def upgrade():
    op.create_table("boxes", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("parent", sa.Integer()))
    op.create_foreign_key("fk_boxes", "boxes", "boxes", ["parent"], ["id"])
# == foreign_key_of_new_column
def upgrade():
    op.add_column("customers", sa.Column("favourite_id", sa.Integer(), nullable=True))
    op.create_foreign_key("fk_favourite", "customers", "products", ["favourite_id"], ["id"])  # hazard: scan
# == foreign_key_of_other_type
def upgrade():
    op.execute("ALTER TABLE products ADD COLUMN order_id integer")
    op.create_foreign_key(  # hazard: surprise
        "fk_products_order", "products", "orders", ["order_id"], ["id"], postgresql_not_valid=True
    )


# -- next
def upgrade():
    op.execute("ALTER TABLE products VALIDATE CONSTRAINT fk_products_order")
# == foreign_key_dropped
def upgrade():
    op.drop_constraint("fk_orders_customer", "orders", type_="foreignkey")  # hazard: lock
# == check_at_once
def upgrade():
    op.create_check_constraint("ck_total", "orders", "total >= 0")  # hazard: scan
# == check_in_sql
def upgrade():
    op.execute("ALTER TABLE order_lines ADD CONSTRAINT ck_quantity CHECK (quantity > 0)")  # hazard: scan
# == check_not_valid_then_validated
def upgrade():
    op.create_check_constraint("ck_total", "orders", "total >= 0", postgresql_not_valid=True)


# -- next
def upgrade():
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_total")
# == check_validated_in_same_transaction
def upgrade():
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_total CHECK (total >= 0) NOT VALID")
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_total")  # hazard: scan
# == check_validated_after_another_table_was_locked
def upgrade():
    op.execute("ALTER TABLE orders ADD CONSTRAINT ck_total CHECK (total >= 0) NOT VALID")


# -- next
def upgrade():
    op.add_column("orders", sa.Column("gift", sa.Boolean()))
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_total")  # hazard: scan
# == check_on_new_table
def upgrade():
    op.create_table("prices", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("v", sa.Integer()))
    op.create_check_constraint("ck_prices", "prices", "v > 0")
# == check_within_create_table
def upgrade():
    op.create_table(
        "prices", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("v", sa.Integer()),
        sa.CheckConstraint("v > 0", name="ck_prices"),
    )
# == unique_at_once
def upgrade():
    op.create_unique_constraint("uq_products_sku", "products", ["sku"])  # hazard: index-build
# == unique_in_sql
def upgrade():
    op.execute("ALTER TABLE orders ADD CONSTRAINT uq_number UNIQUE (number)")  # hazard: index-build
# == unique_in_batch
def upgrade():
    with op.batch_alter_table("products") as batch_op:
        batch_op.create_unique_constraint("uq_products_sku", ["sku"])  # hazard: index-build
# == unique_using_index
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("uq_products_sku", "products", ["sku"], unique=True, postgresql_concurrently=True)


# -- next
def upgrade():
    op.execute("ALTER TABLE products ADD CONSTRAINT uq_products_sku UNIQUE USING INDEX uq_products_sku")
# == unique_on_new_table
def upgrade():
    op.create_table("codes", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("v", sa.Text()))
    op.create_unique_constraint("uq_codes", "codes", ["v"])
# == unique_dropped
def upgrade():
    op.drop_constraint("uq_customers_email", "customers", type_="unique")
# == primary_key_added
def upgrade():
    op.create_primary_key("pk_audit_log", "audit_log", ["id"])  # hazard: index-build
# == primary_key_using_index
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE UNIQUE INDEX CONCURRENTLY pk_audit_log ON audit_log (id)")


# -- next
def upgrade():
    op.execute("ALTER TABLE audit_log ADD CONSTRAINT pk_audit_log PRIMARY KEY USING INDEX pk_audit_log")
# == primary_key_using_index_of_nullable_column
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE UNIQUE INDEX CONCURRENTLY pk_audit_log ON audit_log (at, id)")


# -- next
def upgrade():
    op.execute("ALTER TABLE audit_log ADD PRIMARY KEY USING INDEX pk_audit_log")  # hazard: scan, fails-on-data
# == exclusion_added
def upgrade():
    op.create_exclude_constraint("ex_audit", "audit_log", ("at", "="), using="btree")  # hazard: index-build, fails-on-data
# == exclusion_on_new_table
def upgrade():
    op.create_table("slots", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_exclude_constraint("ex_slots", "slots", ("id", "="), using="btree")
# == check_dropped
def upgrade():
    op.drop_constraint("ck_products_price", "products", type_="check")
# == unnamed_constraint_dropped
def upgrade():
    op.drop_constraint(None, "products", type_="check")  # hazard: fails
# == constraint_renamed
def upgrade():
    op.execute("ALTER TABLE products RENAME CONSTRAINT ck_products_price TO ck_price")
# == new_table_refers_to_old_one
def upgrade():
    op.create_table(
        "invoices",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("order_id", sa.BigInteger(), sa.ForeignKey("orders.id"), nullable=False),
    )
# == checks_in_loop
def upgrade():
    for table in ("orders", "order_lines"):
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table} CHECK ({'id' if table == 'orders' else 'line'} > 0)")  # hazard: scan
# == checks_in_loop_not_valid
def upgrade():
    for table, column in (("orders", "total"), ("order_lines", "price")):
        op.create_check_constraint(f"ck_{table}", table, f"{column} >= 0", postgresql_not_valid=True)


# -- next
def upgrade():
    for table in ("orders", "order_lines"):
        with op.get_context().autocommit_block():
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}")
# == domain_gets_check
def upgrade():
    op.execute("ALTER DOMAIN percentage ADD CONSTRAINT at_most CHECK (VALUE <= 100)")  # hazard: scan
# == domain_gets_check_not_valid
def upgrade():
    op.execute("ALTER DOMAIN percentage ADD CONSTRAINT at_most CHECK (VALUE <= 100) NOT VALID")
# == domain_made_here
def upgrade():
    op.execute("CREATE DOMAIN grade AS integer CHECK (VALUE BETWEEN 1 AND 6)")
    op.execute("ALTER DOMAIN grade ADD CONSTRAINT better CHECK (VALUE < 5)")
