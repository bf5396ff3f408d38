"""The categories that the front page shows."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

categories = sa.table("categories", sa.column("slug"), sa.column("name"))


def seed(connection) -> None:
    connection.execute(
        postgresql.insert(categories)
        .values(
            [
                {"slug": "books", "name": "Books"},
                {"slug": "garden", "name": "Garden"},
                {"slug": "kitchen", "name": "Kitchen"},
            ]
        )
        .on_conflict_do_nothing(index_elements=["slug"])
    )
