from settings_library import settings

CONF = settings.CONF
