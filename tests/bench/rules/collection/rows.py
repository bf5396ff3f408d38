# == update_of_all_rows
def upgrade():
    op.execute("UPDATE orders SET state = 'old'")  # hazard: rows
# == update_where_true
def upgrade():
    op.execute("UPDATE orders SET state = 'old' WHERE true")  # hazard: rows
# == update_of_some_rows
def upgrade():
    op.execute("UPDATE orders SET state = 'old' WHERE id = 7")
# == delete_of_all_rows
def upgrade():
    op.execute("DELETE FROM audit_log")  # hazard: rows, destructive
# == delete_of_some_rows
def upgrade():
    op.execute("DELETE FROM audit_log WHERE id = 3")
# == update_through_core
def upgrade():
    orders = sa.table("orders", sa.column("state", sa.String))
    op.execute(orders.update().values(state="old"))  # hazard: rows
# == update_through_core_with_where
def upgrade():
    orders = sa.table("orders", sa.column("state", sa.String), sa.column("id", sa.BigInteger))
    op.execute(orders.update().where(orders.c.id == 3).values(state="old"))
# == update_through_connection
def upgrade():
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE order_lines SET price = price * 2"))  # hazard: rows
# == rows_of_new_table
def upgrade():
    kinds = op.create_table("kinds", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))
    op.bulk_insert(kinds, [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    op.execute("UPDATE kinds SET name = upper(name)")
# == insert_of_a_few
def upgrade():
    op.execute("INSERT INTO discounts (rate, tag) VALUES (5, 'spring')")
# == backfill_of_new_column
def upgrade():
    op.add_column("orders", sa.Column("net", sa.Numeric(10, 2)))
    op.execute("UPDATE orders SET net = total")  # hazard: rows
# == backfill_in_batches
def upgrade():
    op.add_column("orders", sa.Column("net", sa.Numeric(10, 2)))
    with op.get_context().autocommit_block():
        for low in range(0, 60, 20):
            op.execute(f"UPDATE orders SET net = total WHERE id > {low} AND id <= {low + 20}")
# == column_assigned_twice
def upgrade():
    op.execute("UPDATE orders SET state = 'a', state = 'b' WHERE id = 1")  # hazard: fails
# == colon_is_a_parameter
def upgrade():
    op.execute("UPDATE orders SET note = 'at :noon' WHERE id = 2")  # hazard: fails
# == colon_in_time_is_none
def upgrade():
    op.execute("UPDATE orders SET note = 'at 12:30', placed = '2024-01-01 12:30:00'::timestamp WHERE id = 2")
# == parameters_given
def upgrade():
    op.get_bind().execute(sa.text("UPDATE orders SET note = :note WHERE id = :id"), {"note": "x", "id": 2})
# == statement_with_semicolons
def upgrade():
    op.execute("UPDATE orders SET note = 'a;b' WHERE id = 1; UPDATE orders SET note = 'c' WHERE id = 2;")
