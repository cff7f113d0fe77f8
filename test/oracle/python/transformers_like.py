"""A small encoder in the manner of transformers: a configuration, mixins, outputs with attributes, tied weights, heads."""
import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple, Union

import torch
from torch import nn
from torch.nn import CrossEntropyLoss

ACT2FN = {"gelu": nn.functional.gelu, "relu": nn.functional.relu, "swish": lambda x: x * torch.sigmoid(x)}


class Config:
    model_type = "tiny"

    def __init__(self, vocab_size=60, hidden_size=24, num_attention_heads=3, num_hidden_layers=2, intermediate_size=None, max_position_embeddings=32, **kwargs):
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_attention_heads = num_attention_heads
        self.num_hidden_layers = num_hidden_layers
        self.intermediate_size = intermediate_size or 4 * hidden_size
        self.max_position_embeddings = max_position_embeddings
        self.hidden_act = kwargs.pop("hidden_act", "gelu")
        self.num_labels = kwargs.get("num_labels", 2)
        for key, value in kwargs.items():
            setattr(self, key, value)

    @classmethod
    def from_dict(cls, values: Dict[str, Any], **kwargs):
        return cls(**{**values, **kwargs})


class ModelOutput(OrderedDict):
    def __post_init__(self):
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if value is not None:
                self[name] = value

    def __getitem__(self, k):
        return dict(self.items())[k] if isinstance(k, str) else self.to_tuple()[k]

    def to_tuple(self):
        return tuple(self[k] for k in self.keys())


@dataclass
class EncoderOutput(ModelOutput):
    last_hidden_state: Optional[torch.FloatTensor] = None
    pooler_output: Optional[torch.FloatTensor] = None
    hidden_states: Optional[Tuple[torch.FloatTensor]] = None


class ModuleUtils:
    def num_params(self, only_trainable: bool = False) -> int:
        return sum(p.numel() for p in self.parameters() if p.requires_grad or not only_trainable)

    def get_extended_attention_mask(self, mask, dtype=torch.float32):
        if mask.dim() == 3:
            extended = mask[:, None, :, :]
        elif mask.dim() == 2:
            extended = mask[:, None, None, :]
        else:
            raise ValueError(f"Wrong shape for attention_mask (shape {mask.shape})")
        return (1.0 - extended.to(dtype=dtype)) * torch.finfo(dtype).min


class PreTrained(nn.Module, ModuleUtils):
    config_class = Config
    base_model_prefix = "encoder"

    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        self.config = config

    def post_init(self):
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            module.weight.data.normal_(mean=0.0, std=0.02)
        if isinstance(module, nn.Linear) and module.bias is not None:
            module.bias.data.zero_()

    @property
    def dtype(self):
        return next(self.parameters()).dtype


class Embeddings(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.word = nn.Embedding(config.vocab_size, config.hidden_size, padding_idx=0)
        self.position = nn.Embedding(config.max_position_embeddings, config.hidden_size)
        self.norm = nn.LayerNorm(config.hidden_size, eps=1e-12)
        self.register_buffer("position_ids", torch.arange(config.max_position_embeddings).expand((1, -1)))

    def forward(self, input_ids=None, inputs_embeds=None):
        shape = input_ids.size() if input_ids is not None else inputs_embeds.size()[:-1]
        position_ids = self.position_ids[:, : shape[1]]
        if inputs_embeds is None:
            inputs_embeds = self.word(input_ids)
        return self.norm(inputs_embeds + self.position(position_ids))


class SelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        if config.hidden_size % config.num_attention_heads != 0 and not hasattr(config, "embedding_size"):
            raise ValueError("hidden size and heads do not fit")
        self.heads = config.num_attention_heads
        self.head_size = int(config.hidden_size / config.num_attention_heads)
        self.all_size = self.heads * self.head_size
        self.query, self.key, self.value = (nn.Linear(config.hidden_size, self.all_size) for _ in range(3))
        self.dense = nn.Linear(self.all_size, config.hidden_size)

    def transpose_for_scores(self, x):
        new_shape = x.size()[:-1] + (self.heads, self.head_size)
        return x.view(*new_shape).permute(0, 2, 1, 3)

    def forward(self, x, mask=None, output_attentions=False):
        q, k, v = (self.transpose_for_scores(layer(x)) for layer in (self.query, self.key, self.value))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(self.head_size)
        if mask is not None:
            scores = scores + mask
        probs = nn.functional.softmax(scores, dim=-1)
        context = torch.matmul(probs, v).permute(0, 2, 1, 3).contiguous()
        context = self.dense(context.view(context.size()[:-2] + (self.all_size,)))
        return (context, probs) if output_attentions else (context,)


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.attention = SelfAttention(config)
        self.up, self.down = nn.Linear(config.hidden_size, config.intermediate_size), nn.Linear(config.intermediate_size, config.hidden_size)
        self.act = ACT2FN[config.hidden_act] if isinstance(config.hidden_act, str) else config.hidden_act

    def forward(self, hidden_states, attention_mask=None, **kwargs):
        outputs = self.attention(hidden_states, attention_mask, **kwargs)
        hidden_states = hidden_states + outputs[0]
        return (hidden_states + self.down(self.act(self.up(hidden_states))),) + outputs[1:]


class Encoder(PreTrained):
    def __init__(self, config, add_pooling_layer=True):
        super().__init__(config)
        self.embeddings = Embeddings(config)
        self.layer = nn.ModuleList([Layer(config) for _ in range(config.num_hidden_layers)])
        self.pooler = nn.Linear(config.hidden_size, config.hidden_size) if add_pooling_layer else None
        self.post_init()

    def forward(self, input_ids=None, attention_mask=None, inputs_embeds=None, output_hidden_states=None, return_dict=None) -> Union[Tuple, EncoderOutput]:
        return_dict = return_dict if return_dict is not None else True
        if input_ids is not None and inputs_embeds is not None:
            raise ValueError("either ids or embeds")
        elif input_ids is not None:
            input_shape = input_ids.size()
        else:
            input_shape = inputs_embeds.size()[:-1]
        batch_size, seq_length = input_shape
        if attention_mask is None:
            attention_mask = torch.ones((batch_size, seq_length))
        extended = self.get_extended_attention_mask(attention_mask)
        hidden = self.embeddings(input_ids=input_ids, inputs_embeds=inputs_embeds)
        all_hidden = () if output_hidden_states else None
        for i, layer_module in enumerate(self.layer):
            if output_hidden_states:
                all_hidden = all_hidden + (hidden,)
            layer_outputs = layer_module(hidden, extended, output_attentions=True)
            hidden = layer_outputs[0]
        pooled = torch.tanh(self.pooler(hidden[:, 0])) if self.pooler is not None else None
        if not return_dict:
            return tuple(v for v in [hidden, pooled, all_hidden] if v is not None)
        return EncoderOutput(last_hidden_state=hidden, pooler_output=pooled, hidden_states=all_hidden)


class ForMaskedLM(PreTrained):
    def __init__(self, config):
        super().__init__(config)
        self.encoder = Encoder(config, add_pooling_layer=False)
        self.decoder = nn.Linear(config.hidden_size, config.vocab_size)
        self.decoder.weight = self.encoder.embeddings.word.weight

    def forward(self, input_ids, labels=None, **kwargs):
        outputs = self.encoder(input_ids, **kwargs)
        scores = self.decoder(outputs[0])
        loss = None
        if labels is not None:
            loss = CrossEntropyLoss()(scores.view(-1, self.config.vocab_size), labels.view(-1))
        return {"loss": loss, "logits": scores}


if __name__ == "__main__":
    config = Config.from_dict({"hidden_size": 12}, num_labels=3)
    model = Encoder(config)
    ids = torch.randint(60, (2, 7))
    out = model(ids, attention_mask=torch.ones(2, 7), output_hidden_states=True)
    last, pooled = out.last_hidden_state, out["pooler_output"]
    first = out.hidden_states[0]
    as_tuple = model(inputs_embeds=torch.randn(1, 4, 12), return_dict=False)
    hidden, also_pooled = as_tuple
    result = ForMaskedLM(config)(ids, labels=ids)
    loss, logits = result["loss"], result["logits"]
    count = torch.zeros(model.num_params() % 7 + 1)
