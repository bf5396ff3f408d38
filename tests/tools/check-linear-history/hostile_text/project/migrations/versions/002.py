"""::error::[31mred %0A::warning::x

Revision ID: ]0;owned
Revises: </td>|`::error::
Create Date: [1m::error file=x::y

"""

revision = "b2\n::error::x\x1b[1m"
down_revision = "a1"
