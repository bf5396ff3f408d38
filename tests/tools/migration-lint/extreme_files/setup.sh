cd migrations/versions
{ printf 'revision = "c3"\ndown_revision = "b2"\n\n\ndef upgrade():\n    pass\n# '; head -c 9437184 /dev/zero | tr '\0' x; echo; } > big.py
{ printf 'revision = "d4"\ndown_revision = "c3"\n\n\ndef upgrade():\n    x = '; head -c 100000 /dev/zero | tr '\0' '('; head -c 100000 /dev/zero | tr '\0' ')'; echo; } > deep.py
{ printf 'revision = "e5"\ndown_revision = "b2"\n\n\ndef upgrade():\n    op.execute("x"'; for _ in $(seq 20000); do printf ' + "x"'; done; echo ')'; } > chain.py
{ printf 'revision = "f6"\ndown_revision = "e5"\n\n\ndef upgrade():\n    '; for _ in $(seq 20000); do printf 'not '; done; echo 'True'; } > unary.py
{ printf 'revision = "g7"\ndown_revision = "f6"\n\n\ndef upgrade():\n'; for i in $(seq 1 90); do printf '%*sif x:\n' $((i * 4)) ''; done; printf '%*spass\n' 364 ''; } > ladder.py
{ printf 'revision = "h8"\ndown_revision = "g7"\n\n\ndef upgrade():\n    a'; for _ in $(seq 50000); do printf '.a'; done; echo; } > dots.py
ln -s nowhere.py dangling.py
ln -s loop.py loop.py
mkfifo pipe.py
mkdir folder.py
