git init --quiet --initial-branch=main
git add --all --force
git commit --quiet --message=main
