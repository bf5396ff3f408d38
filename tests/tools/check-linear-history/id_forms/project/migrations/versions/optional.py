"""change optional

Revision ID: optional
Revises: bom
Create Date: 2024-02-05 10:00:00

"""

revision: str = "optional"
down_revision: Optional[str] = "bom"


def upgrade():
    pass
