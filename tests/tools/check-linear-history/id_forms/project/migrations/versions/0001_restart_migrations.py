"""change 0001_restart_migrations

Revision ID: 0001_restart_migrations
Revises: 001
Create Date: 2024-01-03 10:00:00

"""

revision = "0001_restart_migrations"
down_revision = "001"


def upgrade():
    pass
