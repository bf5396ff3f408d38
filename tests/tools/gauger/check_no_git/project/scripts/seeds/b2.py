async def seed(connection):
    await connection.execute("update users")
