/** torchvision where it is not installed: what its published datasets are, and what is not known without its source. */
import { check } from '../check';

describe('torchvision by name', () => {
  it('knows the datasets as published', () => check(`
    import torch
    from torchvision import datasets, transforms
    from torch.utils.data import DataLoader
    train = datasets.FashionMNIST(root="data", train=True, download=True, transform=transforms.ToTensor())
    torch.zeros(len(train))             # → (60000,) float32
    train.data                          # → (60000, 28, 28) uint8
    torch.as_tensor(datasets.CIFAR10("data").data)  # → (50000, 32, 32, 3) uint8
    images, labels = next(iter(DataLoader(train, batch_size=64, shuffle=True)))
    images                              # → (64, 1, 28, 28) float32
    labels                              # → (64,) int64
    for x, y in DataLoader(train, batch_size=64):
        x.flatten(1)                    # → (64, 784) float32 then (32, 784) float32
    datasets.CIFAR100("data", False, transform=transforms.ToTensor())[0][0]  # → (3, 32, 32) float32
  `));

  it('does not know how large the pictures of a folder are, but what a transform makes of them', () => check(`
    import torch
    import torchvision
    from torchvision import transforms as T
    resized = T.Compose([T.Resize((32, 48)), T.ToTensor()])
    torchvision.datasets.ImageFolder("pictures", resized)[0][0]        # → (3, 32, 48) float32
    loader = torch.utils.data.DataLoader(torchvision.datasets.ImageFolder("pictures", resized), batch_size=8, drop_last=True)
    next(iter(loader))[0]                                              # → (8, 3, 32, 48) float32
  `));

  it('does not know all else', () => check(`
    import torch
    from torchvision import models
    models.resnet18()(torch.zeros(1, 3, 8, 8))  # → unknown
  `));
});
