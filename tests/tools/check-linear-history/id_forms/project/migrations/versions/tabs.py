"""change tabs

Revision ID: tabs
Revises: 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d
Create Date: 2024-02-01 10:00:00

"""

revision = "tabs"
down_revision = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d"


def upgrade():
	if True:
		pass
