#!/usr/bin/env python3
"""What each rule claims of the server, proven by its cases.

    proofs_test.py [--all | --update] [RULE | RULE/CASE]...

migration-lint says what is wrong in a case, and real Alembic runs it on a private PostgreSQL (of GAUGER_POSTGRES_BIN, if
that is set), where `smoke` reads locks and work. In a bad case the server must do, at each finding's line, what the rule
claims; in a good one it must do so nowhere. Where the claim is a failure, each finding is run by itself, with the others
left out, on tables that have rows.

What was seen is compared with tests/data/rules_measured.tsv, from which ci/rules_measured writes the tables in the rules'
READMEs; --update writes it anew. Without --all, one bad and one good case of each rule are run.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import sys

import measured
from proofs import ROOT, RULES, Case, Claim, Finding, Run, Unrunnable, call, leave_out, run, server


class Proof:
    """One case, run."""

    def __init__(self, case: Case, claim: Claim, dsn: str) -> None:
        self.case, self.dsn = case, dsn
        self.claim = Claim.read(case.proof["claim"]) if "claim" in case.proof else claim
        self.problems: list[str] = []
        self.seen: list[measured.Row] = []
        self.proven = 0

    def go(self) -> "Proof":
        try:
            self._go()
        except Unrunnable as error:
            self.problems.append(f"it cannot be run: {error}")
        return self

    def _go(self) -> None:
        findings = unique(self.case.findings())
        if self.case.is_bad != bool(findings):
            self.problems.append(f"it has {len(findings)} findings")
        elif not findings:
            self._good()
        elif self.claim.kind == "failure":
            for finding in findings:
                self._fails(finding, [each for each in findings if each != finding])
        else:
            self._does(findings)

    def _upgrade(self, left_out: list[Finding] = (), rows_before: str | None = None) -> Run:
        with self.case.project(runs=True) as folder:
            leave_out(folder, left_out)
            return run(folder, self.dsn, rows_before)

    def _good(self) -> None:
        heads = self.case.heads()
        rows_before = "rows" if (self.case.folder / "before.sql").exists() else heads[0]
        done = self._upgrade(rows_before=rows_before if self.claim.kind == "failure" else None)
        shown = []
        if self.claim.kind == "effect":
            shown = [described(each) for _, each in done.statements() if self.claim.is_shown(each)]
        if done.failed:
            shown.append(f"it fails in line {done.failed['line']}: {done.failed['message']}")
        accepted = self.case.proof.get("accepted")
        if accepted is None:
            self.problems += [f"the rule is silent, but {each}" for each in shown]
        elif not shown:
            self.problems.append(f"there is nothing to accept: {accepted}")
        self.proven += 1
        self._keep([statement for revision, statement in done.statements() if revision in heads])

    def _fails(self, finding: Finding, others: list[Finding]) -> None:
        failed = self._upgrade(others, finding.revision).failed
        if failed is None:
            self.problems.append(f"line {finding.begin} does not fail")
        elif not finding.is_at(failed["revision"], failed["path"], failed["line"]):
            self.problems.append(f"line {finding.begin} does not fail, line {failed['line']} does: {failed['message']}")
        else:
            self.proven += 1
            self.seen.append(measured.Row.of_failure(self.case.name, failed))

    def _does(self, findings: list[Finding]) -> None:
        done = self._upgrade()
        if done.failed:
            self.problems.append(f"it fails in line {done.failed['line']}: {done.failed['message']}")
        unseen = self.case.proof.get("unseen")
        for finding in findings:
            there = at(finding, done)
            shown = any(map(self.claim.is_shown, there))
            if not shown and len(findings) > 1:  # an earlier one may have taken the lock
                there = at(finding, self._upgrade([each for each in findings if each != finding])) or there
                shown = any(map(self.claim.is_shown, there))
            self.proven += shown
            if not shown and unseen is None:
                said = "; ".join(map(described, there)) or "no statement ran"
                self.problems.append(f"line {finding.begin}: {self.claim} is not shown: {said}")
            self._keep(there)
        if unseen and self.proven == len(findings):
            self.problems.append(f"all is seen: {unseen}")

    def _keep(self, statements: list[dict]) -> None:
        self.seen += [measured.Row.of(self.case.name, statement) for statement in statements]


def unique(findings: list[Finding]) -> list[Finding]:
    """Several at one line are one, as those of a loop are."""
    return list({(each.path, each.begin): each for each in findings}.values())


def at(finding: Finding, done: Run) -> list[dict]:
    return [each for revision, each in done.statements() if finding.is_at(revision, each["path"], each["line"])]


def described(statement: dict) -> str:
    return measured.described(statement)


def claims() -> dict[str, Claim]:
    rules = json.loads(call("migration-lint", "--list-rules", folder=ROOT).stdout)
    return {rule["rule"]: Claim.read(rule.get("claim")) for rule in rules}


def chosen(cases: list[Case], arguments: argparse.Namespace) -> list[Case]:
    if arguments.cases:
        return [case for case in cases if {case.room, case.name} & set(arguments.cases)]
    if arguments.all or arguments.update:
        return cases
    first: dict[tuple[str, bool], Case] = {}
    for case in cases:
        first.setdefault((case.rule, case.is_bad), case)
    return list(first.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="all cases of all rules")
    parser.add_argument("--update", action="store_true", help="all cases, and keep what is seen")
    parser.add_argument("cases", nargs="*", metavar="RULE[/CASE]")
    arguments = parser.parse_args()
    known = claims()
    problems: dict[str, list[str]] = collections.defaultdict(list)
    for rule, claim in known.items():
        if claim.kind == "unstated":
            problems[rule].append("it states no claim")
    cases = [case for case in map(Case, sorted(RULES.glob("*/cases/*"))) if known[case.rule].kind in ("failure", "effect")]
    with server() as (dsn, major):
        about = [case for case in cases if case.is_about(major) and "unrunnable" not in case.proof]
        with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("GAUGER_PROOFS", 2 * (os.cpu_count() or 1)))) as pool:
            proofs = list(pool.map(lambda case: Proof(case, known[case.rule], dsn).go(), chosen(about, arguments)))
    for proof in proofs:
        problems[proof.case.name] += proof.problems
    seen = {proof.case.name: proof.seen for proof in proofs}
    table = measured.Table.read()
    if arguments.update:
        table.put(major, seen, {case.name for case in about}, {case.name for case in cases})
        table.write()
    else:
        for name, differences in table.differences(major, seen).items():
            problems[name] += differences
    problems = {name: lines for name, lines in problems.items() if lines}
    for name, lines in problems.items():
        print(f"FAILED {name}")
        for line in lines:
            print(f"  {line}")
    rules = {proof.case.rule for proof in proofs}
    proven = sum(proof.proven for proof in proofs)
    print(
        f"proofs: PostgreSQL {major}: {len(rules)} rules, {len(proofs)} cases, {proven} claims proven; {len(problems)} failed"
    )
    return 1 if problems or not proofs else 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())
