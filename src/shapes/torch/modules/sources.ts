/** The Python sources by the dotted name of the module that they stand for. Each text sees only what it imports. */
import { torch as controlFlow } from './around/control-flow';
import * as distributions from './around/distributions';
import { made as madeDistributions } from './around/distributions-made';
import { rates } from './around/distributions-rates';
import { tails } from './around/distributions-tails';
import { transforms as variableTransforms } from './around/distributions-transforms';
import * as grad from './around/grad';
import * as runtime from './around/runtime';
import * as sparseTensors from './around/sparse';
import * as surroundings from './around/surroundings';
import * as torchvision from './around/torchvision';
import * as training from './around/training';
import * as einops from './einops/layers';
import { source as activation } from './nn/activation';
import * as attention from './nn/attention';
import { source as batchnorm } from './nn/batchnorm';
import { source as containers } from './nn/containers';
import { source as conv } from './nn/conv';
import { source as convLazy } from './nn/conv-lazy';
import { source as dropout } from './nn/dropout';
import { source as flexAttention } from './nn/flex-attention';
import { source as grouped } from './nn/grouped';
import { source as linear } from './nn/linear';
import { source as loss } from './nn/loss';
import { source as lossMargin } from './nn/loss-margin';
import { source as module } from './nn/module';
import { source as normalization } from './nn/normalization';
import { source as padding } from './nn/padding';
import { source as parameters } from './nn/parameters';
import { source as pooling } from './nn/pooling';
import { source as quantized } from './nn/quantized';
import { source as recurrent } from './nn/recurrent';
import { source as recurrentCells } from './nn/recurrent-cells';
import { source as registered } from './nn/registered';
import { source as reshaping } from './nn/reshaping';
import { source as sizes } from './nn/sizes';
import { source as softmax } from './nn/softmax';
import { source as sparse } from './nn/sparse';
import { source as transformer } from './nn/transformer';
import * as parametrize from './utils/parametrize';
import * as transforms from './utils/functional-transforms';
import { source as prune } from './utils/prune';
import { pytree, vmap } from './utils/pytree';
import { source as rnn } from './utils/rnn';
import { source as weights } from './utils/weights';
import { source as wellKnown } from './well-known';

export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  torch: [grad.torch, grad.typeInfo, vmap, sparseTensors.torch, controlFlow],
  'torch.sparse': [sparseTensors.functions],
  'torch.func': [vmap, transforms.func, transforms.functionalCall],
  'torch.nn.utils.stateless': [transforms.functionalCall],
  'torch.autograd.functional': [transforms.autogradFunctional],
  'torch.utils._pytree': [pytree],
  'torch.nn': [
    module, parameters, containers, linear, activation, softmax, conv, convLazy, pooling, batchnorm, normalization, dropout, padding, sparse, reshaping, loss, lossMargin, attention.source, transformer,
    recurrent, recurrentCells, runtime.parallel,
  ],
  'torch.nn.functional': [attention.functional, grouped],
  'torch.nn.attention.flex_attention': [flexAttention],
  'torch.ao.nn.quantized': [quantized],
  'torch.nn.modules.registered': [registered],
  'torch.nn.modules.utils': [sizes],
  'torch.nn.parallel': [runtime.parallel],
  'torch.nn.utils': [weights],
  'torch.nn.utils.prune': [prune],
  'torch.nn.utils.parametrize': [parametrize.parametrize],
  'torch.nn.utils.parametrizations': [parametrize.parametrizations],
  'torch.nn.utils.rnn': [rnn],
  'torch.utils.checkpoint': [grad.checkpoint],
  'torch.utils.data': [training.data],
  'torch.optim': [training.optim],
  'torch.optim.lr_scheduler': [training.schedulers],
  'torch.optim.swa_utils': [training.averaging],
  'torch.distributions': [distributions.base, distributions.continuous, distributions.discrete, rates, variableTransforms, madeDistributions, tails],
  'torch.distributions.kl': [distributions.discrete],
  'torch.distributions.transforms': [variableTransforms],
  'torch.autograd': [grad.autograd],
  'torch.autograd.function': [grad.autogradFunction],
  'torch.jit': [runtime.jit],
  'torch.compiler': [runtime.compiler],
  'torch._dynamo': [runtime.compiler],
  'torch.fx': [runtime.fx],
  'torch.overrides': [runtime.overrides],
  'torch.random': [surroundings.random],
  'torch.nn.attention': [surroundings.attention],
  'torch.testing': [surroundings.testing],
  'torch.version': [surroundings.version],
  'torch.onnx': [surroundings.onnx],
  'torch.ops': [torchvision.libraries],
  'torch.ops.torchvision': [torchvision.ops],
  'torch.profiler': [surroundings.profiler],
  'torch.cuda': [runtime.cuda, surroundings.cudaMemory],
  'torch.cuda.amp': [runtime.amps.cuda],
  'torch.cpu.amp': [runtime.amps.cpu],
  'torch.amp': [runtime.amp],
  'torch.backends.mps': [runtime.backend],
  'torch.mps': [runtime.backend],
  'torch.xpu': [runtime.backend],
  'torch.distributed': [runtime.distributed],
  einops: [einops.functions],
  'einops.layers.torch': [einops.layers],
  'well-known': [wellKnown],
};
