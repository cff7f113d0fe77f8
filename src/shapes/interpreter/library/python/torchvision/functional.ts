/** https://docs.pytorch.org/vision/stable/transforms.html#functional-transforms */
export const functional = String.raw`
import numpy as np
import torch
from torch._C import _opaque_like
from torchvision._image import Image, changed, channels_of, height_and_width, number

class InterpolationMode:
    NEAREST = 'nearest'
    NEAREST_EXACT = 'nearest-exact'
    BILINEAR = 'bilinear'
    BICUBIC = 'bicubic'
    BOX = 'box'
    HAMMING = 'hamming'
    LANCZOS = 'lanczos'

def get_dimensions(img):
    return [channels_of(img), *height_and_width(img)]

def get_image_size(img):
    height, width = height_and_width(img)
    return [width, height]

def get_image_num_channels(img):
    return channels_of(img)

get_num_channels = get_image_num_channels

def pil_to_tensor(pic):
    return _opaque_like(torch.empty((channels_of(pic), *height_and_width(pic)), dtype=torch.uint8), 'the picture is not read')

def to_tensor(pic):
    if isinstance(pic, np.ndarray):
        tensor = torch.from_numpy(pic[:, :, None] if pic.ndim == 2 else pic).permute(2, 0, 1).contiguous()
        return tensor.to(torch.get_default_dtype()).div(255) if tensor.dtype == torch.uint8 else tensor
    if pic.mode in ('I', 'F'):
        return pil_to_tensor(pic).to(torch.int32 if pic.mode == 'I' else torch.float32)
    return pil_to_tensor(pic).to(torch.get_default_dtype()).div(255)

def to_image(inpt):
    if isinstance(inpt, np.ndarray):
        return torch.from_numpy(inpt if inpt.ndim > 2 else inpt[:, :, None]).permute(2, 0, 1)
    return inpt if isinstance(inpt, torch.Tensor) else pil_to_tensor(inpt)

def to_pil_image(pic, mode=None):
    if isinstance(pic, np.ndarray):
        pic = to_image(pic)
    if pic.ndim == 2:
        pic = pic.unsqueeze(0)
    return Image(pic.shape[-2], pic.shape[-1], {1: 'L', 2: 'LA', 3: 'RGB', 4: 'RGBA'}[pic.shape[0]] if mode is None else mode)

def convert_image_dtype(image, dtype=torch.float32):
    return to_dtype(image, dtype, True)

def to_dtype(inpt, dtype=torch.float32, scale=False):
    if inpt.dtype == dtype or not scale:
        return inpt.to(dtype)
    if not inpt.dtype.is_floating_point and dtype.is_floating_point:
        return inpt.to(dtype) / torch.iinfo(inpt.dtype).max
    return _opaque_like(inpt.to(dtype), 'what this transform makes of the values is not traced')

def normalize(tensor, mean, std, inplace=False):
    mean = torch.as_tensor(mean, dtype=tensor.dtype)
    std = torch.as_tensor(std, dtype=tensor.dtype)
    return (tensor - mean.view(-1, 1, 1)) / std.view(-1, 1, 1)

def _pair(size):
    return (size, size) if isinstance(size, int) else (size[0], size[-1])

def resize(img, size, interpolation='bilinear', max_size=None, antialias=True):
    height, width = height_and_width(img)
    if not isinstance(size, int) and len(size) == 2:
        return changed(img, size[0], size[1])
    # The shorter side gets the size, the other one keeps the ratio.
    short = size if isinstance(size, int) else size[0]
    long = int(short * max(height, width) / min(height, width))
    if max_size is not None and long > max_size:
        short, long = int(max_size * short / long), max_size
    return changed(img, short, long) if height <= width else changed(img, long, short)

def pad(img, padding, fill=0, padding_mode='constant'):
    sides = [padding] * 4 if isinstance(padding, int) else list(padding) * (4 // len(padding))
    height, width = height_and_width(img)
    return changed(img, height + sides[1] + sides[3], width + sides[0] + sides[2])

def crop(img, top, left, height, width):
    return img[..., top:top + height, left:left + width] if isinstance(img, torch.Tensor) else changed(img, height, width)

def center_crop(img, output_size):
    return changed(img, *_pair(output_size))

def resized_crop(img, top, left, height, width, size, *args, **kwargs):
    return resize(crop(img, top, left, height, width), size)

def five_crop(img, size):
    return tuple([center_crop(img, size) for _ in range(5)])

def ten_crop(img, size, vertical_flip=False):
    return five_crop(img, size) + five_crop(img, size)

def hflip(img):
    return img.flip(-1) if isinstance(img, torch.Tensor) else img

def vflip(img):
    return img.flip(-2) if isinstance(img, torch.Tensor) else img

horizontal_flip = hflip
vertical_flip = vflip

def rotate(img, angle, interpolation='nearest', expand=False, center=None, fill=None):
    if not expand:
        return changed(img)
    return changed(img, number(), number())

def affine(img, *args, **kwargs):
    return changed(img)

def perspective(img, *args, **kwargs):
    return changed(img)

def gaussian_blur(img, kernel_size, sigma=None):
    return changed(img)

def rgb_to_grayscale(img, num_output_channels=1):
    return changed(img, None, None, num_output_channels)

to_grayscale = rgb_to_grayscale

def erase(img, i, j, h, w, v, inplace=False):
    return changed(img)
${['adjust_brightness', 'adjust_contrast', 'adjust_saturation', 'adjust_hue', 'adjust_gamma', 'adjust_sharpness', 'solarize', 'posterize', 'invert', 'equalize', 'autocontrast'].map((name) => `
def ${name}(img, *args, **kwargs):
    return changed(img)
`).join('')}`;
