git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i 's/A person./Somebody./; s/sa.Text/sa.Text()/' app/models/users.py
sed -i 's/^import sqlalchemy as sa/# models\nimport sqlalchemy as sa/' app/models/users.py
