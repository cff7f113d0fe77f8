"""Runs the calls that the verdicts rest on, under real torch: python confirm.py [--only FILE]

Of an error, torch must raise on the line that it is reported on. Of a warning, the variable of a row must have the shape
that the row says, behind the statement on that line. Rows without a call are judged in words. Exit status 1 if any differs.
"""

import argparse
import json
import sys
import traceback
from pathlib import Path

VERDICTS = Path(__file__).resolve().parent / "verdicts.json"


class Watch:
    """The shapes that a variable had behind a statement of a file."""

    def __init__(self, file: str, line: int, variable: str) -> None:
        self.file, self.line, self.variable = file, line, variable
        self.shapes: list[list[int]] = []

    def __call__(self, frame, event, argument):
        return self.inside(frame) if frame.f_code.co_filename.endswith("/" + self.file) else None

    def inside(self, frame):
        behind = False

        def step(frame, event, argument):
            nonlocal behind
            if behind and self.variable in frame.f_locals:
                self.shapes.append(list(frame.f_locals[self.variable].shape))
            behind = event == "line" and frame.f_lineno == self.line
            return step

        return step


def raised_at(error: BaseException, file: str) -> list[int]:
    return [each.lineno for each in traceback.extract_tb(error.__traceback__) if each.filename.endswith("/" + file)]


def judge(row: dict) -> str | None:
    """Why the row is not confirmed; None where it is."""
    code = compile(row["call"], row["file"] + " (call)", "exec")
    if row["severity"] == "error":
        try:
            exec(code, {"__name__": "call"})
        except Exception as error:
            lines = raised_at(error, row["file"])
            return None if lines[-1:] == [row["line"]] else f"{type(error).__name__} at {lines}: {error}"
        return "nothing was raised"
    watch = Watch(row["file"], row["statement"], row["variable"])
    sys.settrace(watch)
    try:
        exec(code, {"__name__": "call"})
    except Exception as error:
        return f"{type(error).__name__} at {raised_at(error, row['file'])}: {error}"
    finally:
        sys.settrace(None)
    return None if watch.shapes[:1] == [row["shape"]] else f"{row['variable']} had {watch.shapes}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    rows = [row for row in json.loads(VERDICTS.read_text(encoding="utf-8")) if "call" in row and options.only in row["file"]]
    failed = 0
    for row in rows:
        why = judge(row)
        if why is not None:
            failed += 1
            print(f"not confirmed: {row['file']}:{row['line']} {row['code']}: {why}")
    print(f"{len(rows) - failed} of {len(rows)} calls confirm their verdicts")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
