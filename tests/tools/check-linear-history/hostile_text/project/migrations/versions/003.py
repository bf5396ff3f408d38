"""m

Revision ID: c3‮
Revises: b2
Create Date: 2024-01-01 10:00:00 (::error::)

"""

revision = "c3‮"
down_revision = "a1"
