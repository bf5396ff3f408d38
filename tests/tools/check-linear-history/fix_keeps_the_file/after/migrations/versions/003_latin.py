# -*- coding: latin-1 -*-
"""café

Revision ID: c3d4e5f6
Revises: b2c3d4e5
Create Date: 2024-01-02 10:00:02

"""

revision = "c3d4e5f6"
down_revision = "b2c3d4e5"


def upgrade():
    pass
