"""Generated programs, read by the interpreter and run by Python, must agree.

A program calls `act(x)`, which is written down, and `ask()`, whose answer nobody knows. It is run
many times with other answers. Then:

* every act that happened was foreseen: an act on its line with an argument that allows the value;
* every act that the interpreter calls certain happens in every run that ends without an exception,
  as often as it was foreseen.

    programs_property.py --driver PROGRAM [--count N] [--seed S] [--show SEED]
"""

import argparse
import ast
import collections
import json
import random
import re
import signal
import subprocess
import sys
from types import CodeType


RUNS = 16  # of each program
MOST_ACTS = 500
LONGEST_RUN = 0.2  # seconds


class Failed(Exception):
    """What the programs raise."""


class Stopped(Exception):
    """A run that takes too long is not looked at to its end."""


class Generator:
    """One random program."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.budget = self.random.randint(6, 26)
        self.numbers = ["a", "b", "c"]
        self.lists = ["xs", "ys"]
        self.dicts = ["d"]
        self.functions: list[str] = []

    def emit(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def number(self) -> str:
        pick = self.random.randrange(12)
        if pick < 4:
            return str(self.random.randint(0, 3))
        if pick < 8:
            return self.random.choice(self.numbers)
        if pick == 8:
            return f"({self.number()} + {self.number()})"
        if pick == 9:
            return f"len({self.random.choice(self.lists)})"
        if pick == 10:
            return f"d.get({self.key()}, {self.random.randint(0, 3)})"
        return f"({self.number()} if {self.test()} else {self.number()})"

    def key(self) -> str:
        return repr(self.random.choice("pqr"))

    def test(self) -> str:
        pick = self.random.randrange(12)
        if pick < 5:
            return "ask()"
        if pick < 7:
            return f"{self.number()} {self.random.choice(['<', '==', '>=', '!='])} {self.number()}"
        if pick == 7:
            return f"not {self.test()}"
        if pick == 8:
            return f"({self.test()} {self.random.choice(['and', 'or'])} {self.test()})"
        if pick == 9:
            return f"{self.number()} in {self.random.choice(self.lists)}"
        if pick == 10:
            return f"{self.key()} in d"
        return self.random.choice(self.lists + self.dicts + self.numbers)

    def sequence(self) -> str:
        pick = self.random.randrange(7)
        if pick < 2:
            # A loop over a list that it changes itself is not followed as Python has it.
            return f"list({self.random.choice(self.lists)})"
        if pick == 2:
            return f"range({self.random.randint(0, 3)})"
        if pick == 3:
            return f"[{', '.join(self.number() for _ in range(self.random.randint(0, 3)))}]"
        if pick == 4:
            xs = self.random.choice(self.lists)
            return f"[i + {self.random.randint(0, 2)} for i in {xs} if {self.test()}]"
        if pick == 5:
            return "list(d.values())"
        return "ask_list()"

    def argument(self) -> str:
        pick = self.random.randrange(8)
        if pick < 4:
            return self.number()
        if pick == 4:
            return self.random.choice(self.lists)
        if pick == 5:
            return "d"
        if pick == 6:
            return f"f'{{{self.random.choice(self.numbers)}}}'"
        return f"'%s.%s' % ({self.random.choice(self.numbers)}, {self.number()})"

    def block(self, depth: int, loop: bool, function: bool) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.statement(depth, loop, function)

    def simple(self, depth: int) -> None:
        pick = self.random.randrange(13)
        xs = self.random.choice(self.lists)
        name = self.random.choice(self.numbers)
        if pick < 4:
            self.emit(depth, f"act({self.argument()})")
        elif pick < 6:
            self.emit(depth, f"{name} = {self.number()}")
        elif pick == 6:
            self.emit(depth, f"{name} += {self.number()}")
        elif pick == 7:
            self.emit(depth, f"{xs}.append({self.number()})")
        elif pick == 8:
            change = self.random.choice(
                ["clear()", "extend([1, 2])", "insert(0, 9)", "reverse()", f"append({name})"]
            )
            self.emit(depth, f"{xs}.{change}")
        elif pick == 9:
            self.emit(depth, f"d[{self.key()}] = {self.number()}")
        elif pick == 10:
            change = self.random.choice([f"pop({self.key()}, None)", "update(p=7)", "clear()"])
            self.emit(depth, f"d.{change}")
        elif pick == 11 and self.functions:
            called = self.random.choice(self.functions)
            self.emit(depth, f"{name} = {called}({self.number()})")
        else:
            self.emit(depth, f"{self.random.choice(self.lists)} = {xs} + [{self.number()}]")

    def statement(self, depth: int, loop: bool, function: bool) -> None:
        self.budget -= 1
        if self.budget <= 0 or depth > 5:
            self.simple(depth)
            return
        pick = self.random.randrange(20)
        if pick < 9:
            self.simple(depth)
        elif pick < 12:
            self.emit(depth, f"if {self.test()}:")
            self.block(depth + 1, loop, function)
            if self.random.random() < 0.3:
                self.emit(depth, f"elif {self.test()}:")
                self.block(depth + 1, loop, function)
            if self.random.random() < 0.5:
                self.emit(depth, "else:")
                self.block(depth + 1, loop, function)
        elif pick < 14:
            name = self.random.choice(self.numbers)
            self.emit(depth, f"for {name} in {self.sequence()}:")
            self.block(depth + 1, True, function)
            if self.random.random() < 0.2:
                self.emit(depth, "else:")
                self.block(depth + 1, loop, function)
        elif pick == 14:
            self.emit(depth, "w = 0")
            self.emit(depth, f"while w < 3 and {self.test()}:")
            self.emit(depth + 1, "w += 1")
            self.block(depth + 1, True, function)
        elif pick == 15 and loop:
            self.emit(depth, f"if {self.test()}:")
            self.emit(depth + 1, self.random.choice(["break", "continue"]))
        elif pick == 16:
            self.emit(depth, "try:")
            self.block(depth + 1, loop, function)
            if self.random.random() < 0.5:
                self.emit(depth + 1, f"if {self.test()}:")
                self.emit(depth + 2, "raise Failed()")
                self.simple(depth + 1)
            self.emit(depth, "except Failed:")
            self.block(depth + 1, loop, function)
            if self.random.random() < 0.3:
                self.emit(depth, "else:")
                self.block(depth + 1, loop, function)
            if self.random.random() < 0.3:
                self.emit(depth, "finally:")
                self.simple(depth + 1)
        elif pick == 17:
            self.emit(depth, f"if {self.test()}:")
            self.emit(depth + 1, self.random.choice(["return 5", "raise Failed()"]))
        elif pick == 18:
            self.emit(depth, f"with guard({self.number()}) as {self.random.choice(self.numbers)}:")
            self.block(depth + 1, loop, function)
        else:
            self.emit(depth, f"for a in made({self.number()}):")
            self.block(depth + 1, True, function)

    def program(self) -> str:
        self.emit(0, "from contextlib import contextmanager")
        self.emit(0, "from world import act, ask, ask_list, Failed")
        self.emit(0, "")
        self.emit(0, "@contextmanager")
        self.emit(0, "def guard(n):")
        self.emit(1, "act(n)")
        self.emit(1, "yield n + 1")
        self.emit(1, "act('left')")
        self.emit(0, "")
        self.emit(0, "def made(n):")
        self.emit(1, "yield n")
        self.emit(1, "if ask():")
        self.emit(2, "yield n + 1")
        self.emit(0, "")
        for name in ("f", "g"):
            self.emit(0, f"def {name}(a, b=2):")
            self.emit(1, "c, xs, ys, d = 0, [], [1], {}")
            self.budget, budget = self.random.randint(1, 6), self.budget
            self.block(1, False, True)
            self.budget = budget
            self.emit(1, f"return {self.number()}")
            self.emit(0, "")
            self.functions.append(name)
        self.emit(0, "def upgrade():")
        self.emit(1, "a, b, c, w = 0, 1, 2, 0")
        self.emit(1, "xs, ys, d = [], [1, 2], {'p': 1}")
        while self.budget > 0:
            self.statement(1, False, False)
        self.emit(1, "act((a, b, c, xs, ys, d))")
        return "\n".join(self.lines) + "\n"


def run(code: CodeType, tape: random.Random) -> tuple[list[tuple[int, object]], bool]:
    """The acts of one run, and whether it came to its end."""
    acts: list[tuple[int, object]] = []

    def act(value: object) -> None:
        line = sys._getframe(1).f_lineno
        acts.append((line, ast.literal_eval(repr(value))))
        if len(acts) > MOST_ACTS:
            raise Stopped

    bits = tape.choice([0.1, 0.5, 0.9])
    world = {
        "act": act,
        "ask": lambda: tape.random() < bits,
        "ask_list": lambda: [0] * tape.randint(0, 3),
        "Failed": Failed,
    }
    names: dict[str, object] = dict(world)
    exec(code, names)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_RUN)  # some programs loop for ever
    try:
        names["upgrade"]()
    except (Failed, Stopped, TypeError, ValueError, KeyError, UnboundLocalError, RecursionError):
        return acts, False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return acts, True


class Allowed:
    """Reads the driver's notation of a value, and tells whether it allows a Python value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self, what: str) -> bool:
        return self.text.startswith(what, self.at)

    def take(self, what: str) -> bool:
        if self.peek(what):
            self.at += len(what)
            return True
        return False

    def value(self) -> tuple:
        choices = [self.one()]
        while self.take("|"):
            choices.append(self.one())
        return choices[0] if len(choices) == 1 else ("choice", choices)

    def one(self) -> tuple:
        if self.peek("?"):
            self.at += 1
            return ("any",)
        for opening, closing in (("[", "]"), ("(", ")")):
            if self.take(opening):
                return ("sequence", list if opening == "[" else tuple, *self.items(closing))
        if self.take("{"):
            return ("dict", *self.items("}"))
        match = re.compile(r"'[^']*'|-?\d+|True|False|None").match(self.text, self.at)
        assert match, self.text[self.at :]
        self.at = match.end()
        return ("known", ast.literal_eval(match.group()))

    def items(self, closing: str) -> tuple[list, bool]:
        items = []
        is_open = False
        while not self.take(closing):
            if self.take("..."):
                is_open = True
            else:
                key = None
                item = self.value()
                if self.take(": "):
                    key, item = item, self.value()
                items.append((key, item, self.take("?")))
            if not self.take(", "):
                self.take(",")
        return items, is_open


def allows(form: tuple, value: object) -> bool:
    kind = form[0]
    if kind == "any":
        return True
    if kind == "known":
        return form[1] == value
    if kind == "choice":
        return any(allows(each, value) for each in form[1])
    if kind == "sequence":
        _, expected, items, is_open = form
        if not isinstance(value, expected):
            return False
        return fits([(item, maybe) for _, item, maybe in items], list(value), is_open)
    _, items, is_open = form
    if not isinstance(value, dict):
        return False
    known = {}
    for key, item, maybe in items:
        if key[0] != "known":
            return True
        known[key[1]] = (item, maybe)
    for key, (item, maybe) in known.items():
        if key in value:
            if not allows(item, value[key]):
                return False
        elif not maybe:
            return False
    return is_open or set(value) <= set(known)


def fits(items: list, values: list, is_open: bool) -> bool:
    """Open: the certain elements are there, in their order, among others."""
    reached = {0}  # how many values the items so far may have taken
    for item, maybe in items:
        after = set(reached) if maybe else set()
        for start in reached:
            ends = range(start, len(values) if is_open else min(start + 1, len(values)))
            after.update(end + 1 for end in ends if allows(item, values[end]))
        reached = after
    return bool(reached) if is_open else len(values) in reached


def check(program: str, foreseen: list, seed: int) -> str | None:
    by_line = collections.defaultdict(list)
    for line, may_run, argument in foreseen:
        by_line[line].append((may_run, argument, Allowed(argument).value()))
    source = program.replace("from world import act, ask, ask_list, Failed", "")
    code = compile(source, "program", "exec")
    for attempt in range(RUNS):
        acts, ended = run(code, random.Random(seed * 1000 + attempt))
        counts = collections.Counter(line for line, _ in acts)
        for line, value in acts:
            if not any(allows(form, value) for _, _, form in by_line[line]):
                return f"line {line} acts on {value!r}, foreseen: {by_line[line]}"
        if not ended:
            continue
        for line, each in by_line.items():
            certain = sum(1 for may_run, _, _ in each if not may_run)
            if counts[line] < certain:
                return f"line {line} acts {counts[line]} times, foreseen for certain {certain}"
    return None


def stop(*_: object) -> None:
    raise Stopped


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int)
    arguments = parser.parse_args()
    seeds = (
        [arguments.show]
        if arguments.show is not None
        else range(arguments.seed, arguments.seed + arguments.count)
    )
    programs = [Generator(seed).program() for seed in seeds]
    answers = subprocess.run(
        [arguments.driver],
        input="".join(json.dumps(program) + "\n" for program in programs),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(answers) == len(programs)
    signal.signal(signal.SIGALRM, stop)
    failures = given_up = acts = 0
    for seed, program, answer in zip(seeds, programs, answers):
        foreseen = json.loads(answer)
        if isinstance(foreseen, str):
            given_up += 1
            assert "too" in foreseen, f"seed {seed}: {foreseen}\n{program}"
            continue
        acts += len(foreseen)
        problem = check(program, foreseen, seed)
        if problem is not None or arguments.show is not None:
            failures += problem is not None
            if failures <= 5:
                numbered = "\n".join(
                    f"{i:3} {line}" for i, line in enumerate(program.splitlines(), 1)
                )
                print(f"seed {seed}: {problem}\n{numbered}\n", flush=True)
    print(
        f"{len(programs)} programs, {acts} acts foreseen, {given_up} given up, {failures} failed"
    )
    return 1 if failures or given_up > len(programs) // 20 else 0


if __name__ == "__main__":
    sys.exit(main())
