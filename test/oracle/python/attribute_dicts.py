"""Configurations whose items are attributes: ml_collections, easydict, yacs, omegaconf, addict, munch."""
import ml_collections
import torch
from addict import Dict
from easydict import EasyDict
from munch import Munch, munchify
from omegaconf import OmegaConf
from yacs.config import CfgNode


def small():
    config = ml_collections.ConfigDict()
    config.patches = ml_collections.ConfigDict({"size": (16, 8)})
    config.hidden_size = 12
    config.transformer = ml_collections.ConfigDict()
    config.transformer.mlp_dim = 24
    config.transformer.num_heads = 3
    config.resnet = None
    return config


config = small()
config.hidden_size = 6
sizes = torch.zeros(*config.patches["size"], config.hidden_size, config.transformer.mlp_dim)
asked = torch.zeros(config.get("nothing", 5), config.transformer.get("num_heads"), len(config.transformer))
present = torch.zeros(3 if hasattr(config, "resnet") else 2, 4 if hasattr(config, "nope") else 1, 5 if "hidden_size" in config else 6)
easy = EasyDict(dict(a=1, b={"c": 3}, layers=[{"d": 4}]))
easy.e = 2
nested = torch.zeros(easy.a, easy.b.c, easy["b"]["c"], easy.layers[0].d, *vars(EasyDict(q=2)).values(), easy["e"])
_C = CfgNode()
_C.MODEL = CfgNode()
_C.MODEL.DIM = 4
_C.MODEL.DEPTHS = [2, 2]
cfg = _C.clone()
cfg.defrost()
cfg.MODEL.DIM = 8
cfg.merge_from_list(["MODEL.DEPTHS", [1, 2, 3]])
cfg.freeze()
cloned = torch.zeros(cfg.MODEL.DIM, _C.MODEL.DIM, len(cfg.MODEL.DEPTHS), len(_C.MODEL.DEPTHS))
loaded = OmegaConf.merge(OmegaConf.create({"dim": 8, "layers": [1, 2], "sub": {"k": 3, "j": 5}}), {"sub": {"k": 4}})
merged = torch.zeros(loaded.dim, len(loaded.layers), loaded.sub.k, loaded.sub.j, *OmegaConf.to_container(loaded)["layers"])
others = torch.zeros(Dict(a={"b": 2}).a.b, Munch(x=3).x, munchify({"y": {"z": 4}}).y.z)
