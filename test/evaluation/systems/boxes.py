# Detectors' arithmetic: overlaps, non-maximum suppression, anchors, deltas, deformable attention by grid_sample, regions, focal loss.
def corners(boxes):
    x, y, w, h = boxes.unbind(-1)
    return torch.stack((x - w / 2, y - h / 2, x + w / 2, y + h / 2), dim=-1)

def overlaps(a, b):
    areas = [(boxes[:, 2:] - boxes[:, :2]).clamp(min=0).prod(-1) for boxes in (a, b)]
    low = torch.max(a[:, None, :2], b[None, :, :2])
    high = torch.min(a[:, None, 2:], b[None, :, 2:])
    shared = (high - low).clamp_(min=0).prod(2)
    union = areas[0][:, None] + areas[1] - shared
    iou = shared / union
    hull = (torch.max(a[:, None, 2:], b[:, 2:]) - torch.min(a[:, None, :2], b[:, :2])).clamp(min=0).prod(-1)
    return iou, iou - (hull - union) / hull

boxes = corners(positive(6, 4))
scores = unit(6)
iou, generalized = overlaps(boxes, corners(positive(4, 4) + 0.5))
boxes, iou, generalized, torch.diagonal(overlaps(boxes, boxes)[0])

def suppress(boxes, scores, threshold=0.1):
    order = scores.argsort(descending=True)
    keep = torch.zeros(len(boxes), dtype=torch.bool)
    suppressed = torch.zeros(len(boxes), dtype=torch.bool)
    table = overlaps(boxes, boxes)[0]
    for i in range(len(boxes)):
        at = order[i]
        keep[at] = ~suppressed[at]
        suppressed |= (table[at] > threshold) & ~suppressed[at]
    return keep

suppress(boxes, scores), suppress(boxes, scores, 0.9)

def anchors(height, width, stride=8, ratios=(0.5, 1.0, 2.0)):
    ratios = torch.tensor(ratios)
    w, h = stride / ratios.sqrt(), stride * ratios.sqrt()
    base = torch.stack([-w, -h, w, h], dim=1).div(2).round()
    y, x = torch.meshgrid(torch.arange(height) * stride, torch.arange(width) * stride, indexing="ij")
    shifts = torch.stack((x.reshape(-1), y.reshape(-1), x.reshape(-1), y.reshape(-1)), dim=1)
    return (shifts.view(-1, 1, 4) + base.view(1, -1, 4)).reshape(-1, 4)

def decoded(deltas, anchors, weights=(10.0, 10.0, 5.0, 5.0)):
    size = anchors[:, 2:] - anchors[:, :2]
    centre = anchors[:, :2] + 0.5 * size
    dx, dy, dw, dh = (deltas / deltas.new_tensor(weights)).split(1, dim=1)
    dw, dh = (d.clamp(max=math.log(1000 / 16)) for d in (dw, dh))
    centre = torch.cat((dx, dy), 1) * size + centre
    half = torch.exp(torch.cat((dw, dh), 1)) * size / 2
    return torch.cat((centre - half, centre + half), 1)

anchors(2, 3), decoded(f(18, 4), anchors(2, 3)), decoded(f(18, 4), anchors(2, 3)).clamp(0, 16).long()

def deformable(value, shapes, locations, weights):
    N, _, M, D = value.shape
    _, Lq, _, L, P, _ = locations.shape
    levels = value.split([h * w for h, w in shapes], dim=1)
    grids = 2 * locations - 1
    sampled = []
    for level, (h, w) in enumerate(shapes):
        image = levels[level].flatten(2).transpose(1, 2).reshape(N * M, D, h, w)
        grid = grids[:, :, :, level].transpose(1, 2).flatten(0, 1)
        sampled.append(F.grid_sample(image, grid, mode="bilinear", padding_mode="zeros", align_corners=False))
    weights = weights.transpose(1, 2).reshape(N * M, 1, Lq, L * P)
    return (torch.stack(sampled, dim=-2).flatten(-2) * weights).sum(-1).view(N, M * D, Lq).transpose(1, 2).contiguous()

deformable(f(2, 10, 2, 3), ((2, 3), (2, 2)), unit(2, 4, 2, 2, 2, 2), f(2, 4, 2, 4).softmax(-1).view(2, 4, 2, 2, 2)), F.affine_grid(f(1, 2, 3) / 4, (1, 1, 2, 3), align_corners=True), F.grid_sample(f(1, 2, 4, 4), f(1, 2, 2, 2) / 3, mode="bicubic", padding_mode="reflection", align_corners=True)

def focal(logits, targets, alpha=0.25, gamma=2):
    ce = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    p = torch.sigmoid(logits)
    pt = p * targets + (1 - p) * (1 - targets)
    return ((alpha * targets + (1 - alpha) * (1 - targets)) * (1 - pt) ** gamma * ce).mean(1).sum()

focal(f(3, 4), b(3, 4).float()), torch.cdist(boxes, boxes, p=1).argmin(1), F.smooth_l1_loss(boxes, boxes.roll(1, 0), beta=0.5), torch.bucketize(positive(6), torch.tensor([0.5, 1.0, 2.0])), F.one_hot(i(5, high=4), 4).sum(0)
