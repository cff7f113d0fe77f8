"""Draws the findings to be judged by hand, by seed: python sample.py REPORT.json ... [--seed 1] [--count 100] [--root DIR]

A REPORT is what `shapelens check --format json PACKAGE` prints. Every error is taken, and of the warnings a sample: all of
them where there are fewer. Each must have a row in verdicts.json, which says whether it is true and why; for an error,
with a call under which torch raises there (confirm.py runs it). Printed is what has no row yet, in the form of one, and what was judged false;
exit status 1 if there is any. Files are told by their path below DIR, without the folder of an environment's packages.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

VERDICTS = Path(__file__).resolve().parent / "verdicts.json"


def rows(report: Path, root: str) -> list[dict]:
    found = []
    for file in json.loads(report.read_text(encoding="utf-8"))["files"]:
        path = re.sub(r"^.*/(?:site|dist)-packages/", "", file["path"].removeprefix(root).lstrip("/"))
        for each in file["diagnostics"]:
            found.append({"file": path, "line": each["range"]["start"]["line"] + 1, "severity": each["severity"], "code": each["code"], "message": each["message"]})
    return found


def place(row: dict) -> tuple:
    return row["file"], row["line"], row["code"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--root", default="")
    options = parser.parse_args()
    found = sorted((row for report in options.reports for row in rows(report, options.root)), key=place)
    errors = [row for row in found if row["severity"] == "error"]
    warnings = [row for row in found if row["severity"] == "warning"]
    drawn = errors + sorted(random.Random(options.seed).sample(warnings, min(options.count, len(warnings))), key=place)
    verdicts = {place(row): row for row in json.loads(VERDICTS.read_text(encoding="utf-8"))}
    missing = [row for row in drawn if place(row) not in verdicts]
    false = [verdicts[place(row)] for row in drawn if place(row) in verdicts and not verdicts[place(row)]["true"]]
    for title, some in (("without a verdict", missing), ("judged false", false)):
        for row in some:
            print(f"{title}: {json.dumps(row, ensure_ascii=False)}")
    print(f"{len(errors)} errors, {len(warnings)} warnings; drawn {len(drawn)}: {len(drawn) - len(missing) - len(false)} true, {len(false)} false, {len(missing)} to be judged")
    return 1 if missing or false else 0


if __name__ == "__main__":
    sys.exit(main())
