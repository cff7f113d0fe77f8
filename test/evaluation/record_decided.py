"""Records the tensors that decided.py ends with under real torch: python test/evaluation/record_decided.py

Written to fixtures/decided.json: each name with [dtype, shape, values]. Needed only to record anew.
"""
import json
import pathlib
import runpy

import torch

HERE = pathlib.Path(__file__).parent
values = runpy.run_path(str(HERE / "decided.py"))
lines = [
    f"{json.dumps(name)}: {json.dumps([str(value.dtype)[6:], list(value.shape), value.flatten().tolist()])}"
    for name, value in values.items() if isinstance(value, torch.Tensor)
]
(HERE / "fixtures" / "decided.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
