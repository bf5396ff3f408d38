cd origin
git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i "s/'t'/'edited'/" migrations/versions/a1_users.py
git commit --quiet --all --message=mine
git switch --quiet main
git commit --quiet --allow-empty --message=theirs
cd ..
git clone --quiet --depth 1 --no-single-branch --branch feature "file://$PWD/origin" clone
