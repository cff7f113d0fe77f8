"""Keeps what an oracle of shapes saw as a record that tests read: python record.py ORACLE.py FILE.py ...

ORACLE.py runs FILE.py under real torch and prints JSON in the form of `shapelens trace --json`: each expression with the
shapes that it had. A record has the tensors only, in the order of their places:
`"LINE:CHARACTER-[LINE:]CHARACTER KIND": "2,3|4,3 float32 None"`, lines from 1, characters from 0, `[]` for no dims, at the
end what else it was. Records of samples/systems lie in test/oracle/systems, all others beside their files.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def place(entry: dict) -> str:
    start, end = entry["range"]["start"], entry["range"]["end"]
    last = str(end["character"]) if start["line"] == end["line"] else f"{end['line'] + 1}:{end['character']}"
    return f"{start['line'] + 1}:{start['character']}-{last} {entry['kind']}"


def seen(entry: dict) -> str:
    shapes = "|".join(",".join(map(str, shape)) or "[]" for shape in entry["shapes"])
    others = [kind for kind in entry.get("types", []) if kind != "Tensor"]
    return " ".join([shapes, "|".join(entry["dtypes"]), *others])


def record(oracle: str, file: Path) -> None:
    ran = subprocess.run([sys.executable, "-W", "ignore", oracle, str(file)], check=True, capture_output=True, text=True)
    (report,) = json.loads(ran.stdout)["files"]
    if report.get("error"):
        sys.exit(f"{file}: {report['error']['type']}: {report['error']['message']}")
    entries = sorted((entry for entry in report["expressions"] if entry.get("shapes")), key=lambda entry: list(entry["range"]["start"].values()))
    lines = [f"{json.dumps(place(entry))}: {json.dumps(seen(entry))}" for entry in entries]
    folder = HERE / "systems" if file.parent.name == "systems" else file.parent
    folder.mkdir(exist_ok=True)
    (folder / f"{file.stem}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


for name in sys.argv[2:]:
    record(sys.argv[1], Path(name))
