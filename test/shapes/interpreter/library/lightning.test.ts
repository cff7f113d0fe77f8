/** Modules of Lightning where it is not installed, and modules whose base is not read. */
import assert from 'node:assert/strict';
import { check, trace } from '../check';

const CLASSIFIER = `
    import torch
    from torch import nn
    import pytorch_lightning as pl
    class Classifier(pl.LightningModule):
        def __init__(self, hidden=64, n_classes=10, lr=1e-3):
            super().__init__()
            self.save_hyperparameters(ignore='lr')
            self.encoder = nn.Linear(784, hidden)
            self.head = nn.Linear(self.hparams.hidden, n_classes)
        def forward(self, x):
            return self.head(self.encoder(x.flatten(1)))
        def training_step(self, batch, batch_idx):
            x, y = batch
            loss = nn.functional.cross_entropy(self(x), y)
            self.log('loss', loss)
            return loss
`;

describe('Lightning by name', () => {
  it('calls its modules, with their hyperparameters', () => check(`${CLASSIFIER}
    classifier = Classifier(hidden=32)
    classifier(torch.randn(4, 1, 28, 28))           # → (4, 10) float32
    classifier.encoder.weight                       # → (32, 784) float32
    classifier.training_step((torch.randn(4, 1, 28, 28), torch.zeros(4, dtype=torch.long)), 0)  # → () float32
    torch.zeros(len(classifier.hparams))            # → (2,) float32
  `));

  it('takes a class with a forward for a module where its base is not read, and says so', async () => {
    const source = `
      import torch
      from nowhere_else import Base
      class Net(Base):
          def forward(self, x):
              return x @ x.T
      y = Net()(torch.randn(3, 5))  # → (3, 3) float32
    `;
    await check(source);
    const { assumptions } = await trace(source);
    assert.deepEqual(assumptions.map(({ text }) => text), ['a call of Net is taken to run its forward: the source of a class that it derives from was not read']);
  });
});
