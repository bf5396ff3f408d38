"""Take op as a parameter."""

revision = "a07f726af856"
down_revision = None

def drop_all_of(operations, names):
    for name in names:
        operations.drop_column("customers", name)


def upgrade(op=None):
    drop_all_of(op, ["fax", "telex"])
