"""Records what Keras' losses, metrics, optimizers, schedules and small runs of `fit` give.

    KERAS_BACKEND=jax .venv/bin/python Tests/Fixtures/training/make_training.py

Each row says how the object is made (its Keras config), what it is given, and what comes. The Swift side
(Tests/KerasTests) makes the same from the config, and fails for a known class without a row.
"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy as np

import keras
from keras import layers, losses, metrics, optimizers
from patterns import classes, numbers, pattern

folder = os.path.dirname(os.path.abspath(__file__))


def tensor(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "dtype": str(array.dtype), "values": numbers(array)}


def one_hot(labels, count):
    return np.eye(count, dtype=np.float32)[labels]


def probabilities(shape, salt):
    p = pattern(shape, salt, 0.05, 1)
    return (p / p.sum(-1, keepdims=True)).astype(np.float32)


# Losses: name, config, targets, predictions.
real = (pattern([6, 4], 1), pattern([6, 4], 2))
positive = (pattern([6, 4], 3, 0.1, 2), pattern([6, 4], 4, 0.1, 2))
binary = (classes([6, 4], 5, 2).astype(np.float32), pattern([6, 4], 6, 0.02, 0.98))
logits = pattern([6, 4], 7, -3, 3)
sparse = (classes([6], 8, 4), probabilities([6, 4], 9))
sequence = (classes([3, 5], 10, 4), pattern([3, 5, 4], 11, -2, 2))
hot = (one_hot(classes([6], 12, 4), 4), probabilities([6, 4], 13))
signs = (np.where(pattern([6, 4], 14) > 0, 1, -1).astype(np.float32), pattern([6, 4], 15, -2, 2))

LOSSES = [
    ("MeanSquaredError", {}, *real), ("MeanSquaredError", {}, pattern([6], 1), pattern([6, 1], 2)),
    ("MeanSquaredError", {}, classes([6, 4], 1, 3), real[1]),
    ("MeanAbsoluteError", {}, *real), ("MeanAbsolutePercentageError", {}, *real), ("MeanSquaredLogarithmicError", {}, *positive),
    ("CosineSimilarity", {}, *real), ("CosineSimilarity", {"axis": 0}, *real), ("LogCosh", {}, *real),
    ("Huber", {}, *real), ("Huber", {"delta": 0.3}, *real),
    ("KLDivergence", {}, *hot), ("KLDivergence", {}, probabilities([6, 4], 16), probabilities([6, 4], 17)), ("Poisson", {}, *positive),
    ("BinaryCrossentropy", {}, *binary), ("BinaryCrossentropy", {"from_logits": True, "label_smoothing": 0.1}, binary[0], logits),
    ("BinaryCrossentropy", {}, classes([6], 5, 2), pattern([6, 1], 6, 0.02, 0.98)),
    ("BinaryFocalCrossentropy", {}, *binary),
    ("BinaryFocalCrossentropy", {"from_logits": True, "apply_class_balancing": True, "alpha": 0.3, "gamma": 1.5}, binary[0], logits),
    ("CategoricalCrossentropy", {}, *hot), ("CategoricalCrossentropy", {"from_logits": True, "label_smoothing": 0.2}, hot[0], logits),
    ("CategoricalFocalCrossentropy", {}, *hot), ("CategoricalFocalCrossentropy", {"from_logits": True, "gamma": 1.0}, hot[0], logits),
    ("SparseCategoricalCrossentropy", {}, *sparse), ("SparseCategoricalCrossentropy", {"from_logits": True}, sparse[0], logits),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, sparse[0].reshape(6, 1), logits),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, *sequence),
    ("SparseCategoricalCrossentropy", {"from_logits": True, "ignore_class": 1}, *sequence),
    ("SparseCategoricalCrossentropy", {"ignore_class": 0}, *sparse),
    ("Hinge", {}, *signs), ("Hinge", {}, binary[0], signs[1]), ("SquaredHinge", {}, *signs), ("CategoricalHinge", {}, hot[0], signs[1]),
    ("Dice", {}, *binary), ("Dice", {"axis": [1]}, *binary), ("Tversky", {"alpha": 0.3, "beta": 0.7}, *binary),
    ("CategoricalGeneralizedCrossEntropy", {"q": 0.4}, *sparse),
]


def loss_rows():
    rows = []
    for name, config, y_true, y_pred in LOSSES:
        make = lambda reduction: getattr(losses, name)(**{k: tuple(v) if isinstance(v, list) else v for k, v in config.items()}, reduction=reduction)
        values = np.asarray(make("none")(y_true, y_pred))
        weights = pattern([values.shape[0]], 20, 0, 2) if values.ndim else None
        row = {"class": name, "config": config, "name": make("sum").name, "true": tensor(y_true), "pred": tensor(y_pred),
               "none": tensor(values), "reductions": {}}
        if weights is not None:
            shape = [values.shape[0]] + [1] * (values.ndim - 1)
            row["weights"] = tensor(weights.reshape(shape))
        for reduction in ["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight"]:
            plain = numbers(make(reduction)(y_true, y_pred))
            weighted = numbers(make(reduction)(y_true, y_pred, sample_weight=weights.reshape(shape))) if weights is not None else []
            row["reductions"][reduction] = {"plain": plain, "weighted": weighted}
        rows.append(row)
    return rows


# Metrics: name, config, targets, predictions; given in two batches.
scores = pattern([8, 4], 21)
METRICS = [
    ("Accuracy", {}, classes([8], 22, 3), classes([8], 23, 3).astype(np.float32)),
    ("BinaryAccuracy", {}, classes([8, 1], 24, 2), pattern([8, 1], 25, 0, 1)),
    ("BinaryAccuracy", {"threshold": 0.3}, classes([8], 24, 2), pattern([8, 1], 25, 0, 1)),
    ("CategoricalAccuracy", {}, one_hot(classes([8], 26, 4), 4), scores),
    ("SparseCategoricalAccuracy", {}, classes([8], 27, 4), scores), ("SparseCategoricalAccuracy", {}, classes([8, 1], 27, 4), scores),
    ("SparseCategoricalAccuracy", {}, classes([4, 3], 28, 4), pattern([4, 3, 4], 29)),
    ("TopKCategoricalAccuracy", {"k": 2}, one_hot(classes([8], 26, 4), 4), scores),
    ("SparseTopKCategoricalAccuracy", {"k": 2}, classes([8], 27, 4), scores),
    ("SparseTopKCategoricalAccuracy", {"k": 2}, classes([4, 3], 28, 4), pattern([4, 3, 4], 29)),
    ("SparseTopKCategoricalAccuracy", {"k": 2, "from_sorted_ids": True}, classes([8], 27, 4), np.argsort(-scores, axis=-1).astype(np.int32)),
    ("MeanSquaredError", {}, *real), ("RootMeanSquaredError", {}, *real), ("MeanAbsoluteError", {}, *real),
    ("MeanAbsolutePercentageError", {}, *real), ("MeanSquaredLogarithmicError", {}, *positive), ("CosineSimilarity", {}, *real),
    ("LogCoshError", {}, *real), ("KLDivergence", {}, *hot), ("Poisson", {}, *positive),
    ("BinaryCrossentropy", {"from_logits": True}, binary[0], logits), ("CategoricalCrossentropy", {"label_smoothing": 0.1}, *hot),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, sparse[0], logits),
    ("SparseCategoricalCrossentropy", {"from_logits": True, "ignore_class": 1}, sparse[0], logits),
    ("Hinge", {}, *signs), ("SquaredHinge", {}, *signs), ("CategoricalHinge", {}, hot[0], signs[1]),
    ("AUC", {}, classes([60], 30, 2), pattern([60], 31, 0, 1)), ("AUC", {"curve": "PR"}, classes([60], 30, 2), pattern([60], 31, 0, 1)),
    ("AUC", {"curve": "PR", "summation_method": "majoring", "num_thresholds": 11}, classes([60], 30, 2), pattern([60], 31, 0, 1)),
    ("AUC", {"summation_method": "minoring", "num_thresholds": 11, "from_logits": True}, classes([60], 30, 2), pattern([60], 31, -2, 2)),
    ("Precision", {}, classes([8], 24, 2), pattern([8], 25, 0, 1)), ("Precision", {"thresholds": [0.3, 0.6]}, classes([8], 24, 2), pattern([8], 25, 0, 1)),
    ("Precision", {"top_k": 2}, one_hot(classes([8], 26, 4), 4), pattern([8, 4], 25, 0, 1)),
    ("Recall", {}, classes([8], 24, 2), pattern([8], 25, 0, 1)), ("Recall", {"class_id": 1}, one_hot(classes([8], 26, 4), 4), pattern([8, 4], 25, 0, 1)),
    ("TruePositives", {}, classes([8], 24, 2), pattern([8], 25, 0, 1)), ("FalsePositives", {"thresholds": [0.2, 0.7]}, classes([8], 24, 2), pattern([8], 25, 0, 1)),
    ("TrueNegatives", {}, classes([8], 24, 2), pattern([8], 25, 0, 1)), ("FalseNegatives", {}, classes([8], 24, 2), pattern([8], 25, 0, 1)),
]


def metric_rows():
    rows = []
    for name, config, y_true, y_pred in METRICS:
        def run(weights):
            metric = getattr(metrics, name)(**config)
            half = len(y_true) // 2
            for part in (slice(0, half), slice(half, None)):
                metric.update_state(y_true[part], y_pred[part], sample_weight=None if weights is None else weights[part])
            return numbers(metric.result())
        weights = pattern([len(y_true)], 32, 0, 2)
        rows.append({"class": name, "config": config, "name": getattr(metrics, name)().name.rstrip("_0123456789"), "true": tensor(y_true),
                     "pred": tensor(y_pred), "weights": tensor(weights), "plain": run(None), "weighted": run(weights)})
    for name, make in [("Mean", metrics.Mean), ("Sum", metrics.Sum)]:
        def run(weights):
            metric = make()
            metric.update_state(scores[:4], sample_weight=None if weights is None else weights[:4])
            metric.update_state(scores[4:], sample_weight=None if weights is None else weights[4:])
            return numbers(metric.result())
        weights = pattern([8], 32, 0, 2)
        rows.append({"class": name, "config": {}, "name": name.lower(), "true": tensor(scores), "pred": tensor(scores), "weights": tensor(weights),
                     "plain": run(None), "weighted": run(weights)})
    return rows


schedules = keras.optimizers.schedules
SCHEDULES = [
    schedules.ExponentialDecay(0.1, 5, 0.5), schedules.ExponentialDecay(0.1, 5, 0.5, staircase=True), schedules.InverseTimeDecay(0.1, 5, 0.5),
    schedules.InverseTimeDecay(0.1, 5, 0.5, staircase=True), schedules.PolynomialDecay(0.1, 10, 0.01, power=2.0), schedules.PolynomialDecay(0.1, 10, 0.01, cycle=True),
    schedules.PiecewiseConstantDecay([5, 12], [0.1, 0.05, 0.01]), schedules.CosineDecay(0.1, 15, alpha=0.1), schedules.CosineDecay(0.01, 15, warmup_target=0.1, warmup_steps=5),
    schedules.CosineDecayRestarts(0.1, 5), schedules.CosineDecayRestarts(0.1, 5, t_mul=1.0, m_mul=0.8, alpha=0.05),
]


def schedule_rows():
    return [{"class": s.__class__.__name__, "config": s.get_config(), "steps": list(range(0, 40, 3)), "values": numbers([s(t) for t in range(0, 40, 3)])} for s in SCHEDULES]


OPTIMIZERS = [
    ("SGD", {}), ("SGD", {"momentum": 0.9}), ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}), ("SGD", {"clipnorm": 0.1}), ("SGD", {"clipvalue": 0.05}),
    ("SGD", {"global_clipnorm": 0.2}), ("SGD", {"use_ema": True, "ema_momentum": 0.8}), ("SGD", {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 2}),
    ("SGD", {"momentum": 0.5, "gradient_accumulation_steps": 2}), ("SGD", {"loss_scale_factor": 4.0}),
    ("Adam", {}), ("Adam", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3, "amsgrad": True}), ("Adam", {"gradient_accumulation_steps": 3}),
    ("AdamW", {}), ("AdamW", {"learning_rate": 0.01, "weight_decay": 0.1}),
    ("RMSprop", {}), ("RMSprop", {"momentum": 0.9}), ("RMSprop", {"centered": True, "rho": 0.8}), ("RMSprop", {"centered": True, "momentum": 0.5, "epsilon": 1e-4}),
]


def optimizer_rows():
    rows = []
    for name, config in OPTIMIZERS:
        keras.backend.clear_session()
        layer = layers.Dense(2, name="dense")
        layer.build([None, 3])
        layer.set_weights([pattern([3, 2], 40), pattern([2], 41)])
        optimizer = getattr(optimizers, name)(**config)
        optimizer.build(layer.trainable_variables)
        for step in range(7):
            gradients = [pattern([3, 2], 50 + step), pattern([2], 60 + step)]
            optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients], layer.trainable_variables)
        full = {k: v for k, v in optimizer.get_config().items()}
        rows.append({"class": name, "config": {k: (float(f"{v:.6g}") if isinstance(v, float) else v) for k, v in full.items()}, "given": config,
                     "weights": [numbers(w) for w in layer.get_weights()],
                     "variables": [{"path": v.path, "values": numbers(v)} for v in optimizer.variables]})
    return rows


def dense_model(outputs=("a",)):
    inputs = keras.Input((3,), name="x")
    results = [layers.Dense(2, name=name) for name in outputs]
    built = [layer(inputs) for layer in results]
    model = keras.Model(inputs, built if len(built) > 1 else built[0])
    for n, layer in enumerate(results):
        layer.set_weights([pattern([3, 2], 70 + n), pattern([2], 80 + n)])
    return model


x, labels, values = pattern([50, 3], 90), classes([50], 91, 2), pattern([50, 2], 92)
weights = pattern([50], 93, 0, 2)
ce = lambda: losses.SparseCategoricalCrossentropy(from_logits=True)


def fit_rows():
    """name, outputs, compile, fit arguments, as the Swift side writes them by hand; here is what comes."""
    def run(model, y, compiled, **fit):
        model.compile(optimizer=optimizers.SGD(0.1), **compiled)
        history = model.fit(x, y, batch_size=8, shuffle=False, verbose=0, **fit)
        scores = model.evaluate(x, y, verbose=0, return_dict=True)
        flat = model.evaluate(x, y, verbose=0)
        return {"order": list(history.history), "history": {k: numbers(v) for k, v in history.history.items()},
                "epochs": history.epoch, "scores": {k: float(f"{v:.8g}") for k, v in scores.items()}, "flat": numbers(flat)}

    rows = {}
    rows["plain"] = run(dense_model(), labels, {"loss": ce(), "metrics": ["accuracy"]}, epochs=3)
    rows["validation split"] = run(dense_model(), labels, {"loss": ce(), "metrics": ["accuracy"]}, epochs=3, validation_split=0.2)
    rows["validation every two"] = run(dense_model(), labels, {"loss": ce()}, epochs=4, validation_data=(x[:20], labels[:20]), validation_freq=2)
    rows["sample weight"] = run(dense_model(), labels, {"loss": ce(), "metrics": ["accuracy"], "weighted_metrics": ["accuracy"]}, epochs=2, sample_weight=weights)
    rows["class weight"] = run(dense_model(), labels, {"loss": ce(), "weighted_metrics": ["accuracy"]}, epochs=2, class_weight={0: 0.5, 1: 2.0})
    rows["mse and mae"] = run(dense_model(), values, {"loss": "mse", "metrics": ["mae", metrics.RootMeanSquaredError()]}, epochs=2)
    rows["initial epoch"] = run(dense_model(), values, {"loss": "mse"}, epochs=4, initial_epoch=2)
    rows["steps per epoch"] = run(dense_model(), values, {"loss": "mse"}, epochs=3, steps_per_epoch=3)
    rows["two outputs"] = run(dense_model(("a", "b")), [labels, values], {"loss": [ce(), "mse"], "loss_weights": [1.0, 0.3], "metrics": [["accuracy"], ["mae", "mse"]]}, epochs=2)
    rows["two outputs by name"] = run(dense_model(("a", "b")), {"a": labels, "b": values}, {"loss": {"a": ce(), "b": "mse"}, "metrics": {"b": ["mae"]}}, epochs=2)
    rows["one loss for two"] = run(dense_model(("a", "b")), [values, values], {"loss": "mae"}, epochs=2)
    return rows


with open(os.path.join(folder, "training.json"), "w") as file:
    json.dump({"keras": keras.__version__, "losses": loss_rows(), "metrics": metric_rows(), "schedules": schedule_rows(), "optimizers": optimizer_rows(), "fits": fit_rows()},
              file, separators=(",", ":"))
    file.write("\n")
