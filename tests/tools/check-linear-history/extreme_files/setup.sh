cd migrations/versions
{ echo 'revision = "d1"'; echo 'down_revision = "c3d4e5f6"'; printf '# '; head -c 50000000 /dev/zero | tr '\0' x; echo; } > big.py
{ echo 'revision = "d2"'; echo 'down_revision = "d1"'; printf 'x = '; head -c 100000 /dev/zero | tr '\0' '('; } > deep.py
{ echo 'revision = "d3"'; printf 'down_revision = "d1"'; head -c 100000 /dev/zero | tr '\0' '+'; echo '"x"'; } > chain.py
head -c 70000000 /dev/zero > huge.py
ln -s nowhere.py dangling.py
ln -s loop.py loop.py
mkfifo pipe.py
mkdir folder.py
