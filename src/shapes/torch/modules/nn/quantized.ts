/** Operations as modules, so that observers of quantization find them; on float tensors they are the operations themselves. */

/** https://docs.pytorch.org/docs/stable/generated/torch.ao.nn.quantized.FloatFunctional.html */
export const source = String.raw`
import torch
from torch.nn import Identity, Module

class FloatFunctional(Module):
    def __init__(self):
        super().__init__()
        self.activation_post_process = Identity()

    def add(self, x, y):
        return self.activation_post_process(torch.add(x, y))

    def add_scalar(self, x, y):
        return torch.add(x, y)

    def mul(self, x, y):
        return self.activation_post_process(torch.mul(x, y))

    def mul_scalar(self, x, y):
        return torch.mul(x, y)

    def cat(self, x, dim=0):
        return self.activation_post_process(torch.cat(x, dim=dim))

    def add_relu(self, x, y):
        return self.activation_post_process(torch.nn.functional.relu(torch.add(x, y)))

    def matmul(self, x, y):
        return self.activation_post_process(torch.matmul(x, y))

class FXFloatFunctional(FloatFunctional):
    def __init__(self):
        super().__init__()
`;
