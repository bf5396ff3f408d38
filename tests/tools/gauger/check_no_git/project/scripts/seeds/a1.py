async def seed(connection):
    await connection.execute("insert into users")
