"""The table of models whose files are compared: each row makes a model of the real Keras, and says what it is fed.

rows_GROUP.py lists the rows of a group.
"""
import importlib
import pathlib
import sys
import zlib

import keras
import numpy as np

ROWS = {}


class Data:
    """What an input or a target is like: a shape without the batch, whose first `free` axes a model does not know."""

    def __init__(self, shape, dtype="float32", low=None, high=None, free=0):
        self.shape, self.dtype, self.low, self.high, self.free = tuple(shape), dtype, low, high, free

    def symbol(self, name=None):
        return keras.Input((None,) * self.free + self.shape[self.free:], dtype=self.dtype, name=name)

    def values(self, random, batch):
        shape = (batch,) + self.shape
        if self.dtype == "bool":
            return random.random(shape) > 0.4
        if "int" in self.dtype:
            return random.integers(self.low or 0, self.high, shape).astype(self.dtype)
        if self.low is None:
            return random.standard_normal(shape).astype(self.dtype)
        return random.uniform(self.low, self.high, shape).astype(self.dtype)


def F(*shape, **options):
    """Normally distributed numbers, or ones between `low` and `high`."""
    return Data(shape, **options)


def I(high, *shape, **options):
    """Whole numbers below `high`."""
    return Data(shape, **{"dtype": "int32", **options}, high=high)


def B(*shape):
    return Data(shape, "bool")


class Row:
    """
    inputs    what the model is fed: a Data for each input
    make      the model, of nothing
    targets   what it is trained on, for models that are compiled: a Data for each output that has a loss, or None
    batch     how many samples
    legacy    whether Keras can read the .h5 file that it writes of this model
    tolerance how far an output may be off, against its greatest number
    """

    def __init__(self, name, inputs, make, targets=None, batch=3, legacy=True, tolerance=1e-4):
        self.name, self.inputs, self.make, self.targets, self.batch, self.legacy = name, inputs, make, targets, batch, legacy
        self.tolerance = tolerance

    def data(self):
        """Inputs, and targets."""
        random = np.random.default_rng(zlib.crc32(self.name.encode()))
        inputs = [data.values(random, self.batch) for data in self.inputs]
        return inputs, [data.values(random, self.batch) for data in self.targets or []]

    def model(self):
        """The model, with weights that tell each from each, compiled and trained for two steps if it is to be."""
        keras.backend.clear_session()
        keras.utils.set_random_seed(zlib.crc32(self.name.encode()))
        model = self.make()
        inputs, targets = self.data()
        if not model.built:
            model(pack(model, inputs))
        random = np.random.default_rng(len(self.name))
        for weight in model.weights:
            # Counters of random numbers stay.
            if not keras.backend.is_float_dtype(weight.dtype):
                continue
            value = random.standard_normal(weight.shape) * 0.5
            if any(word in weight.name for word in ("variance", "stddev", "gamma")):
                value = np.abs(value) + 0.5
            weight.assign(value)
        if targets:
            self.train(model, inputs, targets)
        return model

    def train(self, model, inputs, targets):
        for _ in range(2):
            model.train_on_batch(pack(model, inputs), targets[0] if len(targets) == 1 else pack_targets(model, targets))


def pack(model, arrays):
    """Arrays as the model takes them."""
    if len(arrays) == 1:
        return arrays[0]
    structure = getattr(model, "_inputs_struct", None)
    return keras.tree.pack_sequence_as(structure, arrays) if structure is not None else arrays


def pack_targets(model, arrays):
    return keras.tree.pack_sequence_as(model._outputs_struct, arrays)


def functional(name, inputs, body, **options):
    """A functional model: `body` gives its outputs for symbolic inputs."""

    def make():
        symbols = [data.symbol() for data in inputs]
        return keras.Model(symbols[0] if len(symbols) == 1 else symbols, body(*symbols), name="model")

    ROWS[name] = Row(name, inputs, make, **options)


def chain(name, data, layers, **options):
    """A functional model of layers one after the other, which a function makes."""

    def body(x):
        for layer in layers():
            x = layer(x)
        return x

    functional(name, [data], body, **options)


def whole(name, inputs, make, **options):
    """A model that `make` makes."""
    ROWS[name] = Row(name, inputs, make, **options)


def load(names=None):
    """The rows, or those named."""
    folder = pathlib.Path(__file__).parent
    sys.path.insert(0, str(folder))
    for path in sorted(folder.glob("rows_*.py")):
        importlib.import_module(path.stem)
    return {name: ROWS[name] for name in names} if names else ROWS
