#!/usr/bin/env python3
"""Gauger over the labelled collection: each label is found on its statement, and nothing else.

What is not so is in known.txt, line by line: neither more nor less.
"""

import pathlib
import sys
import tempfile

import collection
import linters


def main() -> int:
    revisions = collection.read()
    assert len(revisions) >= 200, len(revisions)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        collection.write_project(revisions, folder)
        findings = linters.gauger(folder)
    wrong = []
    labelled = found_labels = claims = false = 0
    for revision in revisions:
        found = findings.get(revision.file, [])
        met = set()
        for finding in found:
            claims += 1
            label = next(
                (
                    label
                    for label in revision.labels
                    if label.first <= finding.line <= label.last
                    and label.hazards & finding.hazards
                ),
                None,
            )
            if label is None:
                false += 1
                wrong.append(f"{revision.name}:{finding.line}: not labelled: {finding.rule}")
            else:
                met |= {(label, hazard) for hazard in label.hazards & finding.hazards}
        for label in revision.labels:
            for hazard in sorted(label.hazards):
                labelled += 1
                if (label, hazard) in met:
                    found_labels += 1
                else:
                    wrong.append(f"{revision.name}:{label.first}: not found: {hazard}")
    print(
        f"{len(revisions)} revisions: {found_labels} of {labelled} labels found; "
        f"{false} of {claims} findings have no label"
    )
    known = (collection.HERE / "known.txt").read_text().splitlines()
    for line in sorted(set(wrong) - set(known)):
        print(f"new: {line}")
    for line in sorted(set(known) - set(wrong)):
        print(f"no longer so, take it out of known.txt: {line}")
    return 1 if set(wrong) != set(known) else 0


if __name__ == "__main__":
    sys.exit(main())
