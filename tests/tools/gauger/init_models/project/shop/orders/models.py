class Order(Base):
    __tablename__ = "orders"
