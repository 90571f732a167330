"""What the real Keras prints and draws for the models in DisplayModels.swift: summaries as text, plots as DOT.

    KERAS_BACKEND=jax python make_display.py            writes summaries/*.txt and plots/*.dot beside this file
    KERAS_BACKEND=jax python make_display.py --check    writes nothing; fails where a file says something else

Needs keras 3.15.1 and pydot. Every layer has a name here, so that the counters of names play no part.
"""
import os, pathlib, sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["COLUMNS"] = "80"
import keras, numpy as np
from keras import layers as L

HERE = pathlib.Path(__file__).parent


# ------------------------------------------------------------------------------------------------ models

def mnist():
    i = keras.Input((784,), name="pixels")
    x = L.Dense(64, activation="relu", name="dense")(i)
    x = L.Dense(64, activation="relu", name="dense_1")(x)
    return keras.Model(i, L.Dense(10, name="dense_2")(x), name="mnist_model")

def branching():
    title, body = keras.Input((12,), name="title"), keras.Input((20,), name="body")
    tags = keras.Input((3,), name="tags", dtype="int32")
    shared = L.Dense(8, activation="tanh", name="shared")
    a, b = shared(L.Dense(5, name="from_title")(title)), shared(L.Dense(5, name="from_body")(body))
    t = L.Flatten(name="flat")(L.Embedding(100, 4, name="words")(tags))
    x = L.Concatenate(name="joined")([L.Add(name="sum")([a, b]), t])
    return keras.Model([title, body, tags], [L.Dense(1, name="priority")(x), L.Dense(4, activation="softmax", name="department")(x)], name="router")

def encoder(name="encoder"):
    i = keras.Input((16,), name=f"{name}_input")
    return keras.Model(i, L.Dense(4, activation="relu", name=f"{name}_dense")(i), name=name)

def nested():
    head = keras.Sequential([keras.Input((4,), name="head_input"), L.Dense(6, activation="gelu", name="hidden"), L.Dropout(0.5, name="drop"), L.Dense(2, name="scores")], name="head")
    i = keras.Input((16,), name="img")
    inner = keras.Input((16,), name="middle_input")
    middle = keras.Model(inner, head(encoder()(inner)), name="middle")
    return keras.Model(i, L.Activation("softmax", name="probabilities")(middle(i)), name="outer")

def frozen():
    i = keras.Input((6, 5), name="series")
    x = L.Dense(8, name="kept")(i)
    x = L.BatchNormalization(name="norm")(x)
    x = L.LayerNormalization(name="layer_norm")(x)
    x = L.Activation("silu", name="act")(x)
    m = keras.Model(i, L.Dense(2, name="new")(L.Permute((2, 1), name="turned")(x)), name="frozen")
    m.get_layer("kept").trainable = False
    return m

def long_names():
    i = keras.Input((3,), name="an_input_with_a_name_that_is_longer_than_any_column_could_ever_hold_in_one_line")
    x = L.Dense(1000, name="block_1 convolution branch one of two")(i)
    y = L.Dense(1000, name="short")(i)
    z = L.Average(name="the_average_of_both_branches_of_the_first_block")([x, y])
    return keras.Model(i, L.Reshape((10, 10, 10), name="cube")(z), name="long")

def wide_characters():
    i = keras.Input((3,), name="入力")
    return keras.Model(i, L.Dense(2, name="全結合層の名前がとても長いとき、列の幅に合わせて折り返す")(i), name="数字")

def sequential():
    return keras.Sequential([keras.Input((8,), name="given"), L.RepeatVector(3, name="repeated"), L.Dense(4, activation="relu", name="first"), L.Flatten(name="flat"), L.Dense(1, name="last")], name="chain")

def unbuilt():
    return keras.Sequential([L.Dense(4, name="first"), L.Dense(2, name="second")], name="later")

def empty():
    return keras.Sequential(name="empty")

class TwoLayers(keras.Model):
    def __init__(self, name):
        super().__init__(name=name)
        self.first, self.second = L.Dense(4, activation="relu", name="first"), L.Dense(2, name="second")
    def call(self, x):
        return self.second(self.first(x))

def subclassed():
    m = TwoLayers("two_layers"); m(np.zeros((1, 3), "float32")); return m

def subclassed_unbuilt():
    return TwoLayers("two_layers")

def half():
    i = keras.Input((7,), name="given", dtype="float16")
    x = L.Dense(3, dtype="float16", name="small")(i)
    return keras.Model(i, L.Dense(5, dtype="float64", name="large")(x), name="mixed")

def deep_shapes():
    i = keras.Input(batch_shape=(2, None, 64, 32, 16), name="video")
    x = L.Dense(128, name="wider")(i)
    return keras.Model(i, L.Dense(100000, name="huge")(x), name="deep")

def two_outputs():
    i = keras.Input((5,), name="given")
    return keras.Model(i, [L.Dense(2, name="one")(i), L.Dense(3, name="two")(i)], name="pair")

def several_outputs():
    i = keras.Input((5,), name="x")
    a, b = two_outputs()(i)
    return keras.Model(i, L.Concatenate(name="joined")([a, b]), name="several")

def called_twice():
    e = encoder("tower")
    a, b = keras.Input((16,), name="left"), keras.Input((16,), name="right")
    return keras.Model([a, b], L.Multiply(name="product")([e(a), e(b)]), name="siamese")

def escaped():
    i = keras.Input((2,), name='a<b>&"c"')
    return keras.Model(i, L.Dense(1, name="[bold]x[-1]{y}|z")(i), name="m[0]<&>")

def convolutional():
    i = keras.Input((8, 8, 3), name="image")
    x = L.Conv2D(4, 3, activation="relu", name="conv")(i)
    x = L.SeparableConv2D(4, 3, padding="same", activation="elu", name="separable")(x)
    x = L.DepthwiseConv2D(2, name="depthwise")(x)
    x = L.MaxPooling2D(2, name="pool")(x)
    x = L.Conv2DTranspose(2, 2, activation="tanh", name="turned")(x)
    return keras.Model(i, L.GlobalAveragePooling2D(name="average")(x), name="convolutional")

def recurrent():
    i = keras.Input((6,), name="ids")
    x = L.Embedding(10, 4, name="words")(i)
    x = L.Bidirectional(L.LSTM(3, return_sequences=True, name="lstm"), name="both")(x)
    x = L.TimeDistributed(L.Dense(2, activation="relu", name="inner"), name="each")(x)
    x = L.GRU(3, return_sequences=True, name="gru")(x)
    x = L.MultiHeadAttention(2, 2, name="heads")(x, x)
    return keras.Model(i, L.SimpleRNN(2, activation="relu", name="simple")(x), name="recurrent")

def operated():
    i = keras.Input((4, 6), name="x")
    y = L.Dense(6, activation="relu", name="dense")(i) * 2 + i
    return keras.Model(i, keras.ops.reshape(y, (-1, 24)), name="operated")

def trained(make, optimizer, target):
    def build():
        m = make(); m.compile(optimizer=optimizer, loss="mse")
        m.fit(np.zeros((4, *m.input_shape[1:]), "float32"), np.zeros((4, *target), "float32"), verbose=0)
        return m
    return build

def compiled_only():
    m = mnist(); m.compile(optimizer="adam", loss="mse"); return m


# ------------------------------------------------------------------------------------------------- cases

SUMMARIES = dict(
    mnist=(mnist, {}),
    mnist_60=(mnist, dict(line_length=60)),
    mnist_40=(mnist, dict(line_length=40)),
    mnist_25=(mnist, dict(line_length=25)),
    mnist_88=(mnist, dict(line_length=88)),
    mnist_120=(mnist, dict(line_length=120)),
    mnist_positions=(mnist, dict(line_length=80, positions=[0.2, 0.7, 1.0])),
    mnist_trainable=(mnist, dict(show_trainable=True)),
    mnist_range=(mnist, dict(layer_range=["dense", "dense_1"])),
    mnist_range_reversed=(mnist, dict(layer_range=["dense_2", "dense_1"])),
    mnist_range_pattern=(mnist, dict(layer_range=["pix.*", "dense_[0-9]"])),
    branching=(branching, {}),
    branching_108=(branching, dict(line_length=108)),
    branching_trainable=(branching, dict(line_length=120, show_trainable=True)),
    branching_positions=(branching, dict(line_length=100, positions=[0.25, 0.5, 0.65, 1.0])),
    nested=(nested, {}),
    nested_expanded=(nested, dict(expand_nested=True)),
    nested_expanded_trainable=(nested, dict(expand_nested=True, show_trainable=True, line_length=100)),
    frozen=(frozen, dict(show_trainable=True)),
    long_names=(long_names, {}),
    long_names_108=(long_names, dict(line_length=108)),
    wide_characters=(wide_characters, {}),
    sequential=(sequential, {}),
    unbuilt=(unbuilt, {}),
    empty=(empty, {}),
    subclassed=(subclassed, {}),
    subclassed_unbuilt=(subclassed_unbuilt, {}),
    half=(half, {}),
    deep_shapes=(deep_shapes, {}),
    several_outputs=(several_outputs, {}),
    several_outputs_expanded=(several_outputs, dict(expand_nested=True, line_length=108)),
    called_twice=(called_twice, {}),
    called_twice_expanded=(called_twice, dict(expand_nested=True)),
    escaped=(escaped, {}),
    compiled_only=(compiled_only, {}),
    convolutional=(convolutional, {}),
    recurrent=(recurrent, {}),
    operated=(operated, dict(show_trainable=True)),
    trained_sgd=(trained(mnist, "sgd", (10,)), {}),
    trained_rmsprop=(trained(mnist, "rmsprop", (10,)), {}),
    trained_adam=(trained(mnist, "adam", (10,)), {}),
    trained_frozen=(trained(frozen, "adam", (8, 2)), {}),
    trained_sequential=(trained(sequential, "adamw", (1,)), {}),
)

ALL = dict(show_shapes=True, show_dtype=True, show_layer_names=True, show_layer_activations=True, show_trainable=True)
PLOTS = dict(
    mnist=(mnist, dict(show_layer_names=False)),
    mnist_named=(mnist, {}),
    mnist_all=(mnist, dict(ALL, expand_nested=True, rankdir="LR", dpi=200)),
    mnist_shapes=(mnist, dict(show_shapes=True, dpi=96, splines="curved")),
    mnist_dtype=(mnist, dict(show_dtype=True, show_trainable=True)),
    branching_all=(branching, ALL),
    nested=(nested, dict(show_shapes=True)),
    nested_all=(nested, dict(ALL, expand_nested=True)),
    frozen_all=(frozen, ALL),
    sequential_all=(sequential, ALL),
    sequential_expanded=(sequential, dict(expand_nested=True)),
    subclassed_all=(subclassed, ALL),
    several_outputs_all=(several_outputs, ALL),
    several_outputs_expanded=(several_outputs, dict(expand_nested=True)),
    called_twice_all=(called_twice, ALL),
    called_twice_expanded=(called_twice, dict(ALL, expand_nested=True)),
    half_all=(half, ALL),
    convolutional_all=(convolutional, ALL),
    recurrent_all=(recurrent, ALL),
    operated_all=(operated, ALL),
)


def summary(build, options):
    os.environ["COLUMNS"] = str(max(80, options.get("line_length", 0)))
    lines = []
    build().summary(print_fn=lines.append, **options)
    os.environ["COLUMNS"] = "80"
    return "".join(lines)


def plot(build, options):
    """The DOT text; pydot's node names, Python's object numbers, become n0, n1, ... in the order they appear."""
    import re
    text = keras.utils.model_to_dot(build(), **options).to_string()
    numbers = {}
    return re.sub(r"\b\d{12,}\b", lambda m: numbers.setdefault(m.group(0), f"n{len(numbers)}"), text)


def main():
    check = "--check" in sys.argv[1:]
    wrong = 0
    files = {HERE / "summaries" / f"{name}.txt": (lambda c=case: summary(*c)) for name, case in SUMMARIES.items()}
    files |= {HERE / "plots" / f"{name}.dot": (lambda c=case: plot(*c)) for name, case in PLOTS.items()}
    for path, text in files.items():
        keras.utils.clear_session()
        said = text()
        if check:
            if not path.exists() or path.read_text() != said:
                wrong += 1
                print(f"{path.relative_to(HERE)} is not what Keras {keras.__version__} says:\n{said}")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(said)
    for path in [*HERE.glob("summaries/*.txt"), *HERE.glob("plots/*.dot")]:
        if path not in files:
            wrong += 1
            print(f"{path.relative_to(HERE)} belongs to no case")
    print(f"{len(files)} files, {wrong} wrong" if check else f"{len(files)} files written")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
