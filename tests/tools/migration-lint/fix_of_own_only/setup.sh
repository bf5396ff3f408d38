sed -i 's/op.execute(.*/pass  # destrutive: approved/' migrations/versions/a1_orders.py
git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
sed 's/revision = "b2"/revision = "c3"/; s/revision = "a1"/revision = "b2"/; s/ix_orders_status/ix2/; s/op.create_index(.*/pass  # destrutive: approved/' migrations/versions/b2_status.py > migrations/versions/c3_again.py
