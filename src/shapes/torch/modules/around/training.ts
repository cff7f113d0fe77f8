/** Training: optimizers, schedules and data, as far as they touch tensors. */

/**
 * What a step leaves in the parameters is not computed, and is not taken for what was there before.
 * https://docs.pytorch.org/docs/stable/optim.html
 */
export const optim = String.raw`
from torch._C import _opaque_like

class Optimizer:
    def __init__(self, params, lr=1e-3, *args, **kwargs):
        params = list(params)
        if len(params) > 0 and isinstance(params[0], dict):
            groups = [dict(group) for group in params]
        else:
            groups = [{'params': [pair[1] if isinstance(pair, tuple) else pair for pair in params]}]
        for group in groups:
            group.setdefault('lr', lr)
        self.param_groups = groups
        self.defaults = {'lr': lr}
        self.state = {}

    def step(self, closure=None):
        loss = None if closure is None else closure()
        for group in self.param_groups:
            for param in group['params']:
                param.copy_(_opaque_like(param, 'an optimizer has changed it'))
        return loss

    def zero_grad(self, set_to_none=True):
        pass

    def add_param_group(self, param_group):
        self.param_groups.append(param_group)

    def state_dict(self):
        return {'state': {}, 'param_groups': self.param_groups}

    def load_state_dict(self, state_dict):
        pass
${['SGD', 'Adam', 'AdamW', 'Adamax', 'NAdam', 'RAdam', 'RMSprop', 'Adagrad', 'Adadelta', 'ASGD', 'Rprop', 'LBFGS', 'SparseAdam', 'Adafactor', 'Muon'].map((name) => `
class ${name}(Optimizer):
    pass
`).join('')}`;

export const schedulers = String.raw`
class LRScheduler:
    def __init__(self, optimizer, *args, **kwargs):
        self.optimizer = optimizer

    def step(self, *args, **kwargs):
        pass

    def get_last_lr(self):
        return [group['lr'] for group in self.optimizer.param_groups]

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass
${['_LRScheduler', 'LambdaLR', 'MultiplicativeLR', 'StepLR', 'MultiStepLR', 'ConstantLR', 'LinearLR', 'ExponentialLR', 'PolynomialLR', 'CosineAnnealingLR', 'CosineAnnealingWarmRestarts', 'SequentialLR', 'ChainedScheduler', 'CyclicLR', 'OneCycleLR', 'ReduceLROnPlateau'].map((name) => `
class ${name}(LRScheduler):
    pass
`).join('')}`;

/**
 * A copy of a model whose parameters follow the model's as averages. https://docs.pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema
 */
export const averaging = String.raw`
import copy
import torch
from torch.nn import Module
from torch.optim.lr_scheduler import LRScheduler
from torch._C import _opaque_like

class AveragedModel(Module):
    def __init__(self, model, device=None, avg_fn=None, multi_avg_fn=None, use_buffers=False):
        super().__init__()
        self.module = copy.deepcopy(model)
        self.register_buffer('n_averaged', torch.tensor(0, dtype=torch.long))
        self.avg_fn, self.multi_avg_fn, self.use_buffers = avg_fn, multi_avg_fn, use_buffers

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update_parameters(self, model):
        for param in self.module.parameters():
            param.detach().copy_(_opaque_like(param, 'it is an average over the steps of training'))
        self.n_averaged += 1

class SWALR(LRScheduler):
    pass

def _averages(decay):
    def average(*args):
        raise NotImplementedError('averages are taken by AveragedModel')
    return average

def get_ema_multi_avg_fn(decay=0.999):
    return _averages(decay)

def get_ema_avg_fn(decay=0.999):
    return _averages(decay)

def get_swa_multi_avg_fn():
    return _averages(None)

def get_swa_avg_fn():
    return _averages(None)

def update_bn(loader, model, device=None):
    pass
`;

/** https://docs.pytorch.org/docs/stable/data.html */
export const data = String.raw`
import numpy as np
import torch
from torch import Tensor
from torch._C import _are_numbers, _opaque_like
from torch.utils._pytree import tree_map_only

class Dataset:
    def __add__(self, other):
        return ConcatDataset([self, other])

class IterableDataset(Dataset):
    pass

class TensorDataset(Dataset):
    def __init__(self, *tensors):
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple([tensor[index] for tensor in self.tensors])

    def __len__(self):
        return self.tensors[0].size(0)

class Subset(Dataset):
    def __init__(self, dataset, indices):
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, idx):
        return self.dataset[self.indices[idx]]

    def __len__(self):
        return len(self.indices)

class ConcatDataset(Dataset):
    def __init__(self, datasets):
        self.datasets = list(datasets)

    def __len__(self):
        return sum([len(dataset) for dataset in self.datasets])

    def __getitem__(self, idx):
        for dataset in self.datasets:
            if idx < len(dataset):
                return dataset[idx]
            idx = idx - len(dataset)
        raise IndexError('the index is behind the last item')

class StackDataset(Dataset):
    def __init__(self, *args, **kwargs):
        self.datasets = kwargs if len(kwargs) > 0 else args

    def __getitem__(self, index):
        if isinstance(self.datasets, dict):
            return {name: dataset[index] for name, dataset in self.datasets.items()}
        return tuple([dataset[index] for dataset in self.datasets])

    def __len__(self):
        return len((list(self.datasets.values()) if isinstance(self.datasets, dict) else self.datasets)[0])

class ChainDataset(IterableDataset):
    def __init__(self, datasets):
        self.datasets = datasets

    def __iter__(self):
        return iter([item for dataset in self.datasets for item in dataset])

def random_split(dataset, lengths, generator=None):
    lengths = list(lengths)
    if sum(lengths) <= 1:
        count = len(dataset)
        lengths = [int(count * fraction) for fraction in lengths]
        for i in range(count - sum(lengths)):
            lengths[i % len(lengths)] += 1
    if sum(lengths) != len(dataset):
        raise ValueError(f'the lengths add up to {sum(lengths)}, but the dataset has {len(dataset)} items')
    # Which items come into which part is drawn: each is one of them.
    return [Subset(dataset, torch.randint(len(dataset), (length,)).tolist()) for length in lengths]

def default_convert(data):
    return data

def default_collate(batch):
    first = batch[0]
    if isinstance(first, Tensor):
        return torch.stack(batch)
    if isinstance(first, np.ndarray):
        return torch.stack([torch.as_tensor(item) for item in batch])
    if isinstance(first, float):
        return torch.tensor(batch, dtype=torch.float64)
    if isinstance(first, (int, bool)):
        return torch.tensor(batch)
    if isinstance(first, dict):
        return {key: default_collate([item[key] for item in batch]) for key in first}
    if isinstance(first, tuple) and hasattr(first, '_fields'):
        return type(first)(*[default_collate(list(column)) for column in zip(*batch)])
    if isinstance(first, (tuple, list)):
        return [default_collate(list(column)) for column in zip(*batch)]
    return batch

def get_worker_info():
    return None

class Sampler:
    def __init__(self, data_source=None):
        pass

class SequentialSampler(Sampler):
    def __init__(self, data_source):
        self.data_source = data_source

    def __iter__(self):
        return iter(range(len(self.data_source)))

    def __len__(self):
        return len(self.data_source)

class RandomSampler(Sampler):
    def __init__(self, data_source, replacement=False, num_samples=None, generator=None):
        self.data_source = data_source
        self.num_samples = len(data_source) if num_samples is None else num_samples

    def __iter__(self):
        return iter(torch.randint(len(self.data_source), (self.num_samples,)).tolist())

    def __len__(self):
        return self.num_samples

class SubsetRandomSampler(Sampler):
    def __init__(self, indices, generator=None):
        self.indices = indices

    def __iter__(self):
        return iter([self.indices[i] for i in torch.randperm(len(self.indices))])

    def __len__(self):
        return len(self.indices)

class WeightedRandomSampler(Sampler):
    def __init__(self, weights, num_samples, replacement=True, generator=None):
        self.weights = torch.as_tensor(weights, dtype=torch.double)
        self.num_samples = num_samples

    def __iter__(self):
        return iter(torch.multinomial(self.weights, self.num_samples, True).tolist())

    def __len__(self):
        return self.num_samples

class BatchSampler(Sampler):
    def __init__(self, sampler, batch_size, drop_last):
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self):
        indices = list(self.sampler)
        groups = [indices[i:i + self.batch_size] for i in range(0, len(indices), self.batch_size)]
        return iter([group for group in groups if len(group) == self.batch_size or not self.drop_last])

    def __len__(self):
        return len(list(iter(self)))

class DataLoader:
    def __init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None, pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None,
                 multiprocessing_context=None, generator=None, *, prefetch_factor=None, persistent_workers=False, pin_memory_device='', in_order=True):
        self.dataset = dataset
        self.batch_size = batch_size
        self.sampler = sampler
        self.batch_sampler = batch_sampler
        self.shuffle = bool(shuffle)
        self.drop_last = drop_last
        self.collate_fn = default_collate if collate_fn is None else collate_fn

    def __len__(self):
        count = len(self.dataset)
        return count // self.batch_size if self.drop_last else (count + self.batch_size - 1) // self.batch_size

    def _batch(self, start):
        stop = min(start + self.batch_size, len(self.dataset))
        if self.shuffle:
            # Which items come is drawn: each is one of them.
            return self.collate_fn([self.dataset[torch.randint(len(self.dataset), ()).item()] for i in range(start, stop)])
        return self.collate_fn([self.dataset[i] for i in range(start, stop)])

    def _many(self):
        # Of a large dataset one item stands for all.
        item = self.dataset[torch.randint(len(self.dataset), ()).item()]
        batch = lambda size: tree_map_only(Tensor, lambda tensor: _opaque_like(tensor, 'which items a batch has is not traced'), self.collate_fn([item] * size))
        count = len(self)
        rest = 0 if self.drop_last else len(self.dataset) - (count - 1) * self.batch_size
        if not _are_numbers([count]):
            return iter([batch(self.batch_size if self.drop_last else torch.randint(1, self.batch_size + 1, ()).item()) for i in range(count)])
        return iter([batch(self.batch_size)] * (count - 1 if rest > 0 else count) + ([batch(rest)] if rest > 0 else []))

    def _given(self):
        # The indices of each batch, where a sampler says them.
        return self.batch_sampler if self.batch_sampler is not None else BatchSampler(self.sampler, self.batch_size, self.drop_last)

    def _streamed(self):
        items = list(self.dataset)
        groups = [items[i:i + self.batch_size] for i in range(0, len(items), self.batch_size)]
        return iter([self.collate_fn(group) for group in groups if len(group) == self.batch_size or not self.drop_last])

    def __iter__(self):
        if isinstance(self.dataset, IterableDataset):
            return iter(self.dataset) if self.batch_size is None else self._streamed()
        if self.batch_size is None:
            return iter([self.dataset[i] for i in range(len(self.dataset))])
        if self.sampler is not None or self.batch_sampler is not None:
            return iter([self.collate_fn([self.dataset[i] for i in indices]) for indices in self._given()])
        if not _are_numbers([len(self.dataset)]) or len(self.dataset) > 256:
            return self._many()
        return iter([self._batch(i * self.batch_size) for i in range(len(self))])
`;
