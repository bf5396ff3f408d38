git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
# Edited: what a database would do differs, in one only the comment does.
sed -i 's/name text/name text NOT NULL/' migrations/versions/a1_users.sql
sed -i 's/For search/For the search/' migrations/sql/names.sql
sed -i 's/labels/tags/' migrations/sql/labels.txt
# Line ends are none of it.
sed -i 's/$/\r/' migrations/sql/orders.sql
# Read by every downgrade().
echo 'SELECT 2;' >> migrations/sql/undo.sql
git rm --quiet migrations/sql/gone.sql
# Read by no revision.
echo 'SELECT 2;' >> migrations/sql/unused.sql
echo 'SELECT 2;' >> docs/schema.sql
git add --all
git commit --quiet --message=change
