"""Logits of a LLaMA model with a PEFT adapter, by plain PyTorch: llama_with_peft.py [--new] BASE ADAPTER TOKEN...
--new first makes an adapter of random numbers in that folder, as PEFT would store it."""
import json
import os
import struct
import sys

import numpy
import torch


def tensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    result = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", entry
        begin, end = entry["data_offsets"]
        array = numpy.frombuffer(data[begin:end], dtype=numpy.float32).reshape(entry["shape"])
        result[name] = torch.tensor(array).double()
    return result


def write_adapter(folder, config):
    names = {"q_proj": "self_attn", "v_proj": "self_attn", "up_proj": "mlp", "down_proj": "mlp"}
    rank = 6
    weights = tensors(base + "/model.safetensors")
    generator = torch.Generator().manual_seed(3)
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for layer in range(config["num_hidden_layers"]):
        for name, part in names.items():
            path = "model.layers.%d.%s.%s" % (layer, part, name)
            outputs, inputs = weights[path + ".weight"].shape
            for factor, shape in ("A", (rank, inputs)), ("B", (outputs, rank)):
                array = (torch.randn(shape, generator=generator) * 0.2).numpy().astype("<f4")
                offsets = [len(data), len(data) + array.nbytes]
                header["base_model.model.%s.lora_%s.weight" % (path, factor)] = {"dtype": "F32", "shape": list(shape), "data_offsets": offsets}
                data += array.tobytes()
    os.mkdir(folder)
    text = json.dumps(header).encode()
    with open(folder + "/adapter_model.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    with open(folder + "/adapter_config.json", "w") as file:
        json.dump({"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": "tiny", "r": rank, "lora_alpha": 9, "lora_dropout": 0.0,
                   "bias": "none", "target_modules": sorted(names), "layers_to_transform": None, "inference_mode": True}, file)


arguments = sys.argv[1:]
new = arguments[0] == "--new"
base, adapter = arguments[new:new + 2]
config = json.load(open(base + "/config.json"))
if new:
    write_adapter(adapter, config)
lora_config = json.load(open(adapter + "/adapter_config.json"))
assert lora_config["peft_type"] == "LORA"
weights = tensors(base + "/model.safetensors")
lora = tensors(adapter + "/adapter_model.safetensors")
scale = lora_config["lora_alpha"] / lora_config["r"]
used = set()


def linear(x, path):
    y = x @ weights[path + ".weight"].T
    a, b = ("base_model.model." + path + ".lora_" + part + ".weight" for part in "AB")
    if a in lora:
        used.update((a, b))
        y = y + scale * (x @ lora[a].T @ lora[b].T)
    return y


def norm(x, path):
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + config["rms_norm_eps"]) * weights[path + ".weight"]


ids = torch.tensor([int(text) for text in arguments[new + 2:]])
time = len(ids)
heads = config["num_attention_heads"]
key_heads = config.get("num_key_value_heads") or heads
size = config["hidden_size"] // heads
frequencies = config["rope_theta"] ** (-torch.arange(0, size, 2).double() / size)
angles = torch.arange(time).double()[:, None] * frequencies[None, :]
cos, sin = torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1)


def rotate(x):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


x = weights["model.embed_tokens.weight"][ids]
for layer in range(config["num_hidden_layers"]):
    path = f"model.layers.{layer}."
    h = norm(x, path + "input_layernorm")
    q = rotate(linear(h, path + "self_attn.q_proj").view(time, heads, size).transpose(0, 1))
    k = rotate(linear(h, path + "self_attn.k_proj").view(time, key_heads, size).transpose(0, 1))
    v = linear(h, path + "self_attn.v_proj").view(time, key_heads, size).transpose(0, 1)
    k, v = (part.repeat_interleave(heads // key_heads, 0) for part in (k, v))
    scores = q @ k.transpose(1, 2) / size ** 0.5
    scores = scores.masked_fill(torch.ones(time, time).triu(1).bool(), float("-inf"))
    x = x + linear((scores.softmax(-1) @ v).transpose(0, 1).reshape(time, -1), path + "self_attn.o_proj")
    h = norm(x, path + "post_attention_layernorm")
    gate = torch.nn.functional.silu(linear(h, path + "mlp.gate_proj"))
    x = x + linear(gate * linear(h, path + "mlp.up_proj"), path + "mlp.down_proj")
logits = norm(x, "model.norm") @ weights["model.embed_tokens.weight"].T
assert used == set(lora), set(lora) - used
print("\n".join(repr(value) for value in logits.flatten().tolist()))
