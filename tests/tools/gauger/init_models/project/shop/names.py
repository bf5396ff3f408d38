def key(model):
    if key == model.__tablename__:
        return model.__tablename__
