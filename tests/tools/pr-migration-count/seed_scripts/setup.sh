git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed -i 's/update users/update all/' scripts/seeds/b2.py
git mv scripts/seeds/a1.py scripts/seeds/zz.py
echo '# a helper' > scripts/seeds/_helper.py
