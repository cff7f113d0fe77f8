/** Configurations: dicts whose items are attributes too. What a file holds is not read. */
export const attributes = String.raw`
class _Attributes(dict):
    def __init__(self, *args, **kwargs):
        super().__init__()
        for name, value in dict(*[{} if arg is None else arg for arg in args], **kwargs).items():
            self[name] = value

    def _nested(self, value):
        if isinstance(value, dict) and not isinstance(value, _Attributes):
            return type(self)(value)
        if isinstance(value, (list, tuple)):
            return type(value)([self._nested(item) for item in value])
        return value

    def __setitem__(self, name, value):
        super().__setitem__(name, self._nested(value))

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]

    def update(self, *args, **kwargs):
        for name, value in dict(*args, **kwargs).items():
            self[name] = value

    def copy(self):
        return type(self)(self)
`;

/** https://ml-collections.readthedocs.io/en/latest/ */
export const mlCollections = String.raw`
${attributes}
class ConfigDict(_Attributes):
    def __init__(self, initial_dictionary=None, type_safe=True, convert_dict=True, **kwargs):
        super().__init__(initial_dictionary)

    def copy_and_resolve_references(self, visit_map=None):
        return type(self)(self)

    def to_dict(self, **kwargs):
        return {name: value.to_dict() if isinstance(value, ConfigDict) else value for name, value in self.items()}

    def lock(self):
        return self

    def unlock(self):
        return self

    def unlocked(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False

class FrozenConfigDict(ConfigDict):
    pass

def config_dict(**kwargs):
    return ConfigDict(kwargs)
`;

/** https://pypi.org/project/easydict/, https://pypi.org/project/addict/, https://pypi.org/project/munch/ */
export const attributeDicts = String.raw`
${attributes}
class EasyDict(_Attributes):
    # Items are kept as attributes besides.
    def __setitem__(self, name, value):
        super().__setitem__(name, value)
        object.__setattr__(self, name, self._nested(value))

class Dict(_Attributes):
    def __missing__(self, name):
        self[name] = Dict()
        return self[name]

    def __getattr__(self, name):
        return self[name]

    def to_dict(self):
        return {name: value.to_dict() if isinstance(value, Dict) else value for name, value in self.items()}

class Munch(_Attributes):
    def toDict(self):
        return {name: value.toDict() if isinstance(value, Munch) else value for name, value in self.items()}

class DefaultMunch(Munch):
    pass

def munchify(x):
    return Munch()._nested(x)
`;

/** https://pypi.org/project/yacs/ */
export const yacs = String.raw`
${attributes}
class CfgNode(_Attributes):
    def __init__(self, init_dict=None, key_list=None, new_allowed=False):
        super().__init__(init_dict)

    def clone(self):
        return CfgNode({name: value.clone() if isinstance(value, CfgNode) else value for name, value in self.items()})

    def freeze(self):
        pass

    def defrost(self):
        pass

    def is_frozen(self):
        return False

    def set_new_allowed(self, is_new_allowed):
        pass

    def merge_from_list(self, cfg_list):
        for name, value in zip(cfg_list[0::2], cfg_list[1::2]):
            node = self
            *path, last = name.split('.')
            for part in path:
                node = node[part]
            node[last] = value

    def merge_from_other_cfg(self, cfg_other):
        for name, value in cfg_other.items():
            if isinstance(value, CfgNode) and name in self:
                self[name].merge_from_other_cfg(value)
            else:
                self[name] = value
`;

/** https://omegaconf.readthedocs.io/ */
export const omegaconf = String.raw`
${attributes}
class Container:
    pass

class DictConfig(_Attributes, Container):
    def __init__(self, content=None, *args, **kwargs):
        super().__init__(content)

class ListConfig(list, Container):
    pass

def _plain(cfg):
    if isinstance(cfg, dict):
        return {name: _plain(value) for name, value in cfg.items()}
    if isinstance(cfg, (list, tuple)):
        return [_plain(item) for item in cfg]
    return cfg

class OmegaConf:
    @staticmethod
    def create(obj=None, *args, **kwargs):
        return DictConfig(obj) if obj is None or isinstance(obj, dict) else DictConfig()._nested(obj)

    @staticmethod
    def to_container(cfg, *, resolve=False, **kwargs):
        return _plain(cfg)

    @staticmethod
    def merge(*configs):
        merged = DictConfig()
        for config in configs:
            for name, value in config.items():
                merged[name] = OmegaConf.merge(merged[name], value) if name in merged and isinstance(value, dict) and isinstance(merged[name], dict) else value
        return merged

    @staticmethod
    def set_struct(conf, value):
        pass

    @staticmethod
    def set_readonly(conf, value):
        pass

    @staticmethod
    def resolve(cfg):
        pass

    @staticmethod
    def is_config(obj):
        return isinstance(obj, DictConfig)

    @staticmethod
    def is_dict(obj):
        return isinstance(obj, DictConfig)

    @staticmethod
    def to_yaml(cfg, **kwargs):
        return str(object())

    @staticmethod
    def select(cfg, key, default=None):
        for part in key.split('.'):
            if part not in cfg:
                return default
            cfg = cfg[part]
        return cfg
`;
