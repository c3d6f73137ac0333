"""Logits of a LLaMA model in float64 by plain PyTorch: llama_reference.py DIR TOKEN..."""
import json
import math
import os
import struct
import sys

import torch

TYPES = {"F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16}


def tensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        yield name, torch.frombuffer(data[begin:end], dtype=TYPES[entry["dtype"]]).view(entry["shape"]).double()


directory = sys.argv[1]
config = json.load(open(directory + "/config.json"))
index = directory + "/model.safetensors.index.json"
files = sorted(set(json.load(open(index))["weight_map"].values())) if os.path.exists(index) else ["model.safetensors"]
weights = {name: tensor for file in files for name, tensor in tensors(directory + "/" + file)}

ids = torch.tensor([int(text) for text in sys.argv[2:]])
time = len(ids)
heads = config["num_attention_heads"]
key_heads = config.get("num_key_value_heads") or heads
size = config.get("head_dim") or config["hidden_size"] // heads
theta = config["rope_theta"]
scaling = config.get("rope_scaling") or {}
kind = scaling.get("rope_type", scaling.get("type"))
limit = config["max_position_embeddings"]
if kind == "dynamic" and time > limit:
    theta *= (scaling["factor"] * time / limit - (scaling["factor"] - 1)) ** (size / (size - 2))
frequencies = 1.0 / theta ** (torch.arange(0, size, 2).double() / size)
positions = torch.arange(time).double()
if kind == "linear":
    positions = positions / scaling["factor"]
if kind == "llama3":
    low, high, original = (scaling[name] for name in ("low_freq_factor", "high_freq_factor", "original_max_position_embeddings"))
    scaled = []
    for frequency in frequencies.tolist():
        wavelength = 2 * math.pi / frequency
        if wavelength < original / high:
            scaled.append(frequency)
        elif wavelength > original / low:
            scaled.append(frequency / scaling["factor"])
        else:
            smooth = (original / wavelength - low) / (high - low)
            scaled.append((1 - smooth) * frequency / scaling["factor"] + smooth * frequency)
    frequencies = torch.tensor(scaled).double()
angles = positions[:, None] * frequencies[None, :]
cos, sin = torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1)


def norm(x, path):
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + config["rms_norm_eps"]) * weights[path + ".weight"]


def rotate(x):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


x = weights["model.embed_tokens.weight"][ids]
for layer in range(config["num_hidden_layers"]):
    path = f"model.layers.{layer}."
    h = norm(x, path + "input_layernorm")
    q, k, v = (h @ weights[path + f"self_attn.{name}_proj.weight"].T for name in "qkv")
    q = rotate(q.view(time, heads, size).transpose(0, 1))
    k = rotate(k.view(time, key_heads, size).transpose(0, 1)).repeat_interleave(heads // key_heads, 0)
    v = v.view(time, key_heads, size).transpose(0, 1).repeat_interleave(heads // key_heads, 0)
    scores = (q @ k.transpose(1, 2) / size ** 0.5).masked_fill(torch.ones(time, time).triu(1).bool(), float("-inf"))
    x = x + (scores.softmax(-1) @ v).transpose(0, 1).reshape(time, -1) @ weights[path + "self_attn.o_proj.weight"].T
    h = norm(x, path + "post_attention_layernorm")
    gate = torch.nn.functional.silu(h @ weights[path + "mlp.gate_proj.weight"].T)
    x = x + (gate * (h @ weights[path + "mlp.up_proj.weight"].T)) @ weights[path + "mlp.down_proj.weight"].T
head = weights["model.embed_tokens.weight" if config["tie_word_embeddings"] else "lm_head.weight"]
print("\n".join(repr(value) for value in (norm(x, "model.norm") @ head.T).flatten().tolist()))
