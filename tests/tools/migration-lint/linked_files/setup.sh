mkdir shared
mv migrations/versions/b2.py shared/
ln -s ../../shared/b2.py migrations/versions/b2.py
