class User(Base):
    __tablename__: str = "users"
