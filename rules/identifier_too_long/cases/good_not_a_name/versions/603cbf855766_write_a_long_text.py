"""Write a long text."""

from alembic import op

revision = "603cbf855766"
down_revision = "810bc3459faa"


def upgrade() -> None:
    op.execute("CREATE TABLE notes (note text DEFAULT 'this_is_a_text_that_is_much_longer_than_the_63_bytes_that_a_name_may_have')")
    op.execute("SELECT 1 AS this_is_a_name_that_is_much_longer_than_the_63_bytes_that_a_name_may_have")
