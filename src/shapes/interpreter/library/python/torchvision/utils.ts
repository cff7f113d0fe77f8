/** https://docs.pytorch.org/vision/stable/utils.html */
export const utils = String.raw`
import torch
from torch._C import _opaque_like

def make_grid(tensor, nrow=8, padding=2, normalize=False, value_range=None, scale_each=False, pad_value=0.0):
    if isinstance(tensor, (list, tuple)):
        tensor = torch.stack(list(tensor), 0)
    if tensor.dim() == 2:
        tensor = tensor.unsqueeze(0)
    if tensor.dim() == 3:
        tensor = torch.cat((tensor, tensor, tensor), 0) if tensor.size(0) == 1 else tensor
        tensor = tensor.unsqueeze(0)
    if tensor.size(1) == 1:
        tensor = torch.cat((tensor, tensor, tensor), 1)
    if tensor.size(0) == 1:
        return tensor.squeeze(0)
    count = tensor.size(0)
    across = min(nrow, count)
    down = (count + across - 1) // across
    height = tensor.size(2) + padding
    width = tensor.size(3) + padding
    return _opaque_like(torch.empty((tensor.size(1), height * down + padding, width * across + padding), dtype=tensor.dtype), 'a grid of pictures is not evaluated')

def save_image(tensor, fp, format=None, **kwargs):
    pass

def draw_bounding_boxes(image, *args, **kwargs):
    return _opaque_like(image, 'what is drawn is not evaluated')

def draw_segmentation_masks(image, *args, **kwargs):
    return _opaque_like(image, 'what is drawn is not evaluated')

def draw_keypoints(image, *args, **kwargs):
    return _opaque_like(image, 'what is drawn is not evaluated')
`;
