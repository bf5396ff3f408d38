git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
git mv migrations/versions db
sed -i 's/^script_location.*/&\nversion_locations = db/' alembic.ini
mkdir -p migrations
git add --all
git commit --quiet --message=change
