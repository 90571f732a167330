"""Records configs, orders and names of Keras' models.

    KERAS_BACKEND=jax python Tests/Fixtures/models/make_models.py
"""

import json
import os
import warnings

os.environ["KERAS_BACKEND"] = "jax"
warnings.simplefilter("ignore")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import Input, Model, Sequential  # noqa: E402
from keras.layers import (  # noqa: E402
    Activation, Add, BatchNormalization, Concatenate, Dense, Dot, Dropout, Embedding, Flatten, LayerNormalization, Multiply,
    Permute, RepeatVector, Reshape)


def chain():
    x = inputs = Input((784,))
    x = Dense(64, activation="relu")(x)
    x = Dense(64, activation="relu")(x)
    return Model(inputs, Dense(10)(x), name="mnist_model")


def branches():
    a, b = Input((4,), name="a"), Input((3,), name="b")
    x = Dense(5)(a)
    y = Dense(5, activation="tanh")(b)
    z = Add()([x, y])
    return Model([a, b], [Dense(2, name="first")(z), Concatenate(name="second")([z, y])])


def named_ends():
    title, body = Input((6,), name="title"), Input((6,), name="body")
    shared = Embedding(20, 4)
    x = Concatenate(axis=1)([shared(title), shared(body)])
    x = Flatten()(x)
    return Model({"title": title, "body": body}, {"priority": Dense(1, name="priority")(x), "department": Dense(4)(x)})


def shared_at_two_depths():
    x = inputs = Input((4,))
    a, b = Dense(4), Dense(4)
    x = a(b(a(x)))
    return Model(inputs, x)


def nested():
    i = Input((4,))
    inner = Model(i, Dense(4)(i), name="inner")
    j = Input((4,))
    x = inner(j)
    x = inner(Activation("relu")(x))
    stack = Sequential([Input((4,)), Dense(3), BatchNormalization()], name="stack")
    return Model(j, stack(x), name="outer")


def ends_in_a_model():
    i = Input((4,))
    inner = Model(i, Dense(4)(i), name="inner")
    j = Input((4,))
    return Model(j, inner(j), name="outer")


def unused_input_and_training():
    a, b = Input((4,)), Input((2,))
    return Model([a, b], Dropout(0.3)(LayerNormalization()(a), training=True))


def extra_calls():
    """Calls of a layer outside the model do not count."""
    d = Dense(4)
    d(Input((4,)))
    x = Input((4,))
    return Model(x, Multiply()([d(x), x]))


def from_the_middle():
    x = Input((4,))
    h = Dense(3)(x)
    y = Dense(2)(Activation("relu")(h))
    return Model(h, y)


def shapes():
    x = Input((2, 6))
    y = Reshape((3, 4))(x)
    z = Permute((2, 1))(x)
    w = Dot(axes=(2, 1))([Permute((2, 1))(z), Reshape((6, 2))(y)])
    v = RepeatVector(2)(Flatten()(w))
    return Model(x, [v, w])


def stack():
    return Sequential([Input((8,)), Dense(4, activation="relu"), Dropout(0.2), Dense(2)])


def stack_without_input():
    return Sequential([Dense(4), Activation("relu")], name="late")


def stack_of_a_model():
    i = Input((5,))
    return Sequential([Model(i, Dense(3)(i), name="first"), Dense(2)])


MODELS = [chain, branches, named_ends, shared_at_two_depths, nested, ends_in_a_model, unused_input_and_training, extra_calls,
          from_the_middle, shapes, stack, stack_without_input, stack_of_a_model]


def array(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "values": [float(f"{x:.9g}") for x in values.astype("float64").ravel().tolist()]}


def record(make):
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)
    model = make()
    result = {"name": make.__name__, "class": type(model).__name__, "config": model.get_config(), "layers": [l.name for l in model.layers]}
    if model.built:
        random = np.random.default_rng(0)
        inputs = [random.integers(0, 4, (2, *x.shape[1:])).astype("float32") for x in model.inputs]
        result |= {
            "inputs": [x.name for x in model.inputs],
            "outputs": list(model.output_names) if hasattr(model, "output_names") else None,
            "paths": [w.path for w in model.weights],
            "params": model.count_params(),
        }
        if make is not unused_input_and_training:
            given = inputs[0] if len(inputs) == 1 else inputs
            if make is named_ends:
                given = dict(zip(["body", "title"], inputs))
            outputs = model(given)
            result |= {"x": [array(x) for x in inputs], "y": [array(y) for y in keras.tree.flatten(outputs)]}
    return result


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "models.json"), "w") as file:
    json.dump([record(make) for make in MODELS], file, separators=(",", ":"))
    file.write("\n")
