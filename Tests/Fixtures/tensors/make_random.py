"""Records random numbers that Keras draws on JAX, for RandomTests.swift.

Run with Keras 3.15 and JAX:  KERAS_BACKEND=jax python make_random.py
Whole numbers and uniform ones are compared bit for bit, so bits are what is written.
"""

import json
import os
import random as python_random

import jax
import jax.numpy as jnp
import keras
import numpy as np

UNSIGNED = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def record(tensor):
    array = np.asarray(tensor)
    bits = array.view(UNSIGNED[array.dtype.itemsize]) if array.dtype != bool else array.astype(np.uint8)
    return {
        "dtype": str(array.dtype),
        "shape": list(array.shape),
        "bits": [int(b) for b in bits.ravel()],
        "values": [float(v) for v in array.astype(np.float64).ravel()],
    }


r = keras.random
cases = {}
cases["uniform"] = record(r.uniform((2, 5), seed=7))
cases["uniform_range"] = record(r.uniform((7,), minval=-3.0, maxval=2.5, seed=123456789))
cases["uniform_float16"] = record(r.uniform((6,), dtype="float16", seed=3))
cases["uniform_bfloat16"] = record(r.uniform((6,), dtype="bfloat16", seed=3))
cases["normal"] = record(r.normal((3, 4), mean=1.0, stddev=2.0, seed=11))
cases["truncated_normal"] = record(r.truncated_normal((12,), stddev=0.5, seed=5))
cases["randint"] = record(r.randint((9,), 0, 10, seed=1))
cases["randint_negative"] = record(r.randint((9,), -1000000, 1000000, seed=99))
cases["randint_uint8"] = record(r.randint((9,), 0, 256, dtype="uint8", seed=4))
cases["randint_int16"] = record(r.randint((9,), -300, 300, dtype="int16", seed=4))
cases["dropout"] = record(r.dropout(jnp.arange(1, 13, dtype="float32").reshape(3, 4), 0.3, seed=21))
cases["dropout_noise"] = record(r.dropout(jnp.ones((3, 4), "float32"), 0.5, noise_shape=(None, 1), seed=21))
logits = jnp.log(jnp.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]], "float32"))
cases["categorical"] = record(r.categorical(logits, 10, seed=8))
cases["shuffle"] = record(r.shuffle(jnp.arange(20, dtype="int32"), seed=13))
cases["shuffle_axis"] = record(r.shuffle(jnp.arange(24, dtype="int32").reshape(4, 6), axis=1, seed=13))
cases["split"] = record(jax.random.key_data(jax.random.split(jnp.array([5, 9], "uint32"), 3)))

generator = keras.random.SeedGenerator(seed=42)
cases["generator"] = [record(r.uniform((3,), seed=generator)) for _ in range(3)]

keras.utils.set_random_seed(1234)
cases["global"] = [record(r.uniform((3,))) for _ in range(3)]
keras.utils.set_random_seed(1234)
cases["default_seeds"] = [python_random.randint(1, int(1e9)) for _ in range(5)]
python_random.seed(2**40 + 3)
cases["large_seed"] = [python_random.randint(1, int(1e9)) for _ in range(3)]

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "random.json"), "w") as file:
    file.write(json.dumps(cases, indent=None, separators=(",", ":")) + "\n")
