#!/usr/bin/env python3
"""The cache of migration-lint never changes an answer: whatever changes, moves, breaks or cannot be written, a run with it
says what a run without it says."""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
from collections.abc import Callable

TOOL = pathlib.Path(os.environ["GAUGER_BIN"]) / "migration-lint"
INI = "[alembic]\nscript_location = migrations\nprepend_sys_path = .\npath_separator = os\n"
VERSIONS = "migrations/versions/"


def revision(id: str, down: str | None, body: str, imports: str = "") -> str:
    parent = "None" if down is None else f'"{down}"'
    return (
        f'from alembic import op\n{imports}\nrevision = "{id}"\ndown_revision = {parent}\n\n\ndef upgrade():\n    {body}\n'
    )


PROJECT = {
    "alembic.ini": INI,
    "app/__init__.py": "",
    "app/helpers.py": "from alembic import op\nfrom app.names import COLUMN\n\n\n"
    "def retire(table):\n    op.drop_column(table, COLUMN)\n",
    "app/names.py": 'COLUMN = "fax"\n',
    VERSIONS + "a1.py": revision("a1", None, 'op.drop_table("coupons")'),
    VERSIONS + "b2.py": revision("b2", "a1", 'retire("orders")', "from app.helpers import retire\n"),
    VERSIONS + "c3.py": revision("c3", "b2", "unknown_function()", "from app.later import unknown_function\n"),
    VERSIONS + "d4.py": revision("d4", "c3", 'op.create_index("i", "t", ["c"])'),
}


class CacheTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="gauger-cache-")
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name).resolve()
        self.project = self.root / "project"
        self.cache = self.root / "cache"
        for name, text in PROJECT.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.project / name).read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def run_tool(
        self, *arguments: str, project: pathlib.Path | None = None, prefix: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        base = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.root / "home")}
        base |= {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
        return subprocess.run(
            [*prefix, str(TOOL), "--format", "json", *arguments],
            cwd=project or self.project,
            env={name: value for name, value in (base | environment).items() if value},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def check(self, *arguments: str) -> list[str]:
        """Runs with the cache, and holds the answer against that of a run without it. The messages."""
        plain = self.run_tool("--no-cache", *arguments)
        cached = self.run_tool("--cache-dir", str(self.cache), *arguments)
        self.assertEqual((plain.stdout, plain.stderr), (cached.stdout, cached.stderr))
        self.assertEqual(plain.returncode, cached.returncode)
        return [finding["message"] for finding in json.loads(plain.stdout)["findings"]]

    def cache_file(self) -> pathlib.Path:
        found = list(self.cache.rglob("*.json"))
        self.assertEqual(len(found), 1)
        return found[0]

    def change(self, make: Callable[[], object]) -> None:
        """The change must matter, or the test would show nothing."""
        before = self.check()
        self.assertEqual(before, self.check())
        make()
        self.assertNotEqual(before, self.check())
        self.check()

    def test_a_second_run_says_the_same_from_the_cache(self) -> None:
        first = self.check()
        self.assertEqual(len(first), 2)
        content = self.cache_file().read_bytes()
        self.assertEqual(first, self.check())
        self.assertEqual(content, self.cache_file().read_bytes())

    def test_a_changed_file(self) -> None:
        self.change(lambda: self.replace(VERSIONS + "a1.py", "coupons", "vouchers"))

    def test_a_changed_tag(self) -> None:
        self.change(lambda: self.replace(VERSIONS + "a1.py", '")', '")  # destructive: approved'))

    def test_a_change_of_the_same_length_and_time(self) -> None:
        path = self.project / VERSIONS / "a1.py"
        stat = path.stat()

        def change() -> None:
            self.replace(VERSIONS + "a1.py", "coupons", "coupens")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

        self.change(change)

    def test_a_changed_helper(self) -> None:
        self.change(lambda: self.replace("app/helpers.py", "drop_column", "add_column"))

    def test_a_tag_in_a_helper(self) -> None:
        self.change(lambda: self.replace("app/helpers.py", "COLUMN)", "COLUMN)  # destructive: approved"))

    def test_a_module_that_the_helper_imports(self) -> None:
        self.change(lambda: self.replace("app/names.py", "fax", "telex"))

    def test_a_module_that_was_not_there(self) -> None:
        self.change(
            lambda: self.write(
                "app/later.py", 'from alembic import op\n\n\ndef unknown_function():\n    op.drop_table("later")\n'
            )
        )

    def test_a_file_of_sql(self) -> None:
        name = VERSIONS + "e5.sql"
        self.write(
            VERSIONS + "e5.py", revision("e5", "d4", "op.execute(Path(__file__).with_suffix('.sql').read_text())", "from pathlib import Path\n")
        )
        self.check()  # it is not there
        self.change(lambda: self.write(name, "DROP TABLE invoices;\n"))
        self.change(lambda: self.replace(name, "invoices", "payments"))
        self.change(lambda: self.write(name, "\n" + "DROP TABLE payments;\n" + "DROP TABLE more;\n"))
        self.change(lambda: os.remove(self.project / name))

    def test_a_package_that_comes_before_the_module(self) -> None:
        self.change(lambda: (self.write("app/names/__init__.py", 'COLUMN = "pager"\n'), os.remove(self.project / "app/names.py")))

    def test_a_helper_that_goes_and_comes_back(self) -> None:
        text = (self.project / "app/helpers.py").read_text(encoding="utf-8")
        self.change(lambda: os.remove(self.project / "app/helpers.py"))
        self.change(lambda: self.write("app/helpers.py", text))

    def test_a_helper_that_breaks_and_is_mended(self) -> None:
        self.check()
        self.replace("app/helpers.py", "def retire(table):", "def retire(table:")
        self.check()
        self.replace("app/helpers.py", "def retire(table:", "def retire(table):")
        self.assertEqual(len(self.check()), 2)

    def test_a_file_that_breaks_is_an_error_each_time(self) -> None:
        self.check()
        self.replace(VERSIONS + "a1.py", "upgrade()", "upgrade(")
        self.check()
        self.assertEqual(self.run_tool("--cache-dir", str(self.cache)).returncode, 2)

    def test_changed_settings(self) -> None:
        for settings in (
            '[lint]\nselect = ["all"]\n',
            '[lint]\nignore = ["destructive-operation"]\n',
            "[lint]\nrequire-reason = true\n",
            '[lint]\ntag-scope = "file"\n',
            "[lint]\npostgres-version = 17\n",
            '[lint]\nwrappers = { unknown_function = "drop_table" }\n',
            '[lint]\nwrappers = { unknown_function = "drop_column" }\n',
            '[lint]\nbaseline = "b2"\n',
            "",
        ):
            with self.subTest(settings):
                self.write("gauger.toml", settings)
                self.check()

    def test_wrappers_matter(self) -> None:
        self.change(lambda: self.write("gauger.toml", '[lint]\nwrappers = { unknown_function = "drop_table" }\n'))

    def test_tag_scope_matters(self) -> None:
        self.replace(VERSIONS + "a1.py", "def upgrade", "def downgrade():\n    pass  # destructive: approved\n\n\ndef upgrade")
        self.change(lambda: self.write("gauger.toml", '[lint]\ntag-scope = "file"\n'))

    def test_another_import_folder(self) -> None:
        self.write("lib/app/__init__.py", "")
        self.write("lib/app/helpers.py", 'from alembic import op\n\n\ndef retire(table):\n    op.drop_table(table)\n')
        self.change(lambda: self.write("alembic.ini", INI.replace("sys_path = .", "sys_path = lib")))

    def test_an_id_that_changes(self) -> None:
        self.check()
        self.replace(VERSIONS + "d4.py", '"d4"', '"d5"')
        self.check()

    def test_a_file_that_moves(self) -> None:
        self.check()
        os.rename(self.project / VERSIONS / "a1.py", self.project / VERSIONS / "z9.py")
        self.check()

    def test_named_files_and_since(self) -> None:
        self.check()
        for arguments in ((VERSIONS + "b2.py",), ("--since", "b2"), (), (VERSIONS + "a1.py", VERSIONS + "d4.py")):
            self.check(*arguments)

    def test_two_projects_share_the_folder(self) -> None:
        other = self.root / "other"
        shutil.copytree(self.project, other)
        (other / "app/names.py").write_text('COLUMN = "other"\n', encoding="utf-8")
        for project in (self.project, other, self.project, other):
            plain = self.run_tool("--no-cache", project=project)
            cached = self.run_tool("--cache-dir", str(self.cache), project=project)
            self.assertEqual(plain.stdout, cached.stdout)

    def test_after_fix(self) -> None:
        self.replace(VERSIONS + "a1.py", '")', '")  # destructive: aproved')
        self.check()
        self.run_tool("--fix", "--cache-dir", str(self.cache))
        self.check()

    def test_a_cache_that_is_damaged(self) -> None:
        self.check()
        good = self.cache_file().read_bytes()
        key, first, *others = good.splitlines(keepends=True)
        damages = [
            b"",
            b"\0" * 4096,
            good[: len(good) // 2],
            good[:-2],
            good + b"x",
            good.replace(b"[", b"[["),
            b"[" * 200_000,
            b'{"key":' * 50_000,
            b"{}",
            b"[]",
            b"null",
            b"7\n" + first,
            key,
            key + first,
            key + b"[]\n" + b"".join(others),
            key + b"[1, 2, 3, 4, 5, 6, 7, 8]\n",
            key + json.dumps([json.loads(first)[0]]).encode(),
            b'"another"\n' + first + b"".join(others),
            b"\xff\xfe" + good,
        ]
        for number, damage in enumerate(damages):
            with self.subTest(number):
                self.cache_file().write_bytes(damage)
                self.check()
                self.assertEqual(self.cache_file().read_bytes(), good)

    def catalog_files(self) -> list[pathlib.Path]:
        return sorted(self.cache.rglob("*.catalog"))

    def write_two(self) -> None:
        """A base that decides what the revision above it finds."""
        for name in ("b2", "c3", "d4"):
            (self.project / VERSIONS / f"{name}.py").unlink()
        self.write(VERSIONS + "a1.py", revision("a1", None, """op.create_table("t", sa.Column("c", sa.Integer()))
    op.create_index("i", "t", [COLUMN])""", "import sqlalchemy as sa\nfrom app.names import COLUMN\n"))
        self.write("app/names.py", 'COLUMN = "c"\n')

    def write_top(self) -> None:
        self.write(VERSIONS + "b2.py", revision("b2", "a1", 'op.create_index("i2", "t", ["c"])'))

    def test_the_schema_of_the_base_is_kept(self) -> None:
        self.write_two()
        self.check()
        self.assertEqual([path.name for path in self.catalog_files()], ["head.catalog"])
        self.write_top()
        before = self.check("--since", "a1")
        self.write("app/names.py", 'COLUMN = "d"\n')  # what the base has read
        after = self.check("--since", "a1")
        self.assertNotEqual(before, after)
        self.assertEqual([path.name for path in self.catalog_files()], ["base.catalog", "head.catalog"])
        self.replace(VERSIONS + "a1.py", "[COLUMN]", '["c"]')
        self.assertEqual(before, self.check("--since", "a1"))
        self.replace(VERSIONS + "b2.py", "i2", "i3")
        self.check("--since", "a1")
        self.check()

    def test_a_kept_schema_that_is_damaged(self) -> None:
        self.write_two()
        self.write_top()
        self.check("--since", "a1")
        good = {path: path.read_bytes() for path in self.catalog_files()}
        self.assertTrue(good)
        for number, damage in enumerate((lambda b: b"", lambda b: b[:-1], lambda b: b + b"x", lambda b: b[: len(b) // 2],
                                         lambda b: b[:-3] + b"xyz", lambda b: b"\0" * 5000)):
            with self.subTest(number):
                for path, content in good.items():
                    path.write_bytes(damage(content))
                self.write(VERSIONS + "b2.py", revision("b2", "a1", f'op.create_index("i{number}", "t", ["c"])'))
                self.check("--since", "a1")

    def test_a_folder_where_the_cache_should_be(self) -> None:
        self.check()
        path = self.cache_file()
        path.unlink()
        path.mkdir()
        self.check()

    def test_a_cache_that_cannot_be_written(self) -> None:
        plain = self.run_tool("--no-cache")
        blocked = self.root / "a-file"
        blocked.write_text("", encoding="utf-8")
        for folder in (blocked, blocked / "below", pathlib.Path("/proc/gauger"), pathlib.Path("/dev/null")):
            with self.subTest(folder):
                done = self.run_tool("--cache-dir", str(folder))
                self.assertEqual((plain.stdout, plain.stderr, plain.returncode), (done.stdout, done.stderr, done.returncode))
        verbose = self.run_tool("--cache-dir", str(blocked), "--verbose")
        self.assertIn("the cache was not kept", verbose.stderr)

    def test_where_the_cache_lies(self) -> None:
        plain = self.run_tool("--no-cache")
        for environment, folder in (
            ({}, "home/.cache/gauger"),
            ({"XDG_CACHE_HOME": str(self.root / "xdg")}, "xdg/gauger"),
            ({"XDG_CACHE_HOME": "relative"}, None),
            ({"HOME": ""}, None),
        ):
            with self.subTest(environment):
                self.assertEqual(plain.stdout, self.run_tool(**environment).stdout)
                if folder:
                    self.assertTrue(list((self.root / folder).rglob("*.json")))
        self.assertEqual({path.name for path in self.project.iterdir()}, {"alembic.ini", "app", "migrations"})

    def test_runs_at_the_same_time(self) -> None:
        for number in range(40):
            self.write(f"{VERSIONS}x{number}.py", revision(f"x{number}", "d4", f'op.drop_table("t{number}")'))
        plain = self.run_tool("--no-cache")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            runs = list(pool.map(lambda _: self.run_tool("--cache-dir", str(self.cache)), range(16)))
        self.assertEqual({run.stdout for run in runs}, {plain.stdout})
        self.assertEqual({run.stderr for run in runs}, {""})
        for line in self.cache_file().read_text(encoding="utf-8").splitlines():
            json.loads(line)
        self.assertEqual(self.check(), self.check())

    def test_what_may_not_be_read(self) -> None:
        """Root may read everything, so it becomes somebody else for this."""
        prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") if os.geteuid() == 0 else ()
        for path in [self.root, *self.root.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        for name, message in (
            (VERSIONS + "b2.py", "b2.py: cannot read the file: Permission denied"),
            ("migrations/versions", "Permission denied"),
        ):
            with self.subTest(name):
                path = self.project / name
                mode = path.stat().st_mode
                path.chmod(0)
                done = self.run_tool("--cache-dir", str(self.root / "not-to-be-made"), prefix=prefix)
                path.chmod(mode)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(message, done.stderr)
                if path.is_file():
                    self.assertIn("drops the table coupons", done.stdout)
        self.assertEqual(self.run_tool("--cache-dir", str(self.root / "not-to-be-made"), prefix=prefix).returncode, 1)


if __name__ == "__main__":
    unittest.main()
