/** A picture as PIL has it, of which its width, height and mode are known, and no pixel. https://pillow.readthedocs.io/en/stable/reference/Image.html */
export const image = String.raw`
import torch
from torch._C import _opaque_like

_CHANNELS = {'1': 1, 'L': 1, 'P': 1, 'I': 1, 'F': 1, 'LA': 2, 'RGB': 3, 'YCbCr': 3, 'HSV': 3, 'LAB': 3, 'RGBA': 4, 'CMYK': 4}

class Image:
    def __init__(self, height, width, mode):
        self.height = height
        self.width = width
        self.mode = mode

    @property
    def size(self):
        return (self.width, self.height)

    def getbands(self):
        return tuple(self.mode)

    def convert(self, mode=None, *args, **kwargs):
        return Image(self.height, self.width, mode)

    def copy(self):
        return self

    def resize(self, size, *args, **kwargs):
        return Image(size[1], size[0], self.mode)

    def crop(self, box):
        return Image(box[3] - box[1], box[2] - box[0], self.mode)

    def show(self, *args, **kwargs):
        pass

    def save(self, *args, **kwargs):
        pass

    def __array__(self):
        size = (self.height, self.width) if _CHANNELS[self.mode] == 1 else (self.height, self.width, _CHANNELS[self.mode])
        return _opaque_like(torch.empty(size, dtype=torch.uint8), 'the picture is not read').numpy()

def number(low=1, high=10000):
    # A size that only the file says.
    return torch.randint(low, high, ()).item()

def height_and_width(img):
    return (img.shape[-2], img.shape[-1]) if isinstance(img, torch.Tensor) else (img.height, img.width)

def channels_of(img):
    return img.shape[-3] if isinstance(img, torch.Tensor) else _CHANNELS[img.mode]

def changed(img, height=None, width=None, channels=None):
    # What a transform leaves of a picture: one of these sizes, with other pixels.
    own = height_and_width(img)
    height = own[0] if height is None else height
    width = own[1] if width is None else width
    if isinstance(img, torch.Tensor):
        size = img.shape[:-3] + (img.shape[-3] if channels is None else channels,) + (height, width)
        return _opaque_like(torch.empty(size, dtype=img.dtype), 'what this transform makes of the values is not traced')
    return Image(height, width, img.mode if channels is None else {1: 'L', 3: 'RGB'}[channels])
`;
