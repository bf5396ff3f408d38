"""The layouts that layouts_test.py makes.

A layout has `files` and, where it matters, `cwd` (where Alembic and Gauger are run), `ini`, `section` (-n), `project`
(--project) and `flask` (the script location that Flask-Migrate sets). An empty .py or .pyc is filled with a revision;
"{root}" in a text is the layout's folder.
"""

from typing import NamedTuple


class Link(NamedTuple):
    target: str


# Gauger reports what Alembic passes over in silence, or reads by accident.
GAUGER_REFUSES_MORE = {
    "toml: version_locations is a string": "Alembic takes each character for a folder",
    "script_location: a file": "Alembic finds no versions in it and says nothing",
    "ini: a NUL in a comment": "no editor writes one; the file is not text",
}

# Alembic stops where Gauger knows what was meant.
ALEMBIC_REFUSES_MORE = {
    "an absolute path of a container": "the end of the path is a folder of the project",
    "an absolute path of a container, deeper": "the end of the path is a folder of the project",
    "a package in a folder that prepend_sys_path does not name": "it is installed in the project's own Python",
}

_INI = "[alembic]\nscript_location = alembic\n"
_ONE = {"alembic/env.py": "#", "alembic/versions/a.py": ""}
_TWO = {**_ONE, "b/x.py": ""}
_V = "alembic/versions/"


def _ini(text, files=_ONE, **more):
    return {"files": {**files, "alembic.ini": text}, **more}


def _toml(text, files=_ONE, **more):
    return {"files": {**files, "pyproject.toml": "[tool.alembic]\n" + text}, **more}


def _names(*names, keys="", **links):
    files = {_V + name: "" for name in names}
    return _ini(_INI + keys, {"alembic/env.py": "#", **files, **links})


_SCRIPT_LOCATIONS = {
    "relative": ("alembic", _ONE),
    "here": ("%(here)s/alembic", _ONE),
    "here with a slash": ("%(here)s/alembic/", _ONE),
    "here alone": ("%(here)s", {"env.py": "#", "versions/a.py": ""}),
    "here and a slash": ("%(here)s/", {"env.py": "#", "versions/a.py": ""}),
    "dot": (".", {"env.py": "#", "versions/a.py": ""}),
    "dot slash": ("./", {"env.py": "#", "versions/a.py": ""}),
    "nothing": ("", {"env.py": "#", "versions/a.py": ""}),
    "up and down": ("alembic/../alembic", _ONE),
    "package": ("pkg:mig", {"pkg/__init__.py": "#", "pkg/mig/env.py": "#", "pkg/mig/versions/a.py": ""}),
    "package, deeper": ("pkg.sub:mig", {"pkg/sub/mig/env.py": "#", "pkg/sub/mig/versions/a.py": ""}),
    "package, two folders": ("pkg:a:mig", {"pkg/__init__.py": "#", "pkg/a/mig/versions/a.py": ""}),
    "package with a slash": ("pkg:mig/", {"pkg/__init__.py": "#", "pkg/mig/versions/a.py": ""}),
    "percent": ("al%%em", {"al%em/versions/a.py": ""}),
    "missing": ("nope", _ONE),
    "placeholder": ("{alembic_dir}", _ONE),
    "placeholder in angle brackets": ("<dir>", _ONE),
    "outside any key": ("%(nope)s/alembic", _ONE),
    "percent alone": ("alem%bic", _ONE),
    "reference without s": ("%(here)/alembic", _ONE),
    "reference to itself": ("%(script_location)s", _ONE),
    "a file": ("alembic.ini", {**_ONE, "versions/a.py": ""}),
}

_VERSION_LOCATIONS = {
    "blanks": "b alembic/versions",
    "commas": "b,alembic/versions",
    "commas and blanks": "b, alembic/versions",
    "many blanks": "b    alembic/versions",
    "script_location in it": "b %(script_location)s/versions",
    "here in it": "%(here)s/b, %(here)s/alembic/versions",
    "colon, os": "%(here)s/b:%(here)s/alembic/versions\nversion_path_separator = os",
    "colon": "b:alembic/versions\nversion_path_separator = :",
    "semicolon": "b;alembic/versions\nversion_path_separator = ;",
    "space": "b  alembic/versions\nversion_path_separator = space",
    "newline": "\n  b\n\n  alembic/versions\npath_separator = newline",
    "path_separator wins": "b;alembic/versions\npath_separator = ;\nversion_path_separator = os",
    "blanks around": " b ; alembic/versions ;\npath_separator = ;",
    "unknown separator": "b alembic/versions\nversion_path_separator = comma",
    "comment in the separator": "b alembic/versions\nversion_path_separator = os  # a comment",
    "one missing": "nope alembic/versions",
    "all missing": "nope",
    "the same twice": "b b",
    "a file": "b/x.py",
    "nothing": "",
    "continued without a separator": "b,\n  alembic/versions",
    "slash at the end": "b/ alembic/versions/",
    "package": "pkg:mig/ b\nprepend_sys_path = .",
    "package without prepend_sys_path": "pkg:mig b",
}

_NAMES = ["a.py", "__init__.py", "__init__x.py", "__init.py", ".#lock.py", ".x.py", "..py", "~d.py", "e.py~", "f:g.py"]
_NAMES += ["UPPER.PY", "HEAD", "README", "data.csv", "a.sql", "c.pyc", "d.pyw", "space name.py", "é.py", "x.py.py"]

LAYOUTS = {
    **{
        f"script_location: {k}": _ini(f"[alembic]\nprepend_sys_path = .\nscript_location = {v}\n", f)
        for k, (v, f) in _SCRIPT_LOCATIONS.items()
    },
    **{
        f"version_locations: {k}": _ini(
            _INI + f"version_locations = {v}\n", {**_TWO, "pkg/mig/p.py": "", "pkg/__init__.py": "#"}
        )
        for k, v in _VERSION_LOCATIONS.items()
        if "without prepend" not in k
    },
    # ---- the ini as configparser reads it
    "ini: no blanks": _ini("[alembic]\nscript_location=alembic\n"),
    "ini: colon, upper case": _ini("[alembic]\nSCRIPT_LOCATION : alembic\n"),
    "ini: both delimiters": _ini("[alembic]\nscript_location : alembic = b\n"),
    "ini: text after the header": _ini("[alembic] ; main\nscript_location = alembic\n"),
    "ini: a value on the next line": _ini("[alembic]\nscript_location =\n    alembic\n"),
    "ini: indented": _ini("  [alembic]\n  script_location = alembic\n"),
    "ini: indented more": _ini("[alembic]\nfoo = 1\n  script_location = alembic\n"),
    "ini: indented alike": _ini("[alembic]\n  foo = 1\n  script_location = alembic\n"),
    "ini: comment between continued lines": _ini(
        _INI + "version_locations = b\n# no\n  ; no\n  alembic/versions\npath_separator = newline\n", _TWO
    ),
    "ini: inline comment": _ini("[alembic]\nscript_location = alembic # here\n"),
    "ini: carriage returns": _ini(_INI.replace("\n", "\r\n")),
    "ini: carriage returns alone": _ini(_INI.replace("\n", "\r").encode()),
    "ini: byte order mark": _ini(b"\xef\xbb\xbf" + _INI.encode()),
    "ini: byte order mark and comment": _ini(b"\xef\xbb\xbf# c\n" + _INI.encode()),
    "ini: Latin-1": _ini(_INI.encode() + b"# caf\xe9\n"),
    "ini: a NUL in a comment": _ini(_INI.encode() + b"# \x00\n"),
    "ini: a NUL in a value": _ini(b"[alembic]\nscript_location = al\x00embic\n"),
    "ini: no break space": _ini("[alembic]\nscript_location =\u00a0alembic\u3000\n"),
    "ini: key twice": _ini(_INI + "Script_Location = x\n"),
    "ini: section twice": _ini(_INI + _INI),
    "ini: DEFAULT twice": _ini("[DEFAULT]\na = 1\n[DEFAULT]\nb = 1\n" + _INI),
    "ini: key twice in DEFAULT": _ini("[DEFAULT]\na = 1\n[DEFAULT]\na = 1\n" + _INI),
    "ini: no header": _ini("script_location = alembic\n"),
    "ini: a line of junk": _ini(_INI + "junk\n"),
    "ini: a key without a name": _ini(_INI + "= junk\n"),
    "ini: an empty header": _ini(_INI + "[]\n"),
    "ini: brackets in a header": _ini("[a]b]\nx = 1\n" + _INI),
    "ini: a header that looks like a key": _ini("[a = b]\nx = 1\n" + _INI),
    "ini: an open bracket": _ini(_INI + "[open = 1\n"),
    "ini: empty": _ini(b""),
    "ini: DEFAULT": _ini("[DEFAULT]\nscript_location = alembic\n[alembic]\n"),
    "ini: DEFAULT alone": _ini("[DEFAULT]\nscript_location = alembic\n"),
    "ini: key of DEFAULT in a value": _ini(
        "[DEFAULT]\nroot = %(here)s\n[alembic]\nscript_location = %(root)s/alembic\n"
    ),
    "ini: here of its own": _ini("[alembic]\nhere = alembic\nscript_location = %(here)s\n"),
    "ini: a wrong percent in another key": _ini(_INI + "sqlalchemy.url = p://a:50%@b\n"),
    "ini: file_template": _ini(_INI + "file_template = %%(year)d_%%(rev)s\ntimezone = Europe/Berlin\n"),
    "ini: file_template with a single percent": _ini(_INI + "file_template = %(year)d_%(rev)s\n"),
    "ini: a deep reference": _ini(
        "[alembic]\n" + "".join(f"k{i} = %(k{i + 1})s\n" for i in range(8)) + "k8 = alembic\nscript_location = %(k0)s\n"
    ),
    "ini: too deep a reference": _ini(
        "[alembic]\n"
        + "".join(f"k{i} = %(k{i + 1})s\n" for i in range(12))
        + "k12 = alembic\nscript_location = %(k0)s\n"
    ),
    "ini: comment in path_separator": _ini(_INI + "path_separator = os  # a comment\nprepend_sys_path = .\n"),
    "ini: comment in a separator that nothing needs": _ini(_INI + "version_path_separator = os  # a comment\n"),
    # ---- sections
    "section: -n": _ini("[core]\nscript_location = alembic\n[tenant]\nscript_location = b\n", section="core"),
    "section: -n of none": _ini("[core]\nscript_location = alembic\n", section="nope"),
    "section: two and no alembic": _ini("[core]\nscript_location = alembic\n[tenant]\nscript_location = b\n", _TWO),
    "section: main and static": _ini(
        "[main]\nscript_location = alembic\n[static]\nscript_location = b\n", _TWO, section="static"
    ),
    "section: -n DEFAULT": _ini("[DEFAULT]\nscript_location = alembic\n", section="DEFAULT"),
    # ---- where the ini lies
    "ini deeper, location from the root": {
        "files": {**_ONE, "conf/db/alembic.ini": _INI},
        "ini": "conf/db/alembic.ini",
        "project": "conf/db",
    },
    "ini deeper, location from the root, run there": {
        "files": {**_ONE, "conf/alembic.ini": _INI},
        "ini": "conf/alembic.ini",
    },
    "ini in a folder of its own": {
        "files": {"db/alembic.ini": _INI, "db/alembic/versions/a.py": ""},
        "ini": "db/alembic.ini",
        "cwd": "db",
    },
    "ini in the script folder": {"files": {"alembic/alembic.ini": _INI, **_ONE}, "ini": "alembic/alembic.ini"},
    "Flask-Migrate": {
        "files": {"migrations/alembic.ini": "[alembic]\n", "migrations/env.py": "#", "migrations/versions/a.py": ""},
        "ini": "migrations/alembic.ini",
        "flask": "migrations",
    },
    "Flask-Migrate without versions yet": {
        "files": {"migrations/alembic.ini": "[alembic]\n", "migrations/env.py": "#"},
        "ini": "migrations/alembic.ini",
        "flask": "migrations",
    },
    "Flask-Migrate without a section": {
        "files": {
            "migrations/alembic.ini": "[loggers]\nkeys = root\n",
            "migrations/env.py": "#",
            "migrations/versions/a.py": "",
        },
        "ini": "migrations/alembic.ini",
        "flask": "migrations",
    },
    "no script_location": _ini("[alembic]\n"),
    "no ini": {"files": _ONE},
    "an absolute path": _ini("[alembic]\nscript_location = {root}/alembic\n"),
    "an absolute path of a container": _ini("[alembic]\nscript_location = /app/gauger-nowhere/alembic\n"),
    "an absolute path of a container, deeper": _ini(
        "[alembic]\nscript_location = /app/db/alembic\n", {"db/alembic/env.py": "#", "db/alembic/versions/a.py": ""}
    ),
    "a package in a folder that prepend_sys_path does not name": _ini(
        "[alembic]\nscript_location = gauger_pkg:mig\n", {"libs/x/src/gauger_pkg/mig/versions/a.py": ""}
    ),
    "a package in src": _ini(
        "[alembic]\nprepend_sys_path = src\nscript_location = spkg:mig\n", {"src/spkg/mig/versions/a.py": ""}
    ),
    # ---- pyproject.toml
    "toml": _toml('script_location = "%(here)s/alembic"\n'),
    "toml: relative": _toml('script_location = "alembic"\n'),
    "toml: everything": _toml(
        'script_location = "alembic"\nversion_locations = ["%(here)s/b", "alembic/versions"]\nrecursive_version_locations = true\nsourceless = false\nfile_template = "%%(rev)s"\ntimezone = "UTC"\nprepend_sys_path = ["."]\n',
        {**_TWO, "b/c/y.py": ""},
    ),
    "toml: empty version_locations": _toml('script_location = "alembic"\nversion_locations = []\n'),
    "toml: version_locations is a string": _toml('script_location = "alembic"\nversion_locations = "b"\n', _TWO),
    "toml: a string for a flag": _toml('script_location = "alembic"\nrecursive_version_locations = "true"\n'),
    "toml: an integer": _toml("script_location = 3\n"),
    "toml: a single percent": _toml('script_location = "ale%mbic"\n'),
    "toml: another key in a value": _toml('script_location = "%(nope)s"\n'),
    "toml: a single percent in file_template": _toml('script_location = "alembic"\nfile_template = "%(rev)s"\n'),
    "toml: two percents": _toml('script_location = "al%%em"\n', {"al%em/versions/a.py": ""}),
    "toml: not TOML": _toml("script_location = alembic\n"),
    "toml: broken, and only the ini counts": {
        "files": {**_ONE, "alembic.ini": _INI, "pyproject.toml": "[project]\nname = 'x'\n"}
    },
    "toml and ini": {
        "files": {
            **_TWO,
            "alembic.ini": "[alembic]\nfoo = 1\n",
            "pyproject.toml": '[tool.alembic]\nscript_location = "alembic"\nversion_locations = ["b"]\n',
        }
    },
    "toml and ini, the ini wins": {
        "files": {
            **_TWO,
            "alembic.ini": _INI + "version_locations = alembic/versions\n",
            "pyproject.toml": '[tool.alembic]\nscript_location = "b"\nversion_locations = ["b"]\nrecursive_version_locations = true\n',
        }
    },
    "toml and ini, an empty value of the ini": {
        "files": {
            **_TWO,
            "alembic.ini": _INI + "version_locations =\n",
            "pyproject.toml": '[tool.alembic]\nversion_locations = ["b"]\n',
        }
    },
    "toml and an ini without a section": {
        "files": {
            **_ONE,
            "alembic.ini": "[loggers]\nkeys = root\n",
            "pyproject.toml": '[tool.alembic]\nscript_location = "alembic"\n',
        }
    },
    # ---- which files are revisions
    "names": _names(*_NAMES),
    "names: nothing but a suffix": _names("a.py", ".py"),
    "names: optimized": _names("a.py", "b.pyo", keys="sourceless = true\n"),
    "names: sourceless": _names(*_NAMES, keys="sourceless = true\n"),
    "names: sourceless in upper case": _names(*_NAMES, keys="sourceless = True\n"),
    "sourceless: cache": _names(
        "a.py",
        "__pycache__/a.cpython-311.pyc",
        "__pycache__/b.cpython-311.pyc",
        ".x.py",
        "__pycache__/.y.cpython-311.pyc",
        keys="sourceless = true\n",
    ),
    "sourceless: compiled twice": _names("a.pyc", "a.pyo", "c.py", "c.pyc", keys="sourceless = true\n"),
    "sourceless: recursive": _names(
        "a.py",
        "s/b.pyc",
        "s/__pycache__/c.cpython-311.pyc",
        "__pycache__/d.cpython-311.pyc",
        keys="sourceless = true\nrecursive_version_locations = true\n",
    ),
    "cache without sourceless": _names("a.py", "__pycache__/b.cpython-311.pyc"),
    "folders": _names("a.py", "s/b.py", "d.py/c.py"),
    "folders: recursive": _names(
        "b.py",
        "s/b.py",
        "a/z/y.py",
        "a/b.py",
        "d.py/c.py",
        ".h/i.py",
        "__pycache__/n.py",
        "my__pycache__/n.py",
        "my__pycache__/in/h.py",
        "a.d/x.py",
        "a-d/x.py",
        keys="recursive_version_locations = true\n",
    ),
    "folders: recursive in upper case": _names("a.py", "s/b.py", keys="recursive_version_locations = True\n"),
    "overlap": _names(
        "a.py",
        "s/b.py",
        keys="recursive_version_locations = true\nversion_locations = alembic/versions/s alembic/versions\n",
    ),
    "no versions folder": _ini(_INI, {"alembic/env.py": "#"}),
    "empty versions folder": _ini(_INI, {"alembic/versions": None}),
    "no env.py": _ini(_INI, {"alembic/versions/a.py": ""}),
    # ---- links
    "link: a file": _names("a.py", **{"shared/r.py": "", _V + "link.py": Link("../../shared/r.py")}),
    "link: to a sibling": _names("r.py", **{_V + "a.py": Link("r.py")}),
    "link: another suffix": _names("a.py", **{"shared/r.txt": "#", _V + "link.py": Link("../../shared/r.txt")}),
    "link: only the target is .py": _names("a.py", **{"shared/r.py": "", _V + "README": Link("../../shared/r.py")}),
    "link: dangling": _names("a.py", **{_V + "link.py": Link("nope.py")}),
    "link: dangling, another suffix": _names("a.py", **{_V + "link.py": Link("nope.txt")}),
    "link: dangling twice": _names("a.py", **{_V + "link.txt": Link("second"), _V + "second": Link("nope.py")}),
    "link: Emacs lock": _names("a.py", **{_V + ".#a.py": Link("me@host.4711:1")}),
    "link: to itself": _names("a.py", **{_V + "link.py": Link("link.py")}),
    "link: versions": _ini(_INI, {"shared/q.py": "", "alembic/env.py": "#", "alembic/versions": Link("../shared")}),
    "link: folders are not entered": _names(
        "a.py",
        keys="recursive_version_locations = true\n",
        **{"shared/q.py": "", _V + "sub": Link("../../shared"), _V + "self": Link(".")},
    ),
    "link: script location": _ini(_INI, {"db/env.py": "#", "db/versions/a.py": "", "alembic": Link("db")}),
    "link: out of the repository": _names("a.py", **{_V + "out.py": Link("/dev/null")}),
}

_FOLDERS = ["alembic/versions", "b", "b/c", "alembic/versions/s", "x y", "pkg/mig"]


def _random_key(rng, key, value):
    """One key as somebody may write it."""
    name = "".join(rng.choice([c.lower(), c.upper()]) if rng.random() < 0.1 else c for c in key)
    return f"{name}{rng.choice(['', ' ', '  '])}{rng.choice('=:' if rng.random() < 0.3 else '=')}{rng.choice(['', ' '])}{value}\n"


def _random_noise(rng):
    return rng.choice(
        [
            "\n",
            "# comment\n",
            "; comment = 1\n",
            "   # indented\n",
            "  \n",
            "revision_environment = true\n" if rng.random() < 0.1 else "\n",
        ]
    )


def random_layout(rng):
    files = {}
    for folder in _FOLDERS:
        for _ in range(rng.randrange(4)):
            files[
                f"{folder}/{rng.choice(_NAMES + ['m.py', 'n.py', 'o.py', '.py' if rng.random() < 0.1 else 'q.py'])}"
            ] = ""
    files["alembic/env.py"] = "#"
    files["pkg/__init__.py"] = "#"
    keys = [
        _random_key(
            rng,
            "script_location",
            rng.choice(
                [
                    "alembic",
                    "%(here)s/alembic",
                    "./alembic/",
                    "%(base)s",
                    "alembic",
                    "nope" if rng.random() < 0.2 else "alembic",
                ]
            ),
        )
    ]
    if "%(base)s" in keys[0]:
        keys.append(_random_key(rng, "base", rng.choice(["alembic", "%(here)s/alembic"])))
    chosen = rng.sample(_FOLDERS + ["nope", "%(here)s/b", "%(script_location)s/versions", "{root}/b"], rng.randrange(4))
    separator, text = rng.choice(
        [
            (None, " "),
            (None, ", "),
            (None, ","),
            ("os", ":"),
            (":", ":"),
            (";", ";"),
            (";", " ; "),
            ("space", "  "),
            ("newline", "\n   "),
            ("os # c" if rng.random() < 0.2 else "os", ":"),
        ]
    )
    if chosen or rng.random() < 0.2:
        keys.append(_random_key(rng, "version_locations", text.join(chosen)))
    if separator:
        keys.append(_random_key(rng, rng.choice(["path_separator", "version_path_separator"]), separator))
    for key in ("recursive_version_locations", "sourceless"):
        if rng.random() < 0.5:
            keys.append(_random_key(rng, key, rng.choice(["true", "true", "false", "True"])))
    if rng.random() < 0.3:
        keys.append(_random_key(rng, "prepend_sys_path", rng.choice([".", ". src", "", "%(here)s"])))
    rng.shuffle(keys)
    text = rng.choice(["", "", "# top\n", "[DEFAULT]\nfoo = bar\n"]) + "[alembic]\n"
    text += "".join(key + (_random_noise(rng) if rng.random() < 0.3 else "") for key in keys)
    if rng.random() < 0.3:
        text += "[loggers]\nkeys = root\n"
    files["alembic.ini"] = text
    if rng.random() < 0.2:
        files["pyproject.toml"] = (
            '[tool.alembic]\nscript_location = "b"\nversion_locations = ["%(here)s/b", "pkg/mig"]\n'
        )
    return {"files": files}
