#!/usr/bin/env python3
"""The day of a developer with the power cut at every step of it: the next command works, or says
what to do, and nothing of the working tree is lost. GAUGER_KILLS: at how many moments of each step."""

import os
import re
import signal
import time
import unittest

from flow_project import Courses, Server, cut_power

HEAD = "9d60b7e5a2c3"
COLUMN = "    {0}: Mapped[str | None] = mapped_column(String(40))\n"
SEED = """import sqlalchemy as sa


async def seed(connection) -> None:
    await connection.execute(
        sa.text("INSERT INTO subjects VALUES ('{0}', '{0}') ON CONFLICT DO NOTHING")
    )
"""
# What git says where the commit was already made when the power went.
NOTHING_LEFT = "(nothing|nothing added|no changes added) to commit"
KILLS = int(os.environ.get("GAUGER_KILLS", "0"))


def moments(default):
    """Parts of a step's time."""
    return [(step + 0.5) / KILLS for step in range(KILLS)] or default


class Day:
    """The steps, one after the other: each is a command that is cut, and then done again until it
    works. What it says when it does not has to be enough for the one who typed it."""

    def __init__(self, test, server, moment, cut, times):
        self.test = test
        self.project = Courses(test, server)
        self.moment = moment  # part of the time that a step takes; nothing: nobody cuts
        self.cut = cut
        self.cut_off = []
        self.times = times  # of the steps, by name; filled where nobody cuts

    def obey(self, said):
        """Does what a message asks for."""
        project = self.project
        if ".lock': File exists" in said:  # of the index, of HEAD, of a branch
            self.test.assertIn("remove the file manually", said)
            for lock in (project.folder / ".git").rglob("*.lock"):
                lock.unlink()
        elif "not staged" in said:
            self.test.assertIn("stage them", said)
            project.git("add", "-A")
        elif "gauger migrate" in said:
            self.insist("what was asked for", "make", "migrate")
        elif any(each in said for each in ("another run is", "others are connected")):
            time.sleep(0.5)
        else:
            self.test.fail(f"no word of what to do: {said}")

    def insist(self, name, *words, **variables):
        """Runs a command, and does what it asks for, until it works."""
        for _ in range(4):
            done = self.project.run(*words, **variables)
            if done.returncode == 0 or re.search(NOTHING_LEFT, done.all):
                return done
            self.obey(done.all)
        return self.test.fail(f"{name}: it never works: {done.all}")

    def step(self, name, *words, **variables):
        project = self.project
        before = project.state()
        if self.moment is None:
            began = time.monotonic()
        else:
            process = project.start(*words, **variables)
            time.sleep(self.moment * self.times[name])
            self.cut(process)
            self.cut_off.append(process)
            self.assert_kept(before, name)
        done = self.insist(name, *words, **variables)
        if self.moment is None:
            self.times[name] = time.monotonic() - began
        return done

    def assert_kept(self, before, name):
        """Each file is where it was, or whole under another name."""
        after = self.project.state()
        kept = set(after.values())
        for path, text in before.items():
            if text not in kept:
                self.test.fail(f"{name}: {path} is lost")

    def add_column(self, name):
        self.project.edit(
            "app/schema/people.py", "    created_at", COLUMN.format(name) + "    created_at"
        )

    def assert_in_order(self, revisions):
        """As it is where nobody has cut anything."""
        project = self.project
        self.test.assertEqual(len(project.revisions()), revisions, project.revisions())
        (head,) = project.current()
        self.test.assertTrue([name for name in project.revisions() if head in name])
        for words in (["check-heads"], ["check-linear-history"], ["migration-lint"], ["drift"]):
            done = project.run(*words)
            self.test.assertEqual(done.returncode, 0, (words, done.all))

    def run(self):
        project = self.project
        self.step("install", "make", "hooks-install")
        self.test.assertEqual(
            (project.folder / ".git/hooks/pre-commit").read_text().count(">>> gauger"), 1
        )
        self.step("migrate and seed", "make", "migrate-and-seed")

        # The hook makes the migration, and commits what is staged and no more.
        self.add_column("nickname")
        project.git("add", "-A")
        notes = project.folder / "notes.txt"
        notes.write_text("not staged\n")
        self.step("automatic", "git", "commit", "-q", "-m", "a nickname", DYLEN_AUTO_MIGRATIONS="1")
        self.test.assertEqual(notes.read_text(), "not staged\n")
        (first,) = [name for name in project.revisions() if "nickname" in name]
        self.test.assertIn(first, project.git("show", "--name-only", "HEAD"))
        self.assert_in_order(4)

        # Another file is staged in part.
        people = project.folder / "app/schema/people.py"
        whole = people.read_text()
        people.write_text(whole.replace("class User(Base):", "class User(Base):\n    # Who.\n", 1))
        project.git("add", "-A")
        staged = people.read_text()
        people.write_text(staged + "\n# Not yet.\n")
        self.step("partial", "git", "commit", "-q", "-m", "a comment")
        self.test.assertEqual(people.read_text(), staged + "\n# Not yet.\n")
        self.test.assertEqual(project.git("show", "HEAD:app/schema/people.py"), staged)
        people.write_text(staged)

        revision = re.search(r"-([0-9a-f]{12})_", first)[1]
        (project.seeds / f"{revision}.py").write_text(SEED.format("music"))
        self.step("seed", "make", "seed")
        self.test.assertIn("0 run, 3 recorded before", self.step("again", "make", "seed").all)
        for name in ("city", "street"):
            self.add_column(name)
            self.step(name, "make", "migration-auto", f"m=the {name}")
            self.assert_in_order(6 if name == "street" else 5)
        self.step("squash", "make", "migration-squash", "m=where users live")
        self.assert_in_order(4)
        self.test.assertIn("0 run, 3 recorded", project.run("make", "seed").all)
        project.git("add", "-A")
        self.step("commit", "git", "commit", "-q", "-m", "live", DYLEN_MIGRATION_HOOK_STRICT="1")

        # Once more, by the hook of a commit.
        self.add_column("country")
        project.git("add", "-A")
        self.step("another", "git", "commit", "-q", "-m", "a country", SKIP_GIT_MIGRATION_HOOK="1")
        self.step("its own", "make", "migration-auto", "m=a country")
        project.git("add", "-A")
        self.step("squash by the hook", "git", "commit", "-q", "-m", "one migration",
                  DYLEN_MIGRATION_HOOK_SQUASH="1", MIGRATION_BASE_REF="main")
        self.assert_in_order(4)
        self.test.assertEqual(project.git("status", "--short", "migrations").strip(), "")

        self.step("down", "make", "downgrade", "REV=base")
        other = project.start("make", "migrate")
        self.step("race", "make", "migrate")
        out, err = other.communicate(timeout=60)
        self.test.assertEqual(other.returncode, 0, out + err)
        self.step("seeds", "make", "seed")
        self.assert_in_order(4)

        self.step("nuke", "make", "db-nuke", "CONFIRM_DB_NUKE=1")
        self.step("rebuild", "make", "migrate-and-seed")
        self.assert_in_order(1)
        self.test.assertEqual(
            project.values("SELECT slug FROM subjects ORDER BY 1"),
            ["chemistry", "music", "physics"],
        )


def kill_top(process):
    """The command that was typed, and not what it has started."""
    process.send_signal(signal.SIGKILL)
    process.wait()


class KillsTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.times = {}
        Day(cls("test_power_cut"), cls.server, None, None, cls.times).run()

    def day(self, moment, cut):
        day = Day(self, self.server, moment, cut, self.times)
        try:
            day.run()
        finally:
            for process in day.cut_off:
                process.communicate(timeout=60)

    def test_power_cut(self):
        for moment in moments([0.6]):
            with self.subTest(moment=moment):
                self.day(moment, cut_power)

    def test_killed(self):
        for moment in moments([]):
            with self.subTest(moment=moment):
                self.day(moment, kill_top)


if __name__ == "__main__":
    unittest.main()
