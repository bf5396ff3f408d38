"""The roles that the code knows by name."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

roles = sa.table("roles", sa.column("name"), sa.column("rank"))


async def seed(connection) -> None:
    await connection.execute(
        postgresql.insert(roles)
        .values(
            [
                {"name": "student", "rank": 1},
                {"name": "teacher", "rank": 2},
            ]
        )
        .on_conflict_do_nothing(index_elements=["name"])
    )
