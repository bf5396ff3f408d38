#!/usr/bin/env python3
"""The day of a developer, by the make targets of the sample project, with git and a server; and
every target that gauger.mk has, unchanged under another prefix of the environment's variables."""

import pathlib
import re
import subprocess
import unittest

from flow_project import BIN, Courses, Server

HEAD = "9d60b7e5a2c3"
COLUMN = "    {0}: Mapped[str | None] = mapped_column(String(40))\n"
SEED = """import sqlalchemy as sa


async def seed(connection) -> None:
    await connection.execute(
        sa.text("INSERT INTO subjects VALUES ('music', 'Music') ON CONFLICT DO NOTHING")
    )
"""
TARGETS = (
    "migration migration-auto migrate downgrade seed migrate-and-seed migration-squash db-heads "
    "db-linear-history db-migration-lint db-check-pr-migration-count db-migration-smoke "
    "db-check-drift db-check-seed-data db-check db-nuke hooks-install"
).split()


class DayTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def make(self, project, *words, **variables):
        done = project.run("make", *words, **variables)
        self.assertEqual(done.returncode, 0, (words, done.all))
        return done.all

    def add_column(self, project, name):
        project.edit("app/schema/people.py", "    created_at", COLUMN.format(name) + "    created_at")

    def test_day(self):
        project = Courses(self, self.server)
        self.make(project, "hooks-install")
        self.make(project, "migrate-and-seed")
        self.assertEqual(project.current(), [HEAD])

        # Edits a model and commits: the hook makes the migration.
        self.add_column(project, "nickname")
        done = project.commit("a nickname", DYLEN_AUTO_MIGRATIONS="1")
        self.assertEqual(done.returncode, 0, done.all)
        (first,) = [name for name in project.revisions() if "nickname" in name]
        self.assertIn(first, project.git("show", "--name-only", "HEAD"))
        self.assertEqual(project.git("status", "--short"), "")
        self.assertEqual(project.values("SELECT count(nickname) FROM users"), [0])

        # A seed for it, which runs once.
        revision = re.search(r"-([0-9a-f]{12})_", first)[1]
        (project.seeds / f"{revision}.py").write_text(SEED)
        self.assertIn("1 run, 2 recorded before", self.make(project, "seed"))
        self.assertIn("0 run, 3 recorded before", self.make(project, "seed"))

        # Two more, by hand, and all three become one.
        for name in ("city", "street"):
            self.add_column(project, name)
            self.make(project, "migration-auto", f'm=add the {name}; "$HOME" `id`')
        self.make(project, "migration-squash", "m=where users live")
        self.assertEqual(len(project.revisions()), 4)
        (new,) = project.current()
        self.assertIn(new, project.values("SELECT revision FROM seed_versions"))
        done = project.commit("where users live", DYLEN_MIGRATION_HOOK_STRICT="1")
        self.assertEqual(done.returncode, 0, done.all)
        self.assertIn("0 run, 3 recorded before", self.make(project, "seed"))

        # Two deploys at once.
        self.make(project, "downgrade", "REV=base")
        both = [project.start("make", "migrate") for _ in range(2)]
        ran = []
        for process in both:
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, out + err)
            ran.append(int(re.search(r": (\d+) revisions? run", out)[1]))
        self.assertEqual(sorted(ran), [0, 4])

        # Starts again.
        done = project.run("make", "db-nuke")
        self.assertNotEqual(done.returncode, 0)
        self.make(project, "db-nuke", "CONFIRM_DB_NUKE=1")
        self.make(project, "migrate-and-seed")
        self.assertEqual(
            project.values("SELECT slug FROM subjects ORDER BY 1"), ["chemistry", "music", "physics"]
        )
        self.make(project, "db-heads")

    def test_every_target(self):
        project = Courses(self, self.server)
        project.environment["DYLEN_PG_DSN"] = project.server.dsn(project.database, "+asyncpg")
        listed = self.make(project, "help")
        for target in TARGETS:
            self.assertIn(f"  make {target} ", listed)
        self.make(project, "migrate")
        self.add_column(project, "nickname")
        self.make(project, "migration", "m=a nickname")
        self.make(project, "migrate-and-seed")
        self.make(project, "downgrade")
        for target in TARGETS:
            if target.startswith("db-") and target not in ("db-nuke", "db-check-seed-data", "db-check"):
                self.make(project, target)
        self.make(project, "migrate-and-seed")
        self.make(project, "db-check-seed-data")
        self.assertIn("drift: clean", self.make(project, "db-check"))

    def test_prefix_and_default_goal(self):
        project = Courses(self, self.server)
        makefile = project.folder / "Makefile"
        own = "migrate:\n\t@echo my own\n"
        makefile.write_text("all:\n\t@echo all of it\n\nGAUGER_TARGET_PREFIX := alembic-\n"
                            "include $(shell gauger makefile)\n\n" + own)
        self.assertEqual(self.make(project, "migrate"), "my own\n")
        self.assertEqual(self.make(project), "all of it\n")
        self.assertIn("  make alembic-migrate ", self.make(project, "alembic-help"))
        self.make(project, "alembic-migrate")
        self.assertEqual(project.current(), [HEAD])
        # Included first, it does not become the default.
        makefile.write_text("include $(shell gauger makefile)\nall:\n\t@echo all of it\n")
        self.assertEqual(self.make(project), "all of it\n")

    def test_product_names_all_targets(self):
        text = subprocess.run([BIN / "gauger", "makefile"], capture_output=True, text=True).stdout
        fragment = pathlib.Path(text.strip()).read_text()
        for target in TARGETS:
            self.assertIn(f"$(call gauger_target,{target}):", fragment)


if __name__ == "__main__":
    unittest.main()
