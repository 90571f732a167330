"""Records Keras' random numbers and initial weights on the JAX backend, which ours equal.

    .venv/bin/python Tests/Fixtures/parity/make_random.py
"""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(folder, "..", "primitives"))

import keras
import numpy as np
from keras import initializers as i
from keras import ops, random

from table import encode


def numbers(x):
    x = np.asarray(x)
    return encode(x)


x = np.arange(24, dtype=np.float32).reshape(6, 4)
DRAWS = {
    "uniform": lambda: random.uniform((7, 3), seed=42),
    "uniform between": lambda: random.uniform((5,), -2.0, 3.0, seed=1),
    "uniform float16": lambda: random.uniform((5,), dtype="float16", seed=1),
    "uniform bfloat16": lambda: random.uniform((5,), dtype="bfloat16", seed=1),
    "normal": lambda: random.normal((7, 3), seed=42),
    "normal moved": lambda: random.normal((5,), mean=2.0, stddev=0.5, seed=1),
    "truncatedNormal": lambda: random.truncated_normal((9, 3), seed=42),
    "randint": lambda: random.randint((11,), 0, 10, seed=42),
    "randint of many": lambda: random.randint((11,), -1000, 100000, seed=7),
    "categorical": lambda: random.categorical(np.log(np.array([[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]], np.float32)), 8, seed=42),
    "dropout": lambda: random.dropout(np.ones((6, 5), np.float32), 0.4, seed=42),
    "dropout shaped": lambda: random.dropout(np.ones((6, 5), np.float32), 0.4, noise_shape=(6, 1), seed=42),
    "shuffle": lambda: random.shuffle(x, axis=0, seed=42),
    "shuffle axis 1": lambda: random.shuffle(x, axis=1, seed=3),
}


def generator_draws():
    """A SeedGenerator's first keys, and what is drawn with them."""
    g = random.SeedGenerator(seed=1337)
    return [numbers(random.uniform((3,), seed=g)) for _ in range(3)] + [numbers(g.state.value)]


INITIALIZERS = {
    "zeros": lambda: i.Zeros(), "ones": lambda: i.Ones(), "constant": lambda: i.Constant(0.3),
    "randomNormal": lambda: i.RandomNormal(seed=5), "randomNormal options": lambda: i.RandomNormal(1.0, 0.5, seed=5),
    "randomUniform": lambda: i.RandomUniform(seed=5), "truncatedNormal": lambda: i.TruncatedNormal(seed=5),
    "varianceScaling": lambda: i.VarianceScaling(seed=5), "varianceScaling options": lambda: i.VarianceScaling(2.0, "fan_avg", "uniform", seed=5),
    "glorotUniform": lambda: i.GlorotUniform(seed=5), "glorotNormal": lambda: i.GlorotNormal(seed=5), "heUniform": lambda: i.HeUniform(seed=5),
    "heNormal": lambda: i.HeNormal(seed=5), "lecunUniform": lambda: i.LecunUniform(seed=5), "lecunNormal": lambda: i.LecunNormal(seed=5),
    "orthogonal": lambda: i.Orthogonal(seed=5), "identity": lambda: i.Identity(gain=2.0),
}

result = {"draws": {n: numbers(f()) for n, f in DRAWS.items()}, "generator": generator_draws(),
          "initializers": {n: numbers(f()((6, 4))) for n, f in INITIALIZERS.items()},
          "initializers of kernels": {n: numbers(INITIALIZERS[n]()((3, 3, 2, 4))) for n in ("glorotUniform", "heNormal", "lecunNormal")}}
with open(os.path.join(folder, "random.json"), "w") as file:
    json.dump(result, file, indent=0)
    file.write("\n")
