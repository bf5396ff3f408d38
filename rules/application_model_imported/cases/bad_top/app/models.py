"""The models."""


class User:
    __table__ = None
