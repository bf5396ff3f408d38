// Parses every .py file of a folder whole with tree-sitter, one after the other, and looks at
// nothing in the trees: what a linter pays that parses everything. One thread, tree-sitter's own
// allocator.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <tree_sitter/api.h>
#include <tree_sitter/tree-sitter-python.h>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_parse_all FOLDER\n", stderr);
    return 2;
  }
  const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(),
                                                                      &ts_parser_delete);
  if (!ts_parser_set_language(parser.get(), tree_sitter_python())) {
    std::fputs("tree-sitter does not accept the grammar's ABI\n", stderr);
    return 2;
  }
  std::size_t errors = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() != ".py") {
      continue;
    }
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
        ts_parser_parse_string(parser.get(), nullptr, text.data(),
                               static_cast<std::uint32_t>(text.size())),
        &ts_tree_delete);
    if (ts_node_has_error(ts_tree_root_node(tree.get()))) {
      ++errors;
    }
  }
  std::printf("%zu files with errors\n", errors);
  return errors == 0 ? 0 : 1;
}
