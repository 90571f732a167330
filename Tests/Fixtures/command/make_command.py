"""Saves models, arrays, and what Keras makes of them, for the tests of the command.

    python make_command.py FOLDER --optimizers SGD Adam … --losses MeanSquaredError …

Beside MODEL.keras stand MODEL.x.npz, MODEL.y.npz, MODEL.predicted.npz, MODEL.scores.json and MODEL.txt (the summary); `facts.json` lists
the models. `cast/` has one array in many types, `fit/` models before and after training, with the history.
"""
import argparse
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["COLUMNS"] = "100"
import keras
import numpy as np
from keras import layers as L

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--optimizers", nargs="*", default=[])
parser.add_argument("--losses", nargs="*", default=[])
given = parser.parse_args()
random = np.random.default_rng(5)


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def ints(high, *shape):
    return random.integers(0, high, size=shape).astype("int32")


def path(name):
    os.makedirs(os.path.dirname(os.path.join(given.folder, name)), exist_ok=True)
    return os.path.join(given.folder, name)


def write(name, value):
    with open(path(name), "w") as file:
        json.dump(value, file)


# ---------------------------------------------------------------------------------------------- models


def first():
    i = keras.Input((784,))
    x = L.Dense(64, activation="relu")(i)
    x = L.Dense(64, activation="relu")(x)
    model = keras.Model(i, L.Dense(10)(x), name="mnist_model")
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    x, y = random.random((70, 784)).astype("float32"), ints(10, 70)
    model.fit(x, y, batch_size=32, verbose=0, shuffle=False)
    return model, {"input_layer": x}, {"dense_2": y}


def router():
    title, body = keras.Input((None,), name="title", dtype="int32"), keras.Input((None,), name="body")
    tags = keras.Input((12,), name="tags")
    x = [L.LSTM(8)(L.Embedding(50, 4)(title)), L.LSTM(6)(L.Embedding(50, 4)(body)), tags]
    x = L.concatenate(x)
    outputs = {"p": L.Dense(1, name="priority")(x), "d": L.Dense(4, name="department", activation="softmax")(x)}
    model = keras.Model([title, body, tags], outputs, name="router")
    model.compile("adam", {"p": keras.losses.BinaryCrossentropy(from_logits=True), "d": "categorical_crossentropy"},
                  loss_weights={"p": 1.0, "d": 0.2}, metrics={"p": ["mae"], "d": ["accuracy", "mse"]})
    x = {"title": ints(50, 9, 5), "body": ints(50, 9, 7).astype("uint8"), "tags": random.random((9, 12)) > 0.5}
    return model, x, {"priority": ints(2, 9, 1), "department": np.eye(4)[ints(4, 9)]}


def partly():
    """A target for one of two outputs."""
    i = keras.Input((3,), name="numbers")
    h = L.Dense(4, activation="tanh")(i)
    model = keras.Model(i, [L.Dense(2, name="scored")(h), L.Dense(3, name="free")(h)], name="partly")
    model.compile("sgd", ["mse", None])
    return model, {"numbers": floats(8, 3)}, {"scored": floats(8, 2)}


def states():
    """A layer with several outputs: all have its name."""
    i = keras.Input((4, 3), name="series")
    return keras.Model(i, L.LSTM(5, return_state=True, name="cell")(i), name="states"), {"series": floats(6, 4, 3)}, None


def halves():
    i = keras.Input((6,), name="numbers")
    return keras.Model(i, L.Dense(4, dtype="bfloat16", name="halves")(i), name="half_model"), {"numbers": floats(5, 6)}, None


def whole():
    """Integers in, integers out."""
    i = keras.Input((3,), name="ids", dtype="int32")
    model = keras.Model(i, [keras.ops.cumsum(i, axis=1), keras.ops.argmax(i, axis=-1), keras.ops.greater(i, 5)], name="whole")
    return model, {"ids": ints(9, 7, 3)}, None


def nested():
    inner = keras.Input((8, 8, 2), name="image")
    x = L.BatchNormalization()(L.Conv2D(1500, 3, activation="relu")(inner))
    encoder = keras.Model(inner, L.GlobalAveragePooling2D()(x), name="encoder")
    i = keras.Input((8, 8, 2), name="picture")
    model = keras.Model(i, L.Dense(3, activation="softmax", name="kinds")(L.Dropout(0.5)(encoder(i))), name="outer")
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), keras.losses.CategoricalCrossentropy(), metrics=["accuracy", keras.metrics.AUC()])
    x, y = floats(6, 8, 8, 2), np.eye(3)[ints(3, 6)]
    model.fit(x, y, verbose=0)
    return model, {"picture": x}, {"kinds": y}


def stack():
    model = keras.Sequential([keras.Input((5,), name="row"), L.Dense(7, activation="gelu"), L.LayerNormalization(), L.Dense(1, name="value")], name="stack")
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.01, 10, 0.9)), keras.losses.Huber(), metrics=["mae"])
    return model, {"row": floats(40, 5)}, {"value": floats(40, 1)}


def by_key():
    """Inputs in a dictionary with keys of its own."""
    a, b = keras.Input((3,), name="left_layer"), keras.Input((2,), name="right_layer")
    model = keras.Model({"right": b, "left": a}, L.Dense(2, name="sum")(L.concatenate([a, b])), name="by_key")
    return model, {"left": floats(4, 3), "right": floats(4, 2)}, None


MODELS = [first, router, partly, states, halves, whole, nested, stack, by_key]


def output_names(model):
    """`model.output_names`, told apart; a Sequential has none in Keras, but its last layer has one."""
    seen = {}
    for name in getattr(model, "output_names", None) or [model.layers[-1].name]:
        count = seen.get(name, 0)
        seen[name] = count + 1
        yield name if count == 0 else f"{name}_{count}"


def predicted(model, x):
    outputs = model.predict(list(x.values())[0] if len(x) == 1 else x, verbose=0)
    return dict(zip(output_names(model), keras.tree.flatten(outputs)))


def targets(model, y):
    """As Keras takes them: by position or by key, without those that no loss is for."""
    if model.name == "router":
        return {"p": y["priority"], "d": y["department"]}
    return [y.get(name) for name in model.output_names] if len(model.outputs) > 1 else list(y.values())[0]


def save(build):
    keras.utils.set_random_seed(3)
    keras.backend.clear_session()
    name = build.__name__
    model, x, y = build()
    np.savez(path(f"{name}.x.npz"), **x)
    np.savez(path(f"{name}.predicted.npz"), **{k: v.astype("float32") if v.dtype == "bfloat16" else v for k, v in predicted(model, x).items()})
    model.save(path(f"{name}.keras"))
    fact = {"name": name, "isCompiled": y is not None, "inputs": list(x), "outputs": list(output_names(model))}
    if y is not None:
        np.savez(path(f"{name}.y.npz"), **y)
        inputs = list(x.values())[0] if len(x) == 1 else x
        write(f"{name}.scores.json", model.evaluate(inputs, targets(model, y), verbose=0, return_dict=True))
    loaded = keras.models.load_model(path(f"{name}.keras"))
    for options, ending in [({}, "txt"), ({"expand_nested": True}, "expanded.txt")]:
        lines = []
        loaded.summary(print_fn=lines.append, **options)
        with open(path(f"{name}.{ending}"), "w") as file:
            file.write("".join(line + "\n" for line in "\n".join(lines).splitlines()))
    return fact


def save_casts():
    """One array of whole numbers from 0 to 1 or 9 in every type that an archive can have."""
    os.makedirs(path("cast/"), exist_ok=True)
    model = keras.models.load_model(path("first.keras"), compile=False)
    x = random.integers(0, 2, size=(5, 784))
    types = ["?", "<i1", "<u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]
    for dtype in types:
        np.savez(path(f"cast/{dtype.strip('<?') or 'bool'}.npz".replace(">", "big-")), x=x.astype(dtype))
    np.savez(path("cast/fortran.npz"), x=np.asfortranarray(x.astype("f4")))
    np.savez(path("cast/fortran-big.npz"), input_layer=np.asfortranarray(x.astype(">f8")))
    np.savez_compressed(path("cast/deflated.npz"), input_layer=x.astype("f4"))
    np.savez(path("predicted.npz"), dense_2=model.predict(x.astype("float32"), verbose=0))


# -------------------------------------------------------------------------------------------- training

PROBABILITIES = "sigmoid", lambda: (random.random((24, 3)) > 0.5).astype("float32")
CLASSES = "softmax", lambda: np.eye(3, dtype="float32")[ints(3, 24)]
SIGNS = "tanh", lambda: np.sign(floats(24, 3))
POSITIVE = "softplus", lambda: np.abs(floats(24, 3)) + 0.1
DISTRIBUTIONS = "softmax", lambda: (lambda a: a / a.sum(axis=1, keepdims=True))(np.abs(floats(24, 3)) + 0.1)
NUMBERS = None, lambda: floats(24, 3)
TARGETS = {
    "BinaryCrossentropy": PROBABILITIES, "BinaryFocalCrossentropy": PROBABILITIES, "Dice": PROBABILITIES, "Tversky": PROBABILITIES,
    "CategoricalCrossentropy": CLASSES, "CategoricalFocalCrossentropy": CLASSES, "CategoricalHinge": CLASSES,
    "SparseCategoricalCrossentropy": ("softmax", lambda: ints(3, 24)), "CategoricalGeneralizedCrossEntropy": ("softmax", lambda: ints(3, 24)),
    "Hinge": SIGNS, "SquaredHinge": SIGNS, "KLDivergence": DISTRIBUTIONS, "Poisson": POSITIVE,
    "MeanSquaredLogarithmicError": POSITIVE, "MeanAbsolutePercentageError": POSITIVE, "Circle": ("softmax", lambda: ints(3, 24)),
}


def train(name, optimizer, loss):
    keras.utils.set_random_seed(11)
    keras.backend.clear_session()
    activation, make = TARGETS.get(type(loss).__name__, NUMBERS)
    i = keras.Input((6,), name="row")
    h = L.BatchNormalization()(L.Dense(8, activation="tanh")(i))
    model = keras.Model(i, L.Dense(3, activation=activation, name="answer")(h), name="trained")
    model.compile(optimizer, loss, metrics=["mse"] if activation != "softmax" or len(make().shape) == 2 else ["accuracy"])
    x, y = floats(24, 6), make()
    np.savez(path(f"fit/{name}.x.npz"), x=x)
    np.savez(path(f"fit/{name}.y.npz"), y=y)
    model.save(path(f"fit/{name}.keras"))
    history = model.fit(x, y, epochs=3, batch_size=8, shuffle=False, validation_split=0.25, verbose=0)
    model.save(path(f"fit/{name}.trained.keras"))
    write(f"fit/{name}.history.json", history.history)


def train_on(name):
    """A saved model, from where its file stands."""
    model = keras.models.load_model(path(f"{name}.keras"))
    x, y = dict(np.load(path(f"{name}.x.npz"))), dict(np.load(path(f"{name}.y.npz")))
    inputs = list(x.values())[0] if len(x) == 1 else x
    history = model.fit(inputs, targets(model, y), epochs=2, batch_size=4, shuffle=False, verbose=0)
    model.save(path(f"{name}.trained.keras"))
    write(f"{name}.history.json", history.history)


write("facts.json", [save(build) for build in MODELS])
save_casts()
for name in given.optimizers:
    train(f"optimizer-{name}", getattr(keras.optimizers, name)(), keras.losses.MeanSquaredError())
for name in given.losses:
    train(f"loss-{name}", keras.optimizers.SGD(0.05), getattr(keras.losses, name)())
for name in ["first", "router", "partly", "stack"]:
    train_on(name)
