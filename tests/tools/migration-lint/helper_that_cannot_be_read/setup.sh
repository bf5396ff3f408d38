ln -s loop.py app/loop.py
