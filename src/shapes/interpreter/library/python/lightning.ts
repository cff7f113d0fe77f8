/** Lightning's module with its training steps, as far as its tensors go. */
import { attributes } from './configs';

/** https://lightning.ai/docs/pytorch/stable/common/lightning_module.html */
export const lightning = String.raw`
import torch
from torch import nn
from torch._C import _arguments_of_caller

${attributes}
class _Hyper:
    @property
    def hparams(self):
        if '_hparams' not in self.__dict__:
            self._hparams = _Attributes()
        return self._hparams

    def save_hyperparameters(self, *args, ignore=None, frame=None, logger=True):
        given = _arguments_of_caller()
        ignored = [ignore] if isinstance(ignore, str) else ignore or []
        names = [name for name in args if isinstance(name, str)] or [name for name in given if name not in ignored]
        for arg in args:
            if not isinstance(arg, str):
                given = vars(arg) if hasattr(arg, '__dict__') and not isinstance(arg, dict) else arg
                names = list(given)
        for name in names:
            self.hparams[name] = given[name]

class LightningModule(nn.Module, _Hyper):
    automatic_optimization = True
    current_epoch = 0
    global_step = 0
    global_rank = 0
    local_rank = 0
    dtype = torch.float32
    device = torch.device('cpu')
    on_gpu = False

    def log(self, name, value, *args, **kwargs):
        pass

    def log_dict(self, dictionary, *args, **kwargs):
        pass

    def print(self, *args, **kwargs):
        pass

    def freeze(self):
        pass

    def unfreeze(self):
        pass

    def manual_backward(self, loss, *args, **kwargs):
        pass

    def toggle_optimizer(self, optimizer, optimizer_idx=None):
        pass

    def untoggle_optimizer(self, optimizer=None):
        pass

    def clip_gradients(self, optimizer, *args, **kwargs):
        pass

    def lr_schedulers(self):
        return None

class LightningDataModule(_Hyper):
    def __init__(self):
        super().__init__()

    def prepare_data(self):
        pass

    def setup(self, stage=None):
        pass

class Callback:
    pass

def seed_everything(seed=None, workers=False):
    return seed
`;
