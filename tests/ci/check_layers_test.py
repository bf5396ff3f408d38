"""ci/check_layers must fail on a tree that is out of order, and name the file and line."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["GAUGER_ROOT"])

GOOD = {
    "common/base/CMakeLists.txt": "gauger_library(base PUBLIC fmt PRIVATE json)\n",
    "common/base/text.hpp": "#pragma once\n#include <fmt/core.h>\n#include <string>\n",
    "common/base/text.cpp": '#include "base/text.hpp"\n#include <nlohmann/json.hpp>\n',
    "common/python/CMakeLists.txt": "gauger_library(\n  python # a comment (in brackets)\n"
    "  PUBLIC base\n  PRIVATE tree_sitter)\n",
    "common/python/syntax.hpp": '#include "base/text.hpp"\n',
    "common/python/syntax.cpp": '#include "python/syntax.hpp"\n#include <tree_sitter/api.h>\n',
    "common/history/CMakeLists.txt": "gauger_library(history PRIVATE python)\n",
    "common/history/history.hpp": "#include <vector>\n",
    # base comes with python's PUBLIC link.
    "common/history/history.cpp": '#include "history/history.hpp"\n#include "base/text.hpp"\n'
    '#include "python/syntax.hpp"\n',
    "common/database/CMakeLists.txt": "gauger_library(database PRIVATE pqxx)\n",
    "common/database/server.hpp": "",
    "common/database/server.cpp": "#include <pqxx/pqxx>\n",
    "rules/CMakeLists.txt": "gauger_rules(PUBLIC history)\n",
    "rules/catalog.cpp": '#include "rules/a_rule/a_rule.hpp"\n',
    "rules/a_rule/a_rule.hpp": '#include "history/history.hpp"\n',
    "rules/a_rule/a_rule.cpp": '#include "rules/a_rule/a_rule.hpp"\n',
    "tools/check-heads/CMakeLists.txt": "gauger_tool(check-heads PRIVATE history rules)\n",
    "tools/check-heads/check_heads.hpp": "",
    "tools/check-heads/check_heads.cpp": '#include "history/history.hpp"\n',
    "tools/check-heads/main.cpp": '#include "tools/check-heads/check_heads.hpp"\n'
    '#include "rules/a_rule/a_rule.hpp"\n',
    "tools/gauger/CMakeLists.txt": "gauger_tool(gauger PRIVATE check-heads)\n",
    "tools/gauger/check.cpp": '#include "tools/check-heads/check_heads.hpp"\n',
}


class CheckLayers(unittest.TestCase):
    def run_on(self, changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as root:
            for name, text in {**GOOD, **changes}.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            command = [sys.executable, ROOT / "ci/check_layers", "--root", root]
            return subprocess.run(command, capture_output=True, text=True, check=False)

    def assert_problem(self, changes: dict[str, str], where: str, text: str) -> None:
        result = self.run_on(changes)
        self.assertEqual(result.stdout, f"{where}: {text}\n")
        self.assertEqual(result.returncode, 1)

    def test_a_tree_in_order(self) -> None:
        result = self.run_on({})
        self.assertEqual((result.stdout, result.returncode), ("", 0))

    def test_an_include_without_a_link(self) -> None:
        self.assert_problem(
            {
                "common/python/syntax.cpp": "#include <tree_sitter/api.h>\n"
                '#include "history/history.hpp"\n'
            },
            "common/python/syntax.cpp:2",
            'includes "history/history.hpp" without a link from python to history',
        )

    def test_a_header_that_includes_what_is_linked_private(self) -> None:
        self.assert_problem(
            {"common/history/history.hpp": '\n\n#include "python/syntax.hpp"\n'},
            "common/history/history.hpp:3",
            'includes "python/syntax.hpp" without a PUBLIC link from history to python, which it '
            "links PRIVATE",
        )

    def test_a_header_that_only_its_folder_sees_is_like_a_cpp(self) -> None:
        result = self.run_on({"common/history/inside.hpp": '#include "python/syntax.hpp"\n'})
        self.assertEqual((result.stdout, result.returncode), ("", 0))

    def test_a_header_that_others_see_through_another(self) -> None:
        self.assert_problem(
            {
                "common/history/history.hpp": '#include "history/inside.hpp"\n',
                "common/history/inside.hpp": '#include "python/syntax.hpp"\n',
            },
            "common/history/inside.hpp:1",
            'includes "python/syntax.hpp" without a PUBLIC link from history to python, which it '
            "links PRIVATE",
        )

    def test_what_is_linked_private_does_not_pass_on(self) -> None:
        self.assert_problem(
            {"rules/a_rule/a_rule.cpp": '#include "python/syntax.hpp"\n'},
            "rules/a_rule/a_rule.cpp:1",
            'includes "python/syntax.hpp" without a link from rules to python',
        )

    def test_a_third_party_header_in_another_folder(self) -> None:
        self.assert_problem(
            {
                "common/history/CMakeLists.txt": "gauger_library(history PRIVATE python)\n",
                "common/history/extra.cpp": "#include <tree_sitter/api.h>\n",
            },
            "common/history/extra.cpp:1",
            "includes <tree_sitter/api.h>, which only common/python/ may",
        )

    def test_doctest_outside_the_tests(self) -> None:
        self.assert_problem(
            {"common/base/extra.cpp": "#include <doctest/doctest.h>\n"},
            "common/base/extra.cpp:1",
            "includes <doctest/doctest.h>, which only tests/ may",
        )

    def test_a_third_party_header_without_a_link(self) -> None:
        self.assert_problem(
            {"common/history/extra.cpp": "#include <tl/expected.hpp>\n"},
            "common/history/extra.cpp:1",
            'includes "tl/expected.hpp" without a link from history to expected',
        )

    def test_a_link_that_nothing_uses(self) -> None:
        self.assert_problem(
            {
                "common/history/CMakeLists.txt": "gauger_library(history PUBLIC base\n"
                "  PRIVATE python expected)\n"
            },
            "common/history/CMakeLists.txt:1",
            "history links to expected and includes nothing of it",
        )

    def test_a_rule_that_includes_another(self) -> None:
        self.assert_problem(
            {"rules/b_rule/b_rule.cpp": '#include "rules/a_rule/a_rule.hpp"\n'},
            "rules/b_rule/b_rule.cpp:1",
            'includes "rules/a_rule/a_rule.hpp": rules never include each other',
        )

    def test_a_rule_that_reads_files(self) -> None:
        self.assert_problem(
            {"rules/b_rule/b_rule.cpp": "#include <filesystem>\n"},
            "rules/b_rule/b_rule.cpp:1",
            "includes <filesystem>: rules see values, never a path, a clock or a stream",
        )

    def test_a_static_tool_that_reaches_the_database(self) -> None:
        self.assert_problem(
            {
                "common/history/CMakeLists.txt": "gauger_library(history PRIVATE python database)\n",
                "common/history/extra.cpp": '#include "database/server.hpp"\n',
            },
            "tools/check-heads/CMakeLists.txt:1",
            "check-heads is a static tool and reaches the database",
        )

    def test_a_tool_that_includes_another(self) -> None:
        self.assert_problem(
            {"tools/check-heads/extra.cpp": '#include "tools/gauger/check.hpp"\n'},
            "tools/check-heads/extra.cpp:1",
            'includes "tools/gauger/check.hpp" without a link from check-heads to gauger',
        )

    def test_a_path_from_the_root(self) -> None:
        self.assert_problem(
            {"common/history/extra.cpp": '#include "common/base/text.hpp"\n'},
            "common/history/extra.cpp:1",
            'includes "common/base/text.hpp": write the folder\'s name first, as in '
            '"base/text.hpp"',
        )

    def test_a_header_of_no_target(self) -> None:
        self.assert_problem(
            {"common/history/extra.cpp": '#include "nowhere/text.hpp"\n'},
            "common/history/extra.cpp:1",
            'includes "nowhere/text.hpp", which belongs to no target',
        )

    def test_a_folder_without_a_target(self) -> None:
        self.assert_problem(
            {"common/models/models.cpp": "#include <string>\n"},
            "common/models/CMakeLists.txt:1",
            "missing, or without gauger_library()",
        )

    def test_a_tree_without_common(self) -> None:
        with tempfile.TemporaryDirectory() as root:
            command = [sys.executable, ROOT / "ci/check_layers", "--root", root]
            self.assertEqual(
                subprocess.run(command, capture_output=True, check=False).returncode, 2
            )


if __name__ == "__main__":
    unittest.main()
