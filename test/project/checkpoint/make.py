"""Writes checkpoints of model.py in the ways that people write them, and what torch computes with them.

    python make.py        (needs torch, numpy, safetensors, huggingface_hub)
"""
import json
import pathlib

import numpy as np
import torch
from huggingface_hub import save_torch_state_dict
from safetensors.torch import save_file

FOLDER = pathlib.Path(__file__).parent
names = {}
exec((FOLDER / "model.py").read_text(), names)
torch.manual_seed(3)
net = names["Net"]().eval()
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(torch.randn_like(parameter) / 2)
    net.norm.running_mean.copy_(torch.randn(4))
    net.norm.running_var.copy_(torch.rand(4) + 0.5)
state = net.state_dict()
save_file(state, FOLDER / "plain.safetensors")
torch.save(state, FOLDER / "plain.pth")
torch.save({"epoch": 3, "state_dict": {"module." + name: tensor for name, tensor in state.items()}, "optimizer": {"state": {}, "param_groups": []}}, FOLDER / "parallel.pth")
torch.save({"model": {"backbone." + name: tensor for name, tensor in state.items() if not name.startswith("head")}}, FOLDER / "backbone-legacy.pth", _use_new_zipfile_serialization=False)
torch.save({name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in state.items()}, FOLDER / "half.pt")
np.savez(FOLDER / "plain.npz", **{name: tensor.numpy() for name, tensor in state.items()})
(FOLDER / "shards").mkdir(exist_ok=True)
for safe in (True, False):
    save_torch_state_dict(state, FOLDER / "shards", max_shard_size=1200, safe_serialization=safe)
changed = dict(state)
changed["head.weight"] = torch.randn(5, 4)
changed["head.scale"] = torch.ones(3)
del changed["blocks.1.mlp.2.bias"]
save_file({name: tensor.contiguous() for name, tensor in changed.items()}, FOLDER / "mismatched.safetensors")

ids = torch.tensor([[1, 2, 3, 0], [6, 5, 4, 1]])


def result(network):
    with torch.no_grad():
        return network(ids).flatten().tolist()


half = names["Net"]().eval()
half.load_state_dict(torch.load(FOLDER / "half.pt"))
attn = net.blocks[0].attn
bias = attn.table[attn.index.view(-1)].view(4, 4, 2).permute(2, 0, 1).flatten().tolist()
(FOLDER / "expected.json").write_text(json.dumps({"out": result(net), "half": result(half.float()), "bias": bias}) + "\n")
