def columns():
    return []
