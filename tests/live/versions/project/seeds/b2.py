import sqlalchemy as sa


def seed(connection):
    connection.execute(
        sa.text("INSERT INTO users (email) VALUES ('root@example.org') ON CONFLICT DO NOTHING")
    )
