mkdir -p shared && mv migrations/versions/002_orders.py shared/ && ln -s ../../shared/002_orders.py migrations/versions/002_orders.py
