git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
git rm --quiet migrations/versions/b2_names.py
git add --all
git commit --quiet --message=change
