git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i 's/String(50)/String(80)/' app/models/users.py
