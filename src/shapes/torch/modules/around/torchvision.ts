/** What torchvision's own Python calls of its compiled operators: https://docs.pytorch.org/vision/stable/ops.html */

export const libraries = String.raw`
def load_library(path):
    pass
`;

export const ops = String.raw`
import torch

def nms(boxes, scores, iou_threshold):
    # How many boxes are kept depends on them.
    return (scores > iou_threshold).nonzero().flatten()

def roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned):
    return input.new_empty((rois.shape[0], input.shape[1], pooled_height, pooled_width))

def roi_pool(input, rois, spatial_scale, pooled_height, pooled_width):
    output = input.new_empty((rois.shape[0], input.shape[1], pooled_height, pooled_width))
    return output, torch.empty_like(output, dtype=torch.int32)

def ps_roi_pool(input, rois, spatial_scale, pooled_height, pooled_width):
    output = input.new_empty((rois.shape[0], input.shape[1] // (pooled_height * pooled_width), pooled_height, pooled_width))
    return output, torch.empty_like(output, dtype=torch.int32)

def ps_roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio):
    return ps_roi_pool(input, rois, spatial_scale, pooled_height, pooled_width)

def deform_conv2d(input, weight, offset, mask, bias, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups, offset_groups, use_mask):
    # Offsets move what is read, not how much is written.
    return torch.nn.functional.conv2d(input, weight, bias, (stride_h, stride_w), (pad_h, pad_w), (dilation_h, dilation_w), groups)

def box_iou_rotated(boxes1, boxes2):
    return boxes1.new_empty((boxes1.shape[0], boxes2.shape[0]))
`;
