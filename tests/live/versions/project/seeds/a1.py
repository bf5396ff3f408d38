import sqlalchemy as sa


async def seed(connection):
    await connection.execute(
        sa.text("INSERT INTO roles (name, rank) VALUES (:name, :rank) ON CONFLICT DO NOTHING"),
        [{"name": "admin", "rank": 1}, {"name": "reader", "rank": 2}],
    )
