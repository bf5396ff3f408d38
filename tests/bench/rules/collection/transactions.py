# == commit_by_hand
def upgrade():
    op.execute("COMMIT")  # hazard: surprise
    op.execute("ALTER TYPE plan ADD VALUE 'x' AFTER 'free'")
# == begin_and_commit_in_text
def upgrade():
    op.execute("BEGIN; ALTER TABLE orders ADD COLUMN extra text; COMMIT;")  # hazard: surprise
# == set_local_in_autocommit
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("SET LOCAL lock_timeout = '3s'")  # hazard: surprise
        op.create_index("ix_orders_total", "orders", ["total"], postgresql_concurrently=True)
# == set_local_in_transaction
def upgrade():
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("orders", sa.Column("extra", sa.Text()))
# == set_lock_timeout_and_reset
def upgrade():
    op.execute("SET lock_timeout = '3s'")
    op.add_column("orders", sa.Column("extra", sa.Text()))
    op.execute("RESET lock_timeout")
# == search_path_stays
def upgrade():
    op.execute("SET search_path = public, legacy")  # hazard: surprise
    op.execute("ALTER TABLE public.orders ADD COLUMN extra text")
# == search_path_local
def upgrade():
    op.execute("SET LOCAL search_path = public")
    op.execute("ALTER TABLE orders ADD COLUMN extra text")
# == index_and_column_in_one_revision
def upgrade():
    op.add_column("orders", sa.Column("extra", sa.Text()))
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_extra", "orders", ["extra"], postgresql_concurrently=True)
# == validated_after_alter_in_one_transaction
def upgrade():
    op.execute(
        "ALTER TABLE products ADD CONSTRAINT ck CHECK (title <> '') NOT VALID;"
        "ALTER TABLE products VALIDATE CONSTRAINT ck"
    )  # hazard: scan
# == empty_on_purpose
def upgrade():
    pass
# == dialect_guard_of_other_server
def upgrade():
    if op.get_context().dialect.name == "mysql":
        op.execute("ALTER TABLE orders ENGINE=InnoDB")
        op.drop_table("audit_log")
# == table_name_from_constant
TABLE = "products"
COLUMN = "title"


def upgrade():
    op.execute("ALTER TABLE %s ALTER COLUMN %s TYPE varchar(100)" % (TABLE, COLUMN))  # hazard: rewrite
# == table_made_by_helper_is_new
def make(name):
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), sa.Column("owner", sa.Text()))


def upgrade():
    make("teams")
    op.create_index("ix_teams_owner", "teams", ["owner"])
    op.alter_column("teams", "owner", nullable=False)
# == columns_dropped_by_helper
def drop_all(table, names):
    for name in names:
        op.drop_column(table, name)


def upgrade():
    drop_all("customers", ["phone", "country"])  # hazard: destructive, breaks-application
# == guarded_by_inspector
def upgrade():
    columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns("orders")]
    if "coupon" not in columns:
        op.add_column("orders", sa.Column("coupon", sa.Text(), nullable=False))  # hazard: fails-on-data
# == guarded_by_inspector_safe
def upgrade():
    columns = [c["name"] for c in sa.inspect(op.get_bind()).get_columns("orders")]
    if "coupon" not in columns:
        op.add_column("orders", sa.Column("coupon", sa.Text()))
# == sql_from_format
def upgrade():
    statement = "ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({what}) NOT VALID"
    op.execute(statement.format(table="orders", name="ck_item_count", what="item_count >= 0"))


# -- next
def upgrade():
    op.execute("ALTER TABLE {} VALIDATE CONSTRAINT {}".format("orders", "ck_item_count"))
# == columns_in_comprehension
def upgrade():
    columns = [sa.Column(f"flag_{i}", sa.Boolean(), server_default=sa.false(), nullable=False) for i in range(3)]
    for column in columns:
        op.add_column("orders", column)
# == required_columns_in_comprehension
def upgrade():
    for column in [sa.Column(name, sa.Integer(), nullable=False) for name in ("low", "high")]:
        op.add_column("products", column)  # hazard: fails-on-data
# == batch_with_new_and_old
def upgrade():
    with op.batch_alter_table("products") as batch_op:
        batch_op.add_column(sa.Column("weight", sa.Integer()))
        batch_op.alter_column("sku", type_=sa.String(60), existing_type=sa.String(30))
        batch_op.drop_column("released")  # hazard: destructive, breaks-application
# == autocommit_with_nothing_dangerous
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE plan ADD VALUE IF NOT EXISTS 'trial' AFTER 'free'")
