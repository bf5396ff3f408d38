# -*- coding: latin-1 -*-
"""café coding

Revision ID: coding
Revises: py312
Create Date: 2024-02-03 10:00:00

"""

revision = "coding"
down_revision = "py312"


def upgrade():
    pass
