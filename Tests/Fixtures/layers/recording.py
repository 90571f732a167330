"""Rows of the layer table, and what is recorded of each."""

import inspect
import os

os.environ["KERAS_BACKEND"] = "jax"

import jax  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras.src import backend  # noqa: E402

ROWS = []


def row(name, make, *shapes, training=False, ints=None, mask=None, policy=None, listed=False, keywords=None, options=None, scale=1.5):
    """One row.

    shapes    the inputs' shapes, batch included
    training  the `training` of the call
    ints      bounds whole-number inputs
    mask      "all" or "first": which inputs carry a mask, of their first two axes
    policy    the name of the dtype policy, if it is not float32
    listed    a single input is given in a list
    keywords  further tensors of the call by name: a shape, a list of shapes, or ("bool", shape) for a mask
    options   further arguments of the call that are no tensors
    scale     the standard deviation of the inputs
    """
    ROWS.append(dict(name=name, make=make, shapes=shapes, training=training, ints=ints, mask=mask, policy=policy, listed=listed,
                     keywords=keywords or {}, options=options or {}, scale=scale))


def array(values):
    values = np.asarray(values)
    kind = str(values.dtype)
    numbers = values.astype("float64" if values.dtype.kind not in "bui" else "int64").ravel().tolist()
    # Nine digits name every float32.
    return {"shape": list(values.shape), "dtype": kind, "values": [float(f"{x:.9g}") if isinstance(x, float) else x for x in numbers]}


def keyword_values(random, form):
    """The tensors of a keyword argument, always as a list."""
    if isinstance(form, list):
        return [keyword_values(random, part)[0] for part in form]
    if form[0] == "bool":
        return [random.random(form[1]) > 0.4]
    return [random.standard_normal(form).astype("float32")]


def record(spec):
    keras.backend.clear_session()
    random = np.random.default_rng(ROWS.index(spec))
    layer = spec["make"]()
    if spec["ints"]:
        inputs = [random.integers(0, spec["ints"], shape).astype("int32") for shape in spec["shapes"]]
    else:
        inputs = [(random.standard_normal(shape) * spec["scale"]).astype("float32") for shape in spec["shapes"]]
    if spec["name"] == "masking":
        inputs[0][0, 1] = 0
    masks = [None] * len(inputs)
    if spec["mask"]:
        for index, value in enumerate(inputs):
            if spec["mask"] == "all" or index == 0:
                masks[index] = random.random(value.shape[:2]) > 0.4
    words = {name: keyword_values(random, form) for name, form in spec["keywords"].items()}
    is_list = len(inputs) > 1 or spec["listed"]

    def pack(values):
        values = [jax.numpy.asarray(value) for value in values]
        for value, mask in zip(values, masks):
            if mask is not None:
                backend.set_keras_mask(value, jax.numpy.asarray(mask))
        return values if is_list else values[0]

    def pack_words(values):
        return {name: value if isinstance(spec["keywords"][name], list) else value[0] for name, value in values.items()}

    def symbol(value):
        return keras.Input(batch_shape=(None, *value.shape[1:]), dtype=str(value.dtype))

    symbolic = [symbol(value) for value in inputs]
    symbolic_words = pack_words({name: [symbol(value) for value in values] for name, values in words.items()})
    keywords = dict(spec["options"])
    if "training" in inspect.signature(layer.call).parameters:
        keywords["training"] = spec["training"]
    unbuilt = keras.saving.serialize_keras_object(layer)
    drawn = layer(symbolic if is_list else symbolic[0], **symbolic_words, **keywords)
    built = keras.saving.serialize_keras_object(layer)
    weights = []
    for variable in layer.weights:
        value = random.standard_normal(variable.shape) * 0.7
        if any(word in variable.name for word in ("variance", "stddev", "gamma")):
            value = np.abs(value) + 0.5
        variable.assign(value.astype("float32"))
        weights.append({"path": variable.path, "trainable": variable.trainable, **array(variable.value)})
    trainable = [variable.value for variable in layer.trainable_variables]
    fixed = [variable.value for variable in layer.non_trainable_variables]

    def call(variables, values, words):
        """What a call gives, the masks it leaves on that, and the state after it."""
        mapping = list(zip(layer.trainable_variables, variables)) + list(zip(layer.non_trainable_variables, fixed))
        with backend.StatelessScope(state_mapping=mapping) as scope:
            result = keras.tree.flatten(layer(pack(values), **pack_words(words), **keywords))
        after = [scope.get_current_value(variable) for variable in layer.non_trainable_variables]
        return result, [backend.get_keras_mask(output) for output in result], after

    outputs, output_masks, _ = call(trainable, inputs, words)
    cotangents = [random.standard_normal(output.shape).astype("float32") for output in outputs]
    smooth_words = {name: values for name, values in words.items() if values[0].dtype.kind == "f"}

    def scalar(variables, values, smooth):
        result, _, after = call(variables, values, {**words, **smooth})
        return sum(jax.numpy.sum(output.astype("float32") * cotangent) for output, cotangent in zip(result, cotangents)), after

    differentiate = (0, 2) if spec["ints"] else (0, 2, 1)
    gradients, after = jax.grad(scalar, argnums=differentiate, has_aux=True)(trainable, inputs, smooth_words)
    known = {id(variable) for variable in layer.weights}
    return {
        "name": spec["name"],
        "layer": unbuilt,
        # What building adds: the shapes, also those of layers inside.
        "build_config": built.get("build_config"),
        "built_config": None if built["config"] == unbuilt["config"] else built["config"],
        "training": spec["training"],
        "policy": spec["policy"],
        "listed": is_list,
        "inputs": [array(value) for value in inputs],
        "masks": [None if value is None else array(value) for value in masks],
        "keywords": [{"name": name, "listed": isinstance(spec["keywords"][name], list), "values": [array(value) for value in values]}
                     for name, values in words.items()],
        "options": spec["options"],
        "weights": weights,
        # What is unknown is Keras' word; a known size is the computed one (Keras draws the wrong one for a GLU activation).
        "output_shapes": [[None if drawn_size is None else size for drawn_size, size in zip(place.shape, output.shape)]
                          for place, output in zip(keras.tree.flatten(drawn), outputs)],
        "outputs": [array(output) for output in outputs],
        "output_masks": [None if mask is None else array(mask) for mask in output_masks],
        "cotangents": [array(cotangent) for cotangent in cotangents],
        "weight_gradients": [array(value) for value in gradients[0]],
        "input_gradients": [] if spec["ints"] else [array(value) for value in gradients[2]],
        "keyword_gradients": [array(value) for name in words if name in smooth_words for value in gradients[1][name]],
        "non_trainable_after": [array(value) for value, variable in zip(after, layer.non_trainable_variables) if id(variable) in known],
    }
