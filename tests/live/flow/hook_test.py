#!/usr/bin/env python3
"""gauger hooks-install and gauger hook, with git itself making the commits."""

import json
import pathlib
import shutil
import signal
import time
import unittest

from flow_project import BIN, LOCK, Courses, Server, descendants, send

HEAD = "9d60b7e5a2c3"
NICKNAME = "    nickname: Mapped[str | None] = mapped_column(String(40))\n"
ADD = '    op.add_column("users", sa.Column("nickname", sa.String(length=40), nullable=True))'
DROP = '    op.drop_table("enrolments")'


def name_of(pid):
    """The program's; empty: the process has ended."""
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return pathlib.Path(words[0].decode()).name


class NoServer:
    """The static part of the hook needs none."""

    def make_database(self):
        return "nowhere"

    def dsn(self, database="postgres"):
        return f"postgresql://nobody@127.0.0.1:1/{database}"


class HookTest(unittest.TestCase):
    maxDiff = None

    def project(self):
        project = Courses(self, NoServer())
        project.hook = project.folder / ".git" / "hooks" / "pre-commit"
        shutil.rmtree(project.hook.parent, ignore_errors=True)
        return project

    def installed(self):
        project = self.project()
        done = project.run("gauger", "hooks-install")
        self.assertEqual(done.returncode, 0, done.all)
        return project

    def change_models(self, project):
        project.edit("app/schema/people.py", "    created_at", NICKNAME + "    created_at")

    def assert_refused(self, done, *words):
        self.assertNotEqual(done.returncode, 0, done.all)
        for word in words:
            self.assertIn(word, done.all)

    def assert_made(self, done):
        self.assertEqual(done.returncode, 0, done.all)

    def test_schema_needs_a_migration(self):
        project = self.installed()
        self.change_models(project)
        before = project.state()
        done = project.commit("a nickname")
        self.assert_refused(done, "schema-change-without-migration", "users.nickname",
                            "DYLEN_AUTO_MIGRATIONS=1")
        self.assertEqual(project.state(), before)
        self.assert_made(project.commit("a nickname", SKIP_GIT_MIGRATION_HOOK="1"))
        project.git("reset", "-q", "--soft", "HEAD^")
        project.add_revision("aaaa11112222", HEAD, ADD)
        self.assert_made(project.commit("a nickname"))
        # Mended together with the models, before it is released.
        project.edit("app/schema/people.py", "nickname: Mapped[str | None] = mapped_column(String(40))",
                     "nickname: Mapped[str | None] = mapped_column(String(50))")
        (name,) = project.versions.glob("*aaaa11112222*")
        name.write_text(name.read_text() + "# no migration of that\n")
        self.assert_refused(project.commit("longer"), "schema-change-without-migration")
        (name,) = project.versions.glob("*aaaa11112222*")
        project.edit(name.relative_to(project.folder), "length=40", "length=50")
        self.assert_made(project.commit("longer"))

    def test_variables_of_the_env_file(self):
        """Which supplies what the environment does not set."""
        project = self.installed()
        (project.folder / ".git" / "info" / "exclude").write_text(".env\n")
        self.change_models(project)
        (project.folder / ".env").write_text("SKIP_GIT_MIGRATION_HOOK=1\n")
        self.assert_refused(project.commit("a nickname", SKIP_GIT_MIGRATION_HOOK="0"),
                            "schema-change-without-migration")
        self.assert_made(project.commit("a nickname"))
        (project.folder / ".env").write_text("export MIGRATION_CREATE_DATE_AUTOFIX='1' # dates\n")
        project.add_revision("aaaa11112222", HEAD, ADD)
        (path,) = project.versions.glob("*aaaa11112222*")
        path.write_text(path.read_text().replace("2026-01-03", "2020-01-03"))
        self.assert_made(project.commit("order"))
        self.assertIn("Create Date: 2025-03-19 08:34:56", path.read_text())

    def test_what_is_no_schema(self):
        project = self.installed()
        project.edit("app/schema/people.py", "class User(Base):\n", "class User(Base):\n    # Who.\n")
        self.assert_made(project.commit("a comment"))
        (project.folder / "notes.txt").write_text("nothing to do with it\n")
        self.assert_made(project.commit("notes"))

    def test_history_is_append_only(self):
        project = self.installed()
        (first, *_) = sorted(project.versions.glob("*.py"))
        text = first.read_text()
        first.write_text(text.replace("length=40", "length=80"))
        self.assert_refused(project.commit("edit"), "applied-revision-edited")
        first.write_text(text)
        first.rename(first.with_name("2025_02_03_0910-3b1f7a9c50d2_another_name.py"))
        self.assert_made(project.commit("rename"))
        seed = project.seeds / "3b1f7a9c50d2.py"
        seed.write_text(seed.read_text().replace('"rank": 2', '"rank": 3'))
        self.assert_refused(project.commit("seed"), "seed-script-edited")

    def test_lint_heads_order(self):
        project = self.installed()
        project.add_revision("aaaa11112222", HEAD, DROP)
        self.assert_refused(project.commit("drop"), "destructive-operation")
        (path,) = project.versions.glob("*aaaa11112222*")
        path.unlink()
        project.add_revision("bbbb33334444", "c84e02d6f1a7", ADD)
        self.assert_refused(project.commit("heads"), "several-heads")
        (path,) = project.versions.glob("*bbbb33334444*")
        path.write_text(path.read_text().replace("c84e02d6f1a7", HEAD).replace("2026-01-03", "2020-01-03"))
        before = project.state()
        self.assert_refused(project.commit("order"), "date-before-parent")
        self.assertEqual(project.state(), before)
        self.assert_made(project.commit("order", MIGRATION_CREATE_DATE_AUTOFIX="1"))
        self.assertIn("Create Date: 2025-03-19 08:34:56", project.git("show", f"HEAD:./{path.relative_to(project.folder)}"))
        self.assertEqual(project.git("status", "--short"), "")

    def test_partially_staged(self):
        """What is staged counts, not what is on disk, and neither is touched."""
        project = self.installed()
        self.change_models(project)
        project.git("add", "-A")
        # On disk the change is gone: the commit still has it.
        project.edit("app/schema/people.py", NICKNAME, "")
        before = project.state()
        done = project.run("git", "commit", "-q", "-m", "staged")
        self.assert_refused(done, "schema-change-without-migration")
        self.assertEqual(project.state(), before)
        # The other way round: only on disk.
        project.git("reset", "-q", "--hard")
        (project.folder / "notes.txt").write_text("notes\n")
        project.git("add", "-A")
        self.change_models(project)
        before = project.state()
        self.assert_made(project.run("git", "commit", "-q", "-m", "notes"))
        self.assertEqual(project.state(), before)
        # A migration that is not staged is none.
        project.git("add", "-A")
        project.add_revision("aaaa11112222", HEAD, ADD)
        done = project.run("git", "commit", "-q", "-m", "staged")
        self.assert_refused(done, "schema-change-without-migration")
        # `git commit -a` and `git commit FILE` bring an index of their own.
        project.git("add", "-N", "migrations")
        self.assert_made(project.run("git", "commit", "-q", "-a", "-m", "all"))

    def test_automatic_needs_what_is_staged_on_disk(self):
        project = self.installed()
        self.change_models(project)
        project.git("add", "-A")
        project.edit("app/schema/people.py", "String(320)", "String(321)")
        before = project.state()
        done = project.run("git", "commit", "-q", "-m", "x", DYLEN_AUTO_MIGRATIONS="1")
        self.assert_refused(done, "has changes that are not staged")
        self.assertEqual(project.state(), before)

    def test_migrations_that_are_set_aside(self):
        """As a squash leaves them when the power is cut: a commit of all would delete them."""
        project = self.installed()
        backup = project.versions / ".squash_backup" / "20260101T000000Z"
        backup.mkdir(parents=True)
        (first, *_) = sorted(project.versions.glob("*.py"))
        first.rename(backup / (first.name + ".bak"))
        journal = {
            "folder": str(backup.relative_to(project.folder)),
            "moves": [[str(first.relative_to(project.folder)),
                       str((backup / (first.name + ".bak")).relative_to(project.folder))]],
            "made": [], "revision": "", "before": {}, "facts": {},
        }
        (backup / "journal.json").write_text(json.dumps(journal))
        done = project.run("git", "commit", "-q", "-a", "-m", "x")
        self.assert_refused(done, "has set migrations aside", "gauger migrate puts them back")
        # The next command does, before it sees that there is no server.
        self.assertIn("all are where they were", project.run("run-seeds").all)
        self.assertTrue(first.exists())
        self.assertFalse(backup.exists())

    def test_first_commit(self):
        project = self.project()
        shutil.rmtree(project.folder / ".git")
        project.git("init", "-q", "-b", "main")
        self.assert_made(project.run("gauger", "hooks-install"))
        self.assert_made(project.commit("all"))

    def test_beside_a_shell_hook(self):
        project = self.project()
        project.hook.parent.mkdir(exist_ok=True)
        project.hook.write_text("#!/bin/sh\ntouch it-ran\nexit 0\n")
        project.hook.chmod(0o755)
        for _ in range(2):
            self.assert_made(project.run("gauger", "hooks-install"))
        self.assertEqual(project.hook.read_text().count(">>> gauger"), 1)
        self.change_models(project)
        self.assert_refused(project.commit("x"), "schema-change-without-migration")
        self.assertFalse((project.folder / "it-ran").exists())
        self.assert_made(project.commit("x", SKIP_GIT_MIGRATION_HOOK="1"))
        self.assertTrue((project.folder / "it-ran").exists())

    def test_beside_a_hook_that_is_switched_off(self):
        project = self.project()
        project.hook.parent.mkdir(parents=True, exist_ok=True)
        project.hook.write_text("#!/bin/sh\nexit 1\n")
        done = project.run("gauger", "hooks-install")
        self.assertEqual(done.returncode, 2, done.all)
        self.assertIn("is not executable", done.all)
        self.assertEqual(project.hook.read_text(), "#!/bin/sh\nexit 1\n")

    def test_beside_another_language(self):
        text = "#!/usr/bin/env python3\nopen('it-ran', 'w')\n"
        project = self.project()
        project.hook.parent.mkdir(exist_ok=True)
        project.hook.write_text(text)
        project.hook.chmod(0o755)
        for _ in range(2):
            self.assert_made(project.run("gauger", "hooks-install"))
        self.assertEqual(project.hook.with_name("pre-commit.before-gauger").read_text(), text)
        self.change_models(project)
        self.assert_refused(project.commit("x"), "schema-change-without-migration")
        project.add_revision("aaaa11112222", HEAD, ADD)
        self.assert_made(project.commit("x"))
        self.assertTrue((project.folder / "it-ran").exists())

    def test_hooks_path(self):
        project = self.project()
        project.git("config", "core.hooksPath", ".githooks")
        self.assert_made(project.run("gauger", "hooks-install"))
        self.assertTrue((project.folder / ".githooks" / "pre-commit").exists())
        self.change_models(project)
        self.assert_refused(project.commit("x"), "schema-change-without-migration")
        project.git("config", "core.hooksPath", str(project.home / "hooks"))
        done = project.run("gauger", "hooks-install")
        self.assertEqual(done.returncode, 2)
        self.assertIn("other repositories share", done.stderr_text)
        self.assertFalse((project.home / "hooks").exists())

    def test_below_the_root(self):
        """Two projects in folders of their repository, and the hook in a worktree of it."""
        project = self.project()
        outer = project.home / "repository"
        outer.mkdir()
        shutil.rmtree(project.folder / ".git")
        project.git("-C", str(outer), "init", "-q", "-b", "main")
        for name in ("the project", "another"):
            shutil.copytree(project.folder, outer / name)
            self.assert_made(project.run("gauger", "hooks-install", "--project", outer / name))
        project.git("-C", str(outer), "add", "-A")
        project.git("-C", str(outer), "commit", "-q", "-m", "all")
        tree = project.home / "tree"
        project.git("-C", str(outer), "worktree", "add", "-q", str(tree), "-b", "work")
        for name in ("the project", "another"):
            models = tree / name / "app" / "schema" / "people.py"
            text = models.read_text()
            models.write_text(text.replace("    created_at", NICKNAME + "    created_at"))
            done = project.run("git", "-C", tree, "commit", "-q", "-a", "-m", "x")
            self.assert_refused(done, "schema-change-without-migration", "app/schema/people.py")
            models.write_text(text)
        # A commit may take a project away, and those after it do not have it.
        project.git("-C", str(tree), "rm", "-rqf", "another")
        shutil.rmtree(tree / "another", ignore_errors=True)
        for _ in range(2):
            done = project.run("git", "-C", tree, "commit", "-q", "--allow-empty", "-m", "x")
            self.assertEqual(done.returncode, 0, done.all)

    def test_tool_that_is_not_installed(self):
        project = self.project()
        shutil.copy(BIN / "gauger", project.home / "gauger")
        done = project.run(project.home / "gauger", "smoke")
        self.assertEqual(done.returncode, 2)
        self.assertIn("gauger: error: smoke is not installed\n  help: looked for ", done.stderr_text)
        done = project.run(project.home / "gauger", "makefile")
        self.assertEqual(done.returncode, 2)
        self.assertIn("share/gauger/gauger.mk", done.stderr_text)

    def test_without_gauger(self):
        """A hook that cannot run lets nothing pass, but for who says so."""
        project = self.installed()
        text = project.hook.read_text()
        project.hook.write_text(text.replace(str(BIN / "gauger"), "/nowhere/gauger"))
        project.environment["PATH"] = project.environment["PATH"].replace(f"{BIN}:", "")
        (project.folder / "notes.txt").write_text("notes\n")
        self.assertNotEqual(project.commit("x").returncode, 0)
        self.assert_made(project.commit("x", SKIP_GIT_MIGRATION_HOOK="1"))


class LiveHookTest(unittest.TestCase):
    def wait_for(self, condition):
        for _ in range(400):
            if found := condition():
                return found
            time.sleep(0.05)
        self.fail("it did not happen")

    def test_migration_of_a_commit_that_was_killed(self):
        """What makes it goes on, and the hook of the next commit waits for that; there is nobody
        any more to stage it."""
        server = Server()
        self.addCleanup(server.stop)
        project = Courses(self, server)
        self.assertEqual(project.run("gauger", "hooks-install").returncode, 0)
        self.assertEqual(project.run("migrate").returncode, 0)
        project.edit("app/schema/people.py", "    created_at", NICKNAME + "    created_at")
        project.git("add", "-A")
        commit = ("git", "commit", "-q", "-m", "a nickname")
        with project.connect() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            first = project.start(*commit, DYLEN_AUTO_MIGRATIONS="1")
            (maker,) = self.wait_for(
                lambda: [pid for pid in descendants(first.pid) if name_of(pid) == "migration-auto"]
            )
            send(descendants(first.pid) - descendants(maker), signal.SIGKILL)
            first.wait()
        self.wait_for(
            lambda: project.values("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted")
        )
        done = project.run(*commit, DYLEN_AUTO_MIGRATIONS="1")
        first.communicate(timeout=60)
        self.assertNotEqual(done.returncode, 0, done.all)
        self.assertRegex(done.all, "migrations/versions/.*nickname.* not staged")
        self.assertIn("stage them", done.all)
        project.git("add", "-A")
        done = project.run(*commit, DYLEN_AUTO_MIGRATIONS="1")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(len(project.revisions()), 4)
        self.assertIn("nickname", project.git("show", "--stat", "HEAD", "--", "migrations/versions"))

    def test_strict_and_squash(self):
        server = Server()
        self.addCleanup(server.stop)
        project = Courses(self, server)
        self.assertEqual(project.run("gauger", "hooks-install").returncode, 0)
        project.edit("app/schema/people.py", "    created_at", NICKNAME + "    created_at")
        project.add_revision("aaaa11112222", HEAD, ADD.replace("40", "41"))
        done = project.commit("x", DYLEN_MIGRATION_HOOK_STRICT="1")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("users.nickname: type", done.all)
        done = project.commit("x")
        self.assertEqual(done.returncode, 0, done.all)
        project.edit("app/schema/people.py", "    created_at",
                     NICKNAME.replace("nickname", "city") + "    created_at")
        done = project.commit("y", DYLEN_AUTO_MIGRATIONS="1")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("has findings, and is not staged", done.all)
        project.git("reset", "-q", "--hard")
        project.git("clean", "-q", "-f", "-d")
        path = next(project.versions.glob("*aaaa11112222*")).relative_to(project.folder)
        project.edit(path, "length=41", "length=40")
        project.edit("app/schema/people.py", "    created_at",
                     NICKNAME.replace("nickname", "city") + "    created_at")
        project.add_revision("bbbb33334444", "aaaa11112222", ADD.replace("nickname", "city"))
        done = project.commit("y")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("too-many-migrations", done.all)
        self.assertEqual(project.run("migrate").returncode, 0)
        done = project.commit("y", MIGRATION_BASE_REF="main", DYLEN_MIGRATION_HOOK_SQUASH="1")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertEqual(len(project.revisions()), 4)
        self.assertEqual(project.git("status", "--short"), "")
        self.assertEqual(len(project.git("ls-files", "migrations/versions").split()), 4)


if __name__ == "__main__":
    unittest.main()
