def seed(connection:
