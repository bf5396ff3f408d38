git init --quiet --initial-branch=main ../origin
cp -r . ../origin
rm -rf ./*
cd ../origin
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
git commit --quiet --allow-empty --message=feature
git switch --quiet main
git commit --quiet --allow-empty --message=more
git clone --quiet --depth=1 --no-single-branch --branch=feature "file://$PWD" "$OLDPWD"
