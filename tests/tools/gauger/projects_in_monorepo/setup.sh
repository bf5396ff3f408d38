make_project() {  # FOLDER INI
  mkdir -p "$1/migrations/versions"
  printf '[alembic]\nscript_location = %%(here)s/migrations\n' >"$1/$2"
  printf 'revision = "a1"\ndown_revision = None\n' >"$1/migrations/versions/a1.py"
}
make_project services/billing alembic.ini
make_project 'services/with space "quoted"' alembic.ini
make_project services/named core.ini
echo 'alembic = "core.ini"' >services/named/gauger.toml
mkdir -p services/modern/db/versions
printf '[tool.alembic]\nscript_location = "db"\n' >services/modern/pyproject.toml
# Flask-Migrate's ini, inside the script folder and without a location.
mkdir -p web/migrations/versions
printf '[alembic]\n' >web/migrations/alembic.ini
touch web/migrations/env.py
make_project node_modules/package alembic.ini
make_project tests/fixture alembic.ini
git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
echo 'revision = "b2"; down_revision = "a1"' >services/billing/migrations/versions/b2.py
git add --all
git commit --quiet --message=feature
echo '# not committed' >>web/migrations/env.py
echo notes >README
