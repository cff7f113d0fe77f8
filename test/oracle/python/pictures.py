"""Pictures: transforms of torchvision, a dataset of drawn pictures, batches, grids."""
import torch
import torchvision
from PIL import Image
from torch.utils.data import DataLoader
from torchvision import datasets, transforms as T
from torchvision.transforms import functional as TF, v2

train = T.Compose([T.RandomResizedCrop(48), T.RandomHorizontalFlip(), T.ColorJitter(0.1, 0.1), T.ToTensor(), T.Normalize([0.5, 0.5, 0.5], [0.2, 0.2, 0.2]), T.RandomErasing()])
valid = T.Compose([T.Resize(40), T.CenterCrop((32, 36)), T.Grayscale(), T.ToTensor()])
pictures = datasets.FakeData(50, (3, 60, 80), 7, transform=train)
first, label = pictures[0]
images, labels = next(iter(DataLoader(pictures, batch_size=16, shuffle=True)))
for x, y in DataLoader(datasets.FakeData(20, (1, 28, 28), transform=T.ToTensor()), batch_size=8):
    flat = x.flatten(1)
    target = y + 1
grid = torchvision.utils.make_grid(images, nrow=5, padding=1)
one = torchvision.utils.make_grid(images[0])
sizes = [valid(picture) for picture, _ in datasets.FakeData(3, (3, 60, 80))]
stacked = torch.stack(sizes)
picture = datasets.FakeData(1, (3, 60, 80))[0][0]
wide = torch.zeros(picture.size)
padded = TF.to_tensor(TF.pad(picture, (1, 2)))
resized = TF.pil_to_tensor(TF.resize(picture, 30))
crops = torch.stack([T.ToTensor()(crop) for crop in T.FiveCrop(24)(picture)])
back = T.ToPILImage()(torch.rand(3, 9, 11))
again = T.PILToTensor()(back)
tensor = v2.Compose([v2.ToImage(), v2.RandomCrop(32), v2.ToDtype(torch.float32, scale=True), v2.Normalize((0.5,), (0.5,))])(picture)
of_tensor = T.Resize((10, 12))(torch.rand(2, 3, 20, 20))
of_short = T.Resize(10)(torch.rand(3, 20, 30))
grey = TF.rgb_to_grayscale(torch.rand(4, 3, 5, 6))
part = TF.crop(torch.rand(3, 20, 20), 2, 3, 5, 6)
flipped = TF.hflip(torch.rand(3, 20, 20))
rotated = TF.rotate(torch.rand(3, 20, 20), 30)
whole = TF.convert_image_dtype(torch.zeros(3, 4, 5, dtype=torch.uint8))
