"""change v3.0.0.a

Revision ID: v3.0.0.a
Revises: 0001_restart_migrations
Create Date: 2024-01-04 10:00:00

"""

revision = "v3.0.0.a"
down_revision = "0001_restart_migrations"


def upgrade():
    pass
