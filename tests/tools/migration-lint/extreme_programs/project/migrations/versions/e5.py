"""change e5

Revision ID: e5
Revises: d4
Create Date: 2024-01-01 10:00:00.000000

"""

from .e5 import *

revision = "e5"
down_revision = "d4"


def upgrade():
    first = lambda: second()
    second = lambda: first()
    first()


class A(A):
    a = A.a
