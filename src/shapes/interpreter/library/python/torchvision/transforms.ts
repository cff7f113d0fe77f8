/** Transforms that change what pixels are and nothing else. */
const OF_VALUES = [
  'ColorJitter', 'RandomRotation', 'RandomAffine', 'RandomPerspective', 'RandomErasing', 'GaussianBlur', 'RandomInvert', 'RandomPosterize', 'RandomSolarize', 'RandomAdjustSharpness',
  'RandomAutocontrast', 'RandomEqualize', 'AutoAugment', 'RandAugment', 'TrivialAugmentWide', 'AugMix', 'ElasticTransform', 'RandomGrayscale', 'GaussianNoise', 'RandomPhotometricDistort',
  'RandomHorizontalFlip', 'RandomVerticalFlip', 'RandomChannelPermutation', 'JPEG',
];

/** https://docs.pytorch.org/vision/stable/transforms.html */
export const transforms = String.raw`
import torch
import torchvision.transforms.functional as functional
from torch import nn
from torchvision._image import changed, height_and_width
from torchvision.transforms.functional import InterpolationMode, _pair

class Transform(nn.Module):
    # v2 takes what belongs together: the picture is the first, all else is as it was.
    def __call__(self, img, *others):
        if len(others) > 0:
            return (self(img), *others)
        if isinstance(img, (tuple, dict)):
            raise TypeError(f'{type(self).__name__} of a tuple or dict is not traced')
        return self.forward(img)

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, img):
        for transform in self.transforms:
            img = transform(img)
        return img

class Identity(Transform):
    def forward(self, img):
        return img

class ToTensor:
    def __call__(self, pic):
        return functional.to_tensor(pic)

class PILToTensor:
    def __call__(self, pic):
        return functional.pil_to_tensor(pic)

class ToImage:
    def __call__(self, pic):
        return functional.to_image(pic)

class ToPureTensor:
    def __call__(self, img):
        return img

class ToPILImage:
    def __init__(self, mode=None):
        self.mode = mode

    def __call__(self, pic):
        return functional.to_pil_image(pic, self.mode)

class ConvertImageDtype(Transform):
    def __init__(self, dtype=torch.float32):
        super().__init__()
        self.dtype = dtype

    def forward(self, img):
        return functional.convert_image_dtype(img, self.dtype)

class ToDtype(Transform):
    def __init__(self, dtype, scale=False):
        super().__init__()
        self.dtype = dtype
        self.scale = scale

    def forward(self, img):
        return functional.to_dtype(img, self.dtype, self.scale)

class Normalize(Transform):
    def __init__(self, mean, std, inplace=False):
        super().__init__()
        self.mean = mean
        self.std = std

    def forward(self, img):
        return functional.normalize(img, self.mean, self.std)

class Resize(Transform):
    def __init__(self, size, interpolation=InterpolationMode.BILINEAR, max_size=None, antialias=True):
        super().__init__()
        self.size = size
        self.max_size = max_size

    def forward(self, img):
        return functional.resize(img, self.size, max_size=self.max_size)

class CenterCrop(Transform):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, img):
        return functional.center_crop(img, self.size)

class RandomCrop(Transform):
    def __init__(self, size, padding=None, pad_if_needed=False, fill=0, padding_mode='constant'):
        super().__init__()
        self.size = _pair(size)

    def forward(self, img):
        return changed(img, *self.size)

class RandomResizedCrop(Transform):
    def __init__(self, size, scale=(0.08, 1.0), ratio=(3 / 4, 4 / 3), interpolation=InterpolationMode.BILINEAR, antialias=True):
        super().__init__()
        self.size = _pair(size)

    def forward(self, img):
        return changed(img, *self.size)

class Pad(Transform):
    def __init__(self, padding, fill=0, padding_mode='constant'):
        super().__init__()
        self.padding = padding

    def forward(self, img):
        return functional.pad(img, self.padding)

class FiveCrop(Transform):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, img):
        return functional.five_crop(img, self.size)

class TenCrop(Transform):
    def __init__(self, size, vertical_flip=False):
        super().__init__()
        self.size = size

    def forward(self, img):
        return functional.ten_crop(img, self.size)

class Grayscale(Transform):
    def __init__(self, num_output_channels=1):
        super().__init__()
        self.num_output_channels = num_output_channels

    def forward(self, img):
        return functional.rgb_to_grayscale(img, self.num_output_channels)

class Lambda:
    def __init__(self, lambd, *types):
        self.lambd = lambd

    def __call__(self, img):
        return self.lambd(img)

class RandomApply(Transform):
    def __init__(self, transforms, p=0.5):
        super().__init__()
        self.transforms = transforms

    def forward(self, img):
        if torch.rand(1) < 0.5:
            for transform in self.transforms:
                img = transform(img)
        return img

class RandomOrder(Compose):
    pass

class RandomChoice:
    def __init__(self, transforms, p=None):
        self.transforms = transforms

    def __call__(self, img):
        return self.transforms[torch.randint(len(self.transforms), ()).item()](img)

class LinearTransformation(Transform):
    def __init__(self, transformation_matrix, mean_vector):
        super().__init__()
        self.transformation_matrix = transformation_matrix
        self.mean_vector = mean_vector

    def forward(self, tensor):
        return torch.mm(tensor.view(1, -1) - self.mean_vector, self.transformation_matrix).view(tensor.shape)
${OF_VALUES.map((name) => `
class ${name}(Transform):
    def __init__(self, *args, **kwargs):
        super().__init__()
        self.expand = kwargs.get('expand', False)

    def forward(self, img):
        return functional.rotate(img, 0, expand=True) if self.expand else changed(img)
`).join('')}`;
