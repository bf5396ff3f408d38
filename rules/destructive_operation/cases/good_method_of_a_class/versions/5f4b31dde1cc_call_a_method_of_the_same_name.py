"""Call a method of the same name."""

revision = "5f4b31dde1cc"
down_revision = None


class Recorder:
    def drop_column(self, table, column):
        print("DROP COLUMN", table, column)


def upgrade() -> None:
    Recorder().drop_column("customers", "fax")
