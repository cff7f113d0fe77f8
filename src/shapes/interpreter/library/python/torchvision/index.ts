/**
 * torchvision's pictures, transforms and datasets, which its own source makes with libraries that are not read: the texts by
 * the modules that they stand for. Its models and operators are traced from its source, where it is installed.
 * https://docs.pytorch.org/vision/stable/
 */
import { datasets } from './datasets';
import { functional } from './functional';
import { image } from './image';
import { transforms } from './transforms';
import { utils } from './utils';

export const torchvision: Readonly<Record<string, readonly string[]>> = {
  'torchvision._image': [image],
  'torchvision.transforms.functional': [functional],
  'torchvision.transforms.v2.functional': [functional],
  'torchvision.transforms': [transforms],
  'torchvision.transforms.transforms': [transforms],
  'torchvision.transforms.v2': [transforms],
  'torchvision.datasets': [datasets],
  'torchvision.datasets.mnist': [datasets],
  'torchvision.datasets.cifar': [datasets],
  'torchvision.datasets.folder': [datasets],
  'torchvision.utils': [utils],
};
