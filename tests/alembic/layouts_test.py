"""Layouts of Alembic projects, judged by Alembic and by Gauger: script location, version locations, and which files
are revisions, in which order.

Each layout is made in a folder of its own and given to alembic.script.ScriptDirectory and to layouts_driver. First those
with a name, such as people have written them, then some hundreds from a seeded generator.
"""

import argparse
import json
import os
import py_compile
import random
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from layouts import ALEMBIC_REFUSES_MORE, GAUGER_REFUSES_MORE, LAYOUTS, Link, random_layout


def revision(identifier):
    return f"revision = {identifier!r}\ndown_revision = None\n"


def make(folder, files):
    """Text is a file's, None a folder, a Link a link; a .py without text gets a revision, a .pyc is compiled from one."""
    (folder / ".git").mkdir(parents=True)
    for number, (name, content) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.mkdir(exist_ok=True)
        elif isinstance(content, Link):
            os.symlink(content.target.replace("{root}", str(folder)), path)
        elif isinstance(content, bytes):
            path.write_bytes(content)
        elif path.suffix in (".pyc", ".pyo"):
            source = folder / "compiled_from.txt"
            source.write_text(revision(f"r{number}"))
            py_compile.compile(str(source), cfile=str(path), doraise=True)
            source.unlink()
        else:
            path.write_text(content.replace("{root}", str(folder)) or revision(f"r{number}"))


def ask_alembic(folder, layout):
    """Packages of one layout must not be those of the next."""
    path, modules = list(sys.path), set(sys.modules)
    os.chdir(folder / layout.get("cwd", "."))
    try:
        return ask_script_directory(folder, layout)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        os.chdir("/")
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            del sys.modules[name]
        sys.path_importer_cache.clear()


def ask_script_directory(folder, layout):
    ini = folder / layout.get("ini", "alembic.ini")
    config = Config(
        os.path.relpath(ini) if ini.exists() else None,
        toml_file="pyproject.toml",
        ini_section=layout.get("section") or "alembic",
    )
    if layout.get("flask"):
        config.set_main_option("script_location", layout["flask"])
    script = ScriptDirectory.from_config(config)
    return {
        "script_location": os.path.abspath(script.dir),
        "version_locations": [os.path.normpath(path) for path in script._version_locations],
        "file_template": script.file_template,
        "timezone": script.timezone or "",
        "files": [item.path for item in script._load_revisions()],
    }


def compare(name, alembic, gauger):
    """What differs, in words; nothing where they agree."""
    if "error" in alembic or gauger["errors"]:
        refused_by_alembic = "error" in alembic
        refused_by_gauger = bool(gauger["errors"])
        if refused_by_alembic and not refused_by_gauger and name not in ALEMBIC_REFUSES_MORE:
            return f"Alembic refuses ({alembic['error']}), Gauger does not"
        if refused_by_gauger and not refused_by_alembic and name not in GAUGER_REFUSES_MORE:
            return f"Gauger refuses ({gauger['errors']}), Alembic does not"
        return None
    gauger["file_template"] = gauger["file_template"] or "%(rev)s_%(slug)s"
    for key, value in alembic.items():
        if gauger[key] != value:
            return f"{key}: Alembic has {value}, Gauger has {gauger[key]}"
    if name in ALEMBIC_REFUSES_MORE or name in GAUGER_REFUSES_MORE:
        return "they agree, so this is no longer a disagreement"
    return None


class Driver:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, folder, layout):
        question = {
            "folder": str(folder / layout.get("cwd", ".")),
            "project": layout.get("project"),
            "section": layout.get("section"),
        }
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--only", help="a layout's name; its folder is kept")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    layouts = dict(LAYOUTS)
    for number in range(arguments.count):
        layouts[f"random {number}"] = random_layout(random.Random(f"{arguments.seed} {number}"))
    if arguments.only:
        layouts = {arguments.only: layouts[arguments.only]}

    driver = Driver(arguments.driver)
    # Not below a folder that is a repository, such as somebody's home.
    base = Path(tempfile.mkdtemp(prefix="gauger-layouts-")).resolve()
    agreed = failed = refused = files = 0
    try:
        for number, (name, layout) in enumerate(layouts.items()):
            folder = base / str(number)
            make(folder, layout["files"])
            alembic = ask_alembic(folder, layout)
            gauger = driver.ask(folder, layout)
            problem = compare(name, alembic, gauger)
            refused += "error" in alembic
            files += len(alembic.get("files", []))
            if problem:
                failed += 1
                print(f"FAILED {name}: {problem}\n  {layout}".replace(str(folder), "…"))
            else:
                agreed += 1
    finally:
        if arguments.only:
            print(base)
        else:
            shutil.rmtree(base)
    print(f"{files} revision files compared; Alembic refused {refused} layouts")
    print(f"layouts: {agreed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
