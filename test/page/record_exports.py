"""Reads what the viewer's tests have exported with NumPy and with torch, and records what they find for export.page.ts.

    SHAPELENS_EXPORTS=FOLDER npm test -- test/page/export.page.ts
    python test/page/record_exports.py FOLDER        (needs numpy, torch)
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
import torch

FOLDER = pathlib.Path(sys.argv[1])


def number(value):
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int) or np.isfinite(value) else str(value)


def described(array, dtype):
    return {"dtype": dtype, "shape": list(array.shape), "values": [number(value) for value in array.reshape(-1).tolist()]}


def arrays(file):
    """The file as NumPy reads it, and as torch."""
    if file.suffix == ".npy":
        array = np.load(file, allow_pickle=False)
        return array, torch.from_numpy(array)
    if file.suffix == ".csv":
        array = np.genfromtxt(file, delimiter=",", dtype=np.float32)
        return array, torch.tensor(array)
    value = eval(file.read_text(), {"np": np, "torch": torch, "nan": float("nan"), "inf": float("inf")})
    return (value, torch.from_numpy(value)) if isinstance(value, np.ndarray) else (value.numpy(), value)


record = {}
for file in sorted(FOLDER.iterdir()):
    array, tensor = arrays(file)
    record[file.name] = {
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "numpy": described(array, str(array.dtype)), "torch": described(tensor, str(tensor.dtype).replace("torch.", "")),
    }
target = pathlib.Path(__file__).parent / "fixtures" / "exports.json"
target.parent.mkdir(exist_ok=True)
target.write_text("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(entry, separators=(',', ':'))}" for name, entry in record.items()) + "\n}\n")
