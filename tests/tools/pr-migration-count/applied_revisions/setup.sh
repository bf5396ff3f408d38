git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i "s/'users', None/'users', 1/" migrations/versions/b2_names.py
git mv migrations/versions/a1_users.py migrations/versions/first.py
sed -i 's/^    op/    # destructive: approved no longer used\n    op/' migrations/versions/first.py
git add --all
git commit --quiet --message=change
