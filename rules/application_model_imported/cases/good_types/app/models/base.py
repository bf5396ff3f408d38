import sqlalchemy as sa


class GUID(sa.Uuid):
    pass


class StrEnumType(sa.String):
    pass
