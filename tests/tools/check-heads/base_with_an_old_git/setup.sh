git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
git commit --quiet --allow-empty --message=x
mkdir .git/old
cat > .git/old/git <<'END'
#!/bin/sh
case " $* " in
*" merge-tree "*)
  echo "usage: git merge-tree <base-tree> <branch1> <branch2>" >&2
  exit 129
  ;;
esac
exec /usr/bin/git "$@"
END
chmod +x .git/old/git
