"""The countries that the shop sends to."""

import sqlalchemy as sa

COUNTRIES = [
    {"code": "DE", "name": "Germany"},
    {"code": "FR", "name": "France"},
    {"code": "GB", "name": "United Kingdom"},
]


async def seed(connection) -> None:
    await connection.execute(
        sa.text(
            "INSERT INTO countries (code, name) VALUES (:code, :name) "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name"
        ),
        COUNTRIES,
    )
