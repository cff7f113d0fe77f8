/** How many pictures each part has, their height, width and mode, and the number of classes, as published. */
const PUBLISHED: Readonly<Record<string, { readonly parts: Readonly<Record<string, number>>; readonly size: readonly [number, number] | null; readonly mode: string; readonly classes: number }>> = {
  MNIST: { parts: { train: 60_000, test: 10_000 }, size: [28, 28], mode: 'L', classes: 10 },
  FashionMNIST: { parts: { train: 60_000, test: 10_000 }, size: [28, 28], mode: 'L', classes: 10 },
  KMNIST: { parts: { train: 60_000, test: 10_000 }, size: [28, 28], mode: 'L', classes: 10 },
  QMNIST: { parts: { train: 60_000, test: 60_000 }, size: [28, 28], mode: 'L', classes: 10 },
  USPS: { parts: { train: 7_291, test: 2_007 }, size: [16, 16], mode: 'L', classes: 10 },
  CIFAR10: { parts: { train: 50_000, test: 10_000 }, size: [32, 32], mode: 'RGB', classes: 10 },
  CIFAR100: { parts: { train: 50_000, test: 10_000 }, size: [32, 32], mode: 'RGB', classes: 100 },
  SVHN: { parts: { train: 73_257, test: 26_032, extra: 531_131 }, size: [32, 32], mode: 'RGB', classes: 10 },
  STL10: { parts: { train: 5_000, test: 8_000, unlabeled: 100_000, 'train+unlabeled': 105_000 }, size: [96, 96], mode: 'RGB', classes: 10 },
  Flowers102: { parts: { train: 1_020, val: 1_020, test: 6_149 }, size: null, mode: 'RGB', classes: 102 },
  Food101: { parts: { train: 75_750, test: 25_250 }, size: null, mode: 'RGB', classes: 101 },
  OxfordIIITPet: { parts: { trainval: 3_680, test: 3_669 }, size: null, mode: 'RGB', classes: 37 },
  ImageNet: { parts: { train: 1_281_167, val: 50_000 }, size: null, mode: 'RGB', classes: 1000 },
};

/** `train=False`, or `split='test'`. */
const BY_SPLIT: ReadonlySet<string> = new Set(['SVHN', 'STL10', 'Flowers102', 'Food101', 'OxfordIIITPet', 'ImageNet']);

/** Datasets whose items are a picture and a class. https://docs.pytorch.org/vision/stable/datasets.html */
export const datasets = String.raw`
import torch
from torch._C import _assume, _opaque_like
from torch.utils.data import Dataset
from torchvision._image import Image, number

class VisionDataset(Dataset):
    def __init__(self, root=None, transforms=None, transform=None, target_transform=None):
        self.root = root
        self.transform = transform
        self.target_transform = target_transform
        self.transforms = transforms

    def _item(self, img, target):
        if self.transforms is not None:
            return self.transforms(img, target)
        if self.transform is not None:
            img = self.transform(img)
        if self.target_transform is not None:
            target = self.target_transform(target)
        return img, target

class _Published(VisionDataset):
    def _open(self, part, transform, target_transform):
        super().__init__('', None, transform, target_transform)
        self._count = self._parts[part]
        _assume(f'{type(self).__name__} is taken to be the published dataset: {self._count} pictures')
        self.classes = [str(i) for i in range(self._classes)]
        self.class_to_idx = {name: i for i, name in enumerate(self.classes)}

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        height, width = self._size or (number(), number())
        return self._item(Image(height, width, self._mode), number(0, self._classes))

    def _unread(self, *size):
        return _opaque_like(torch.empty((self._count, *size), dtype=torch.uint8), 'the dataset is not read')

    @property
    def targets(self):
        labels = _opaque_like(torch.empty(self._count, dtype=torch.int64), 'the dataset is not read')
        return labels if self._mode == 'L' else labels.tolist()

    @property
    def data(self):
        if self._mode == 'L':
            return self._unread(*self._size)
        return self._unread(*self._size, 3).numpy()
${Object.entries(PUBLISHED).map(([name, { parts, size, mode, classes }]) => `
class ${name}(_Published):
    _parts = {${Object.entries(parts).map(([part, count]) => `'${part}': ${count}`).join(', ')}}
    _size = ${size ? `(${size.join(', ')})` : 'None'}
    _mode = '${mode}'
    _classes = ${classes}

    def __init__(self, root=None, ${BY_SPLIT.has(name) ? `split='${Object.keys(parts)[0]}', ` : 'train=True, '}transform=None, target_transform=None, download=False, **kwargs):
        self._open(${BY_SPLIT.has(name) ? 'split' : "'train' if train else 'test'"}, transform, target_transform)
`).join('')}
class FakeData(VisionDataset):
    def __init__(self, size=1000, image_size=(3, 224, 224), num_classes=10, transform=None, target_transform=None, random_offset=0):
        super().__init__(None, None, transform, target_transform)
        self.size = size
        self.image_size = image_size
        self.num_classes = num_classes

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        channels, height, width = self.image_size
        return self._item(Image(height, width, {1: 'L', 3: 'RGB'}[channels]), number(0, self.num_classes))

class DatasetFolder(VisionDataset):
    def __init__(self, root, loader=None, extensions=None, transform=None, target_transform=None, **kwargs):
        super().__init__(root, None, transform, target_transform)

    def __len__(self):
        return number()

    def __getitem__(self, index):
        return self._item(Image(number(), number(), 'RGB'), number())

class ImageFolder(DatasetFolder):
    def __init__(self, root, transform=None, target_transform=None, **kwargs):
        super().__init__(root, None, None, transform, target_transform)
`;
