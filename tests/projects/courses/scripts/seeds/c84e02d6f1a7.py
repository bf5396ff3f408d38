"""The subjects that are taught."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

subjects = sa.table("subjects", sa.column("slug"), sa.column("title"))


async def seed(connection) -> None:
    await connection.execute(
        postgresql.insert(subjects)
        .values(
            [
                {"slug": "chemistry", "title": "Chemistry"},
                {"slug": "physics", "title": "Physics"},
            ]
        )
        .on_conflict_do_nothing(index_elements=["slug"])
    )
