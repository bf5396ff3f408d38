"""Generated histories, judged by Alembic and by Gauger: they must agree, but for what is listed here.

Each history is fed to alembic.script.revision.RevisionMap and to history_driver; some hundreds more
go through files and ScriptDirectory. Compared: heads, bases, branch points, merge points, the labels
of heads, what abbreviated ids resolve to, ids that are used twice, and what stops Alembic.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.script import revision as alembic_revision
from alembic.util import to_tuple

# What Gauger says differently on purpose. Each is recognized by a condition below, never skipped
# blindly, and the test says how often it met each.
DISAGREEMENTS = {
    "cycle with a way in and a way out": (
        "Alembic looks for revisions that no head or no base leads to. A cycle that hangs between a base and a head "
        "has none, so Alembic loads it and applies a revision before one that it needs. Gauger reports the cycle."
    ),
    "duplicate is a head": (
        "Of two files with one id Alembic keeps the last, warns, and still counts the other among its heads (and "
        "bases). Gauger reports the duplicate and no second head."
    ),
    "duplicate with a label": (
        "A file whose id is used again stays in Alembic's map under its branch label, and so do its edges. Gauger "
        "reports the duplicate and looks at the last file only."
    ),
    "parent is a label": (
        "`down_revision` takes ids only. Alembic accepts a label at first and fails later: with KeyError, with a "
        "'broken map', with a cycle where no base is left, or it runs for ever (an id used twice, of which the first "
        "names its own label). Gauger always says that there is no such revision."
    ),
}

KINDS_OF_CONSTRUCTION = ("self_parent", "self_dependency", "illegal_id")


# ---- histories -------------------------------------------------------------------------------------------------------


class Item:
    """A revision as its file would have it; the raw values are what Alembic gets."""

    def __init__(self, id_, down_revision=None, depends_on=None, branch_labels=None):
        self.id = id_
        self.down_revision = down_revision
        self.depends_on = depends_on
        self.branch_labels = branch_labels

    def question(self):
        return {
            "id": self.id,
            "down_revision": list(to_tuple(self.down_revision, default=())),
            "depends_on": list(to_tuple(self.depends_on, default=())),
            "branch_labels": list(to_tuple(self.branch_labels, default=())),
        }

    def revision(self):
        # As Script.__init__ in alembic/script/base.py.
        return alembic_revision.Revision(
            self.id,
            self.down_revision,
            branch_labels=to_tuple(self.branch_labels, default=()),
            dependencies=to_tuple(self.depends_on, default=()),
        )


def make_ids(rng, count):
    style = rng.random()
    stem = "%04x" % rng.getrandbits(16)
    ids = []
    while len(ids) < count:
        if style < 0.4:
            id_ = "%012x" % rng.getrandbits(48)
        elif style < 0.6:  # many that begin alike
            id_ = stem[: rng.randint(1, 4)] + "%x" % rng.getrandbits(rng.choice([4, 8, 16]))
        elif style < 0.8:
            id_ = "%03d" % (len(ids) + 1) + rng.choice(["", "_add", "_add_users"])
        else:
            id_ = rng.choice(["a", "b", "c", "ab", "abc", "abcd", "abcde", "v1.0", "x_", "r2020"]) + "x" * (len(ids) // 8)
        if id_ not in ids:
            ids.append(id_)
    return ids


def scalar_or_tuple(rng, names):
    if not names:
        return rng.choice([None, None, None, (), []])
    if len(names) == 1:
        return rng.choice([names[0], names[0], names[0], (names[0],)])
    return rng.choice([tuple, list])(names)


def make_history(rng):
    count = rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 30])
    ids = make_ids(rng, count)
    wild = rng.random()  # how branched it is
    labels = []
    items = []
    for i, id_ in enumerate(ids):
        earlier = ids[:i]
        roll = rng.random()
        if not earlier or roll < 0.1 * wild:
            parents = []
        elif roll < 0.25 * wild and len(earlier) > 1:
            parents = rng.sample(earlier, min(len(earlier), rng.choice([2, 2, 2, 3])))
        elif roll < 0.5 * wild:
            parents = [rng.choice(earlier)]
        else:
            parents = [earlier[-1]]
        own_labels = []
        if rng.random() < 0.12:
            own_labels = ["label%d" % len(labels)]
            if rng.random() < 0.3:
                own_labels.append(rng.choice(["lab", "feature", "expand"]) + str(len(labels)))
            labels += own_labels
        depends = []
        if earlier and rng.random() < 0.12:
            depends = rng.sample(earlier + labels, 1 if rng.random() < 0.7 else min(2, len(earlier)))
        items.append(Item(id_, parents, depends, own_labels))
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        spoil(rng, items, ids, labels)
    for item in items:
        item.down_revision = scalar_or_tuple(rng, item.down_revision)
        item.depends_on = scalar_or_tuple(rng, item.depends_on)
        item.branch_labels = scalar_or_tuple(rng, item.branch_labels)
    rng.shuffle(items)
    return items


def spoil(rng, items, ids, labels):
    item = rng.choice(items)
    way = rng.randrange(14)
    if way == 0:
        item.down_revision = [rng.choice(["missing", "0" * 12, "zz"])]
    elif way == 1:
        item.down_revision = item.down_revision + ["missing"]
    elif way == 2:  # abbreviated: Alembic wants whole ids in files
        item.down_revision = [rng.choice(ids)[: rng.randint(1, 5)]]
    elif way == 3:
        item.depends_on = item.depends_on + [rng.choice(["missing", "label"])]
    elif way == 4:
        items.append(Item(rng.choice(ids), rng.choice([[], [rng.choice(ids)]]), [], rng.choice([[], [], ["twice"]])))
    elif way == 5:  # maybe a cycle
        item.down_revision = [rng.choice(ids)]
    elif way == 6:
        item.down_revision = item.down_revision + [rng.choice(ids)]
    elif way == 7:
        item.down_revision = rng.choice([[item.id], item.down_revision + [item.id]])
    elif way == 8:
        item.depends_on = [item.id]
    elif way == 9:
        item.depends_on = item.depends_on + [rng.choice(ids + labels)]
    elif way == 10:
        item.down_revision = [rng.choice(labels)] if labels else [""]
    elif way == 11:
        item.branch_labels = item.branch_labels + [rng.choice(ids + labels + item.branch_labels)]
    elif way == 12:
        item.depends_on = rng.choice([[""], ["", "missing"]])
    else:
        item.id = item.id + rng.choice("@-+:") + "x"


def texts_to_resolve(rng, items):
    names = [item.id for item in items]
    for item in items:
        names += to_tuple(item.branch_labels, default=())
    texts = []
    for _ in range(min(6, 2 * len(names))):
        name = rng.choice(names)
        texts.append(rng.choice([name, name[: rng.randint(1, 6)], name + "0", name[1:4]]))
    special = ("head", "heads", "base", "")
    return [text for text in texts if text not in special and not set(text) & set("@-+:")]


# ---- what Alembic says -----------------------------------------------------------------------------------------------


class Verdict:
    def __init__(self):
        self.stop = None  # what kind of error, as Gauger names it
        self.error = ""
        self.duplicates = set()
        self.map = None


class Hangs(Exception):
    pass


def raise_hangs(*_):
    raise Hangs


def judge(make_map):
    verdict = Verdict()
    signal.signal(signal.SIGALRM, raise_hangs)
    signal.alarm(5)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            revision_map = make_map()
            revision_map._revision_map
            verdict.map = revision_map
        except Exception as error:  # noqa: BLE001: any of them stops Alembic, and is told apart below
            verdict.error = "%s: %s" % (type(error).__name__, error)
            parent_missing = any("referenced from" in str(warning.message) for warning in caught)
            verdict.stop = kind_of(error, parent_missing)
        finally:
            signal.alarm(0)
    for warning in caught:
        if "is present more than once" in str(warning.message):
            verdict.duplicates.add(str(warning.message).split()[1])
    return verdict


def kind_of(error, parent_missing):
    if isinstance(error, Hangs):
        return "hangs"
    if isinstance(error, alembic_revision.DependencyLoopDetected):
        return "self_dependency"
    if isinstance(error, alembic_revision.LoopDetected):
        return "self_parent"
    if isinstance(error, alembic_revision.DependencyCycleDetected):
        return "dependency_cycle"
    if isinstance(error, alembic_revision.CycleDetected):
        return "cycle"
    if isinstance(error, KeyError):
        return "unknown_parent" if parent_missing else "unknown_dependency"
    if "not allowed in revision identifier" in str(error):
        return "illegal_id"
    if "already used by revision" in str(error):
        return "duplicate_label"
    if "broken map" in str(error):
        return "broken_map"
    return "unreadable"


def resolve_with_alembic(revision_map, text):
    try:
        return "found " + revision_map.get_revision(text).revision
    except alembic_revision.ResolutionError as error:
        return "ambiguous" if "Multiple revisions start" in str(error) else "nothing"


# ---- the comparison --------------------------------------------------------------------------------------------------


class Mismatch(Exception):
    pass


def expect(what, alembic, gauger):
    if alembic != gauger:
        raise Mismatch("%s: Alembic %r, Gauger %r" % (what, alembic, gauger))


def winners_of(items):
    return {item.id: item for item in items}  # the last of each id


def check_claims(items, answer):
    """What Gauger says of cycles must be so, whatever Alembic says."""
    winners = winners_of(items)
    owners = {id_: id_ for id_ in winners}
    for item in items:
        for label in to_tuple(item.branch_labels, default=()):
            owners.setdefault(label, item.id)
    below = {}
    for id_, item in winners.items():
        depends = [owners.get(name, name) for name in to_tuple(item.depends_on, default=())]
        below[id_] = (set(to_tuple(item.down_revision, default=())), set(depends))
    for problem in answer["problems"]:
        if problem["kind"] in ("cycle", "dependency_cycle"):
            way = problem["related"]
            for here, next_ in zip(way, way[1:] + way[:1]):
                allowed = below[here][0] if problem["kind"] == "cycle" else below[here][0] | below[here][1]
                if next_ not in allowed:
                    raise Mismatch("no step from %s to %s" % (here, next_))
    if not any("cycle" in problem["kind"] or "self" in problem["kind"] for problem in answer["problems"]):
        place = {id_: at for at, id_ in enumerate(answer["order"])}
        expect("order", sorted(winners), sorted(place))
        for id_, (parents, depends) in below.items():
            for lower in parents | depends:
                if place.get(lower, -1) >= place[id_]:
                    raise Mismatch("order: %s stands before %s" % (id_, lower))


def shadowed_of(items):
    winners = winners_of(items)
    return [item for item in items if winners[item.id] is not item]


def compare_stop(items, verdict, answer, met):
    """True when the maps can be compared."""
    stops = [problem for problem in answer["problems"] if problem["kind"] != "duplicate_id"]
    first = stops[0]["kind"] if stops else None
    if first == "empty_dependency":
        first = "dependency_cycle"  # as which Alembic sees it
    if verdict.stop == first:
        return verdict.stop is None
    shadowed = {item.id for item in shadowed_of(items)}
    if first == "unknown_parent" and stops[0]["revision"] in shadowed:
        # Alembic comes to the parents of a file whose id is used again without a warning, after some cycles.
        if verdict.stop in ("unknown_dependency", "cycle"):
            return False
    labels = {label for item in items for label in to_tuple(item.branch_labels, default=())}
    if first == "unknown_parent" and stops[0]["name"] in labels:
        if verdict.stop in ("unknown_dependency", "broken_map", "cycle", "hangs"):
            met["parent is a label"] += 1
            return False
    if first in ("cycle", "dependency_cycle") and verdict.stop in (None, "dependency_cycle"):
        met["cycle with a way in and a way out"] += 1
        return verdict.stop is None
    raise Mismatch("what stops Alembic: %s (%s), Gauger says %s" % (verdict.stop, verdict.error, first))


def compare_maps(items, verdict, answer, met):
    shadowed = shadowed_of(items)
    if any(to_tuple(item.branch_labels, default=()) for item in shadowed):
        met["duplicate with a label"] += 1
        return
    if shadowed:
        met["duplicate is a head"] += 1
    shadowed_bases = [item.id for item in shadowed if not to_tuple(item.down_revision, default=())]
    revision_map = verdict.map
    expect("heads", sorted(revision_map.heads), sorted(answer["heads"] + [item.id for item in shadowed]))
    expect("bases", sorted(revision_map.bases), sorted(answer["bases"] + shadowed_bases))
    if not shadowed:
        expect("order of heads", list(revision_map.heads), answer["heads"])
        expect("order of bases", list(revision_map.bases), answer["bases"])
    revisions = {revision.revision: revision for revision in revision_map._revision_map.values() if revision}
    points = sorted(id_ for id_, revision in revisions.items() if revision.is_branch_point)
    expect("branch points", points, sorted(answer["branch_points"]))
    points = sorted(id_ for id_, revision in revisions.items() if revision.is_merge_point)
    expect("merge points", points, sorted(answer["merge_points"]))
    for head in answer["heads"]:
        expect("labels of " + head, sorted(revisions[head].branch_labels), answer["labels"][head])


def compare(items, verdict, texts, answer, met):
    expect("errors", [], answer["errors"])
    check_claims(items, answer)
    duplicates = {problem["name"] for problem in answer["problems"] if problem["kind"] == "duplicate_id"}
    if verdict.stop not in KINDS_OF_CONSTRUCTION:  # else Alembic has not seen all revisions
        expect("duplicates", verdict.duplicates, duplicates)
    if compare_stop(items, verdict, answer, met):
        compare_maps(items, verdict, answer, met)
        for text, resolved in zip(texts, answer["resolved"]):
            expect("resolve " + text, resolve_with_alembic(verdict.map, text), resolved)


# ---- through files ---------------------------------------------------------------------------------------------------


def literal(rng, value):
    """The value as people write it; now and then as an expression."""
    if isinstance(value, str):
        quote = rng.choice(["'", '"', '"""', "'''"])
        if len(value) > 3 and rng.random() < 0.1:
            return "(%r %r)" % (value[:2], value[2:])
        return quote + value + quote
    if isinstance(value, (tuple, list)) and value and rng.random() < 0.3:
        end = ",\n" if len(value) > 1 or isinstance(value, tuple) else "\n"
        opening, closing = "()" if isinstance(value, tuple) else "[]"
        return opening + "\n" + ",\n".join("    %r" % name for name in value) + end + closing
    return repr(value)


def assignment(rng, name, value):
    roll = rng.random()
    if roll < 0.1:
        return "%s: str | None = %s" % (name, literal(rng, value))
    if roll < 0.15:
        return "_%s = %s\n%s = _%s" % (name, literal(rng, value), name, name)
    if roll < 0.2:
        return "if True:\n    %s = %r" % (name, value)
    return "%s = %s" % (name, literal(rng, value))


def source_of(rng, item):
    lines = ['"""A revision\n\nRevision ID: %s\n\n"""' % item.id, "from alembic import op", ""]
    lines.append(assignment(rng, "revision", item.id))
    lines.append(assignment(rng, "down_revision", item.down_revision))
    if item.branch_labels or rng.random() < 0.6:
        lines.append(assignment(rng, "branch_labels", item.branch_labels))
    if item.depends_on or rng.random() < 0.6:
        lines.append(assignment(rng, "depends_on", item.depends_on))
    lines += ["", "", "def upgrade():", "    pass", "", "", "def downgrade():", "    pass", ""]
    return "\n".join(lines)


# A file that is no revision, and whether Alembic loads it all the same.
ODD_FILES = (
    ("helper.py", "x = 1\n", "stops"),
    ("empty.py", "", "stops"),
    ("no_parent.py", "revision = 'abcd1234'\n", "stops"),
    ("number.py", "revision = 12\ndown_revision = None\n", "stops"),
    ("none.py", "revision = None\ndown_revision = None\n", "stops"),
    ("broken.py", "revision = 'abcd1234'\ndown_revision = (None\n", "stops"),
    ("abc_12ab.py", "down_revision = None\n", "stops"),
    ("12ab.py", "down_revision = None\n", "12ab"),
    (".hidden.py", "revision = 'abcd1234'\ndown_revision = None\n", "abcd1234"),
    ("README.md", "revision = 'abcd1234'\n", None),
    ("__init__.py", "", None),
)


def check_files(rng, folder, driver, met):
    items = make_history(rng)
    odd = rng.choice(ODD_FILES) if rng.random() < 0.4 else None
    versions = folder / "versions"
    versions.mkdir(parents=True)
    named = []
    for at, item in enumerate(items):
        name = "%03d_revision.py" % at if rng.random() < 0.5 else "%03d.py" % at
        (versions / name).write_text(source_of(rng, item), encoding="utf-8")
        named.append((name, item))
    if odd:
        (versions / odd[0]).write_text(odd[1], encoding="utf-8")
        if odd[2] not in ("stops", None):
            named.append((odd[0], Item(odd[2])))
    items = [item for _, item in sorted(named, key=lambda pair: pair[0])]

    texts = texts_to_resolve(rng, items)
    verdict = judge(lambda: ScriptDirectory(str(folder)).revision_map)
    answer = driver.ask({"folder": str(versions), "resolve": texts})
    if odd and odd[2] == "stops":
        if len(answer["errors"]) != 1 or not answer["errors"][0].startswith(odd[0] + ":"):
            raise Mismatch("errors: %r" % answer["errors"])
        # Alembic stops at the first of several things.
        if verdict.stop is None:
            raise Mismatch("Alembic loads " + odd[0])
        return
    compare(items, verdict, texts, answer, met)


# ---- the run ---------------------------------------------------------------------------------------------------------


class Driver:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise Mismatch("the driver died with status %s" % self.process.wait())
        return json.loads(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True)
    parser.add_argument("--count", type=int, default=3000, help="histories without files")
    parser.add_argument("--files", type=int, default=250, help="histories in files")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.dont_write_bytecode = True

    driver = Driver(options.driver)
    met = dict.fromkeys(DISAGREEMENTS, 0)
    stops = {}
    failures = 0
    for number in range(options.count + options.files):
        seed = options.seed * 1_000_000 + number
        rng = random.Random(seed)
        folder = None
        items = []
        try:
            if number < options.count:
                items = make_history(rng)
                texts = texts_to_resolve(rng, items)
                question = {"revisions": [item.question() for item in items], "resolve": texts}
                verdict = judge(lambda: alembic_revision.RevisionMap(lambda: (item.revision() for item in items)))
                stops[verdict.stop] = stops.get(verdict.stop, 0) + 1
                compare(items, verdict, texts, driver.ask(question), met)
            else:
                folder = Path(tempfile.mkdtemp(prefix="gauger-history-"))
                check_files(rng, folder / "migrations", driver, met)
        except Mismatch as mismatch:
            failures += 1
            print("seed %d: %s" % (seed, mismatch))
            for item in items:
                print("   ", json.dumps(item.question()))
            if failures == 10:
                break
        finally:
            if folder:
                shutil.rmtree(folder)

    print("%d histories, and %d in files: %d disagreements" % (options.count, options.files, failures))
    print("what stopped Alembic: " + ", ".join("%s %d" % (k or "nothing", v) for k, v in sorted(stops.items(), key=str)))
    for name, times in met.items():
        print("listed: %s: %d times" % (name, times))
    unmet = [name for name, times in met.items() if times == 0]
    if unmet and options.count >= 3000:
        print("never met, so no longer true or no longer generated: " + ", ".join(unmet))
        failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
