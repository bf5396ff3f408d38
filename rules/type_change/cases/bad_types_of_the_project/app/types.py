import sqlalchemy as sa


class Money(sa.types.UserDefinedType):
    cache_ok = True

    def __init__(self, currency="EUR"):
        self.currency = currency

    def get_col_spec(self, **kw):
        return f"money_{self.currency}"
