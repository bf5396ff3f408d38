export PATH=/usr/local/bin:/usr/bin:/bin
git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
