"""Actor and critic, returns computed backwards, advantages, a replay step, dueling heads, noisy layers."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Categorical, Independent, Normal


class ActorCritic(nn.Module):
    def __init__(self, states, actions, hidden=(16, 8), continuous=False):
        super().__init__()
        layers, last = [], states
        for width in hidden:
            layer = nn.Linear(last, width)
            nn.init.orthogonal_(layer.weight, math.sqrt(2))
            layers += [layer, nn.Tanh()]
            last = width
        self.body = nn.Sequential(*layers)
        self.policy, self.value = nn.Linear(last, actions), nn.Linear(last, 1)
        self.log_std = nn.Parameter(torch.zeros(actions)) if continuous else None

    def distribution(self, states):
        out = self.policy(self.body(states))
        if self.log_std is not None:
            return Independent(Normal(out, self.log_std.exp().expand_as(out)), 1)
        return Categorical(logits=out)

    def act(self, state):
        distribution = self.distribution(state)
        action = distribution.sample()
        return action, distribution.log_prob(action), self.value(self.body(state)).squeeze(-1)


def returns(rewards, gamma=0.9):
    out, R = [], 0
    for r in rewards[::-1]:
        R = r + gamma * R
        out.insert(0, R)
    out = torch.tensor(out)
    return (out - out.mean()) / (out.std() + 1e-6)


def gae(rewards, values, masks, gamma=0.99, tau=0.95):
    values = torch.cat([values, values[-1:]])
    gae = 0
    advantages = torch.zeros_like(rewards)
    for t in reversed(range(rewards.size(0))):
        delta = rewards[t] + gamma * values[t + 1] * masks[t] - values[t]
        gae = delta + gamma * tau * masks[t] * gae
        advantages[t] = gae
    return advantages, advantages + values[:-1]


class Noisy(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.mu, self.sigma = nn.Parameter(torch.empty(outputs, inputs).uniform_(-1, 1)), nn.Parameter(torch.full((outputs, inputs), 0.017))
        self.register_buffer("epsilon", torch.zeros(outputs, inputs))
        self.reset()

    def reset(self):
        a, b = (torch.randn(n).sign().mul_(torch.randn(n).abs().sqrt()) for n in self.mu.shape[::-1])
        self.epsilon.copy_(b.outer(a))

    def forward(self, x):
        return F.linear(x, self.mu + self.sigma * self.epsilon if self.training else self.mu)


class Dueling(nn.Module):
    def __init__(self, states, actions, atoms=5):
        super().__init__()
        self.atoms, self.actions = atoms, actions
        self.register_buffer("support", torch.linspace(-1, 1, atoms))
        self.advantage, self.value = Noisy(states, actions * atoms), Noisy(states, atoms)

    def forward(self, x):
        advantage = self.advantage(x).view(-1, self.actions, self.atoms)
        value = self.value(x).view(-1, 1, self.atoms)
        q = (value + advantage - advantage.mean(dim=1, keepdim=True)).softmax(dim=-1)
        return q, (q * self.support).sum(2)


if __name__ == "__main__":
    model = ActorCritic(4, 3)
    action, log_prob, value = model.act(torch.randn(7, 4))
    gains = returns([1.0, 0.0, 2.0])
    advantages, targets = gae(torch.randn(7), value.detach(), torch.ones(7))
    ratio = torch.exp(log_prob - log_prob.detach())
    clipped = torch.min(ratio * advantages, torch.clamp(ratio, 0.8, 1.2) * advantages)
    loss = -clipped.mean() + 0.5 * F.mse_loss(value, targets) - 0.01 * model.distribution(torch.randn(7, 4)).entropy().mean()
    loss.backward()
    sampled, chance, _ = ActorCritic(4, 2, continuous=True).act(torch.randn(5, 4))
    q, mean = Dueling(4, 3)(torch.randn(6, 4))
    best = mean.max(1)[1].view(-1, 1)
    chosen = mean.gather(1, best).squeeze()
    distribution = q[torch.arange(6), best.squeeze(1)]
