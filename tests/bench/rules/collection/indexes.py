# == index_plain
def upgrade():
    op.create_index("ix_orders_total", "orders", ["total"])  # hazard: index-build
# == index_in_sql
def upgrade():
    op.execute("CREATE INDEX ix_orders_total ON orders (total)")  # hazard: index-build
# == index_in_batch
def upgrade():
    with op.batch_alter_table("orders") as batch_op:
        batch_op.create_index(batch_op.f("ix_orders_total"), ["total"], unique=False)  # hazard: index-build
# == index_concurrent
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_total", "orders", ["total"], postgresql_concurrently=True)
# == index_concurrent_in_sql
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix_orders_total ON orders (total)")
# == index_concurrent_in_transaction
def upgrade():
    op.create_index("ix_orders_total", "orders", ["total"], postgresql_concurrently=True)  # hazard: fails
# == index_concurrent_in_transaction_in_sql
def upgrade():
    op.execute("CREATE INDEX CONCURRENTLY ix_orders_total ON orders (total)")  # hazard: fails
# == index_concurrent_if_not_exists
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index(  # hazard: surprise
            "ix_orders_total", "orders", ["total"], postgresql_concurrently=True, if_not_exists=True
        )
# == index_concurrent_after_drop_if_exists
def upgrade():
    with op.get_context().autocommit_block():
        op.drop_index("ix_orders_total", "orders", postgresql_concurrently=True, if_exists=True)
        op.create_index("ix_orders_total", "orders", ["total"], postgresql_concurrently=True)
# == index_on_new_table
def upgrade():
    op.create_table("tags", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("t", sa.Text()))
    op.create_index("ix_tags_t", "tags", ["t"])
# == index_on_new_table_in_sql
def upgrade():
    op.execute("CREATE TABLE tags (id bigint PRIMARY KEY, t text)")
    op.execute("CREATE INDEX ix_tags_t ON tags (t)")
# == index_within_new_table
def upgrade():
    op.create_table("tags", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("t", sa.Text(), index=True))
# == index_on_table_of_earlier_revision
def upgrade():
    op.create_table("tags", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("t", sa.Text()))


# -- next
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_tags_t", "tags", ["t"], postgresql_concurrently=True)
# == unique_index_plain
def upgrade():
    op.create_index("ux_sku", "products", ["sku"], unique=True)  # hazard: index-build
# == partial_index_plain
def upgrade():
    op.create_index("ix_new", "orders", ["placed"], postgresql_where=sa.text("state = 'new'"))  # hazard: index-build
# == gin_index_plain
def upgrade():
    op.execute("CREATE INDEX ix_attributes ON products USING gin ((attributes::jsonb))")  # hazard: index-build
# == indexes_in_loop
def upgrade():
    for column in ("total", "number"):
        op.create_index(f"ix_orders_{column}", "orders", [column])  # hazard: index-build
# == indexes_in_loop_concurrent
def upgrade():
    with op.get_context().autocommit_block():
        for column in ("total", "number"):
            op.create_index(f"ix_orders_{column}", "orders", [column], postgresql_concurrently=True)
# == index_dropped
def upgrade():
    op.drop_index("ix_orders_state", table_name="orders")  # hazard: lock
# == index_dropped_in_sql
def upgrade():
    op.execute("DROP INDEX ix_orders_state")  # hazard: lock
# == index_dropped_concurrently
def upgrade():
    with op.get_context().autocommit_block():
        op.drop_index("ix_orders_state", table_name="orders", postgresql_concurrently=True)
# == index_dropped_concurrently_in_transaction
def upgrade():
    op.drop_index("ix_orders_state", table_name="orders", postgresql_concurrently=True)  # hazard: fails
# == index_of_new_table_dropped
def upgrade():
    op.create_table("tags", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("t", sa.Text(), index=True))
    op.drop_index("ix_tags_t", "tags")
# == index_of_constraint_dropped
def upgrade():
    op.drop_index("uq_customers_email", table_name="customers")  # hazard: fails
# == index_dropped_then_built_again
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_state2", "orders", ["state", "total"], postgresql_concurrently=True)
        op.drop_index("ix_orders_state", "orders", postgresql_concurrently=True)
# == index_renamed
def upgrade():
    op.execute("ALTER INDEX ix_orders_state RENAME TO ix_orders_by_state")
# == reindex_index
def upgrade():
    op.execute("REINDEX INDEX ix_orders_state")  # hazard: index-build
# == reindex_table
def upgrade():
    op.execute("REINDEX TABLE orders")  # hazard: index-build
# == reindex_concurrently
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("REINDEX INDEX CONCURRENTLY ix_orders_state")
# == reindex_concurrently_in_transaction
def upgrade():
    op.execute("REINDEX INDEX CONCURRENTLY ix_orders_state")  # hazard: fails
# == index_of_partitioned_table
def upgrade():
    op.execute("CREATE INDEX ix_events_kind ON events (kind)")  # hazard: index-build
# == index_of_partitioned_table_concurrently
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix_events_kind ON events (kind)")  # hazard: fails
# == index_of_partitioned_table_only
def upgrade():
    op.execute("CREATE INDEX ix_events_kind ON ONLY events (kind)")


# -- next
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix_events_2024_kind ON events_2024 (kind)")
        op.execute("CREATE INDEX CONCURRENTLY ix_events_rest_kind ON events_rest (kind)")
    op.execute("ALTER INDEX ix_events_kind ATTACH PARTITION ix_events_2024_kind")
    op.execute("ALTER INDEX ix_events_kind ATTACH PARTITION ix_events_rest_kind")
# == index_of_one_partition
def upgrade():
    op.create_index("ix_events_2024_kind", "events_2024", ["kind"])  # hazard: index-build
# == index_of_materialized_view
def upgrade():
    op.execute("CREATE INDEX ix_sales_total ON sales (total)")  # hazard: index-build
# == index_after_commit_by_hand
def upgrade():
    op.execute("COMMIT")  # hazard: surprise
    op.execute("CREATE INDEX CONCURRENTLY ix_orders_total ON orders (total)")
# == index_of_own_index_is_prefix
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_state_again", "orders", ["state"], postgresql_concurrently=True)  # hazard: surprise
# == index_name_too_long_in_sql
def upgrade():
    with op.get_context().autocommit_block():
        op.execute(  # hazard: surprise
            "CREATE INDEX CONCURRENTLY ix_orders_by_the_number_of_the_customer_and_by_the_day_it_was_placed"
            " ON orders (number, placed)"
        )
# == index_helper
def add_index(table, *columns):
    op.create_index("ix_" + "_".join((table, *columns)), table, list(columns))


def upgrade():
    add_index("orders", "number", "state")  # hazard: index-build
# == index_helper_concurrent
def add_index(table, *columns):
    with op.get_context().autocommit_block():
        op.create_index("ix_" + "_".join((table, *columns)), table, list(columns), postgresql_concurrently=True)


def upgrade():
    add_index("orders", "number", "total")
# == index_from_imported_directive
from alembic.op import create_index


def upgrade():
    create_index("ix_orders_number", "orders", ["number"])  # hazard: index-build
# == index_dialect_guard
def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_orders_number", "orders", ["number"])
    else:
        with op.get_context().autocommit_block():
            op.create_index("ix_orders_number", "orders", ["number"], postgresql_concurrently=True)
