mkdir -p empty broken/a broken/b/migrations many
printf '[alembic]\n' >broken/a/alembic.ini
printf '[alembic]\nscript_location = migrations\n' >broken/b/alembic.ini
