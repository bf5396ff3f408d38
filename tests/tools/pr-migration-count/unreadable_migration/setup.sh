git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
cat > migrations/versions/c3_email.py <<'END'
import os
revision = os.environ["X"]
down_revision = "b2"
END
sed -i 's/String(50)/String(80)/' app/models/users.py
