mkdir ../elsewhere
printf '"""m\n\nCreate Date: 2024-01-01\n"""\nrevision = "b2"\ndown_revision = "a1b2c3d4"\n' > ../elsewhere/002.py
ln -s "$(cd ../elsewhere && pwd)/002.py" migrations/versions/002.py
