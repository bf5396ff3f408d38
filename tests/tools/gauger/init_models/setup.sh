mkdir -p bin
for name in python3 initdb; do
  touch "bin/$name"
  chmod +x "bin/$name"
done
