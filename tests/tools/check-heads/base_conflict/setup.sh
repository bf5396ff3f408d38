git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i 's/pass/return 1/' migrations/versions/b2_names.py
git commit --quiet --all --message=x
git switch --quiet main
sed -i 's/pass/return 2/' migrations/versions/b2_names.py
git commit --quiet --all --message=x
git switch --quiet feature
