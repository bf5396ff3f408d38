git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
git rm --quiet scripts/seeds/b2.py
echo '# words' >> scripts/seeds/a1.py
