git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i 's/String(50), nullable=False/String(80)/' app/models/users.py
sed -i 's/name = /nick = /' app/models/users.py
git add --all
git commit --quiet --message=change
