def seed(connection):
    connection.execute("SELECT 1")
