"""Records what Keras' `fit` gives with training steps of one's own: the cases of the guide "Customizing what happens in fit()".

    KERAS_BACKEND=jax .venv/bin/python Tests/Fixtures/training/make_steps.py

On JAX a step is a function of states; the Swift side (Tests/KerasTests/Training/StepTests.swift) writes the same steps as methods.
"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import numpy as np

import keras
from keras import layers, ops
from patterns import numbers, pattern

folder = os.path.dirname(os.path.abspath(__file__))
x, y, weights = pattern([50, 3], 90), pattern([50, 2], 92), pattern([50], 93, 0, 2)


def functional(kind):
    inputs = keras.Input((3,), name="x")
    hidden, output = layers.Dense(4, activation="tanh", name="h"), layers.Dense(2, name="a")
    model = kind(inputs, output(hidden(inputs)))
    hidden.set_weights([pattern([3, 4], 70), pattern([4], 80)])
    output.set_weights([pattern([4, 2], 71), pattern([2], 81)])
    return model


class LowLevel(keras.Model):
    """A loss and metrics of its own, besides those of compile."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.mae_metric = keras.metrics.MeanAbsoluteError(name="mae")
        self.loss_fn = keras.losses.MeanSquaredError()

    @property
    def metrics(self):
        return [self.loss_tracker, self.mae_metric]

    def forward(self, trainable, other, x, y, training):
        y_pred, other = self.stateless_call(trainable, other, x, training=training)
        return self.loss_fn(y, y_pred), (y_pred, other)

    def measured(self, metrics, loss, y, y_pred):
        logs, found = {}, []
        for metric, arguments in ((self.loss_tracker, (loss,)), (self.mae_metric, (y, y_pred))):
            own = metric.stateless_update_state(metrics[len(found):len(found) + len(metric.variables)], *arguments)
            logs[metric.name] = metric.stateless_result(own)
            found += own
        return logs, found

    def train_step(self, state, data):
        trainable, other, optimizer, metrics = state
        x, y = data[:2]
        (loss, (y_pred, other)), grads = jax.value_and_grad(self.forward, has_aux=True)(trainable, other, x, y, True)
        trainable, optimizer = self.optimizer.stateless_apply(optimizer, grads, trainable)
        logs, metrics = self.measured(metrics, loss, y, y_pred)
        return logs, (trainable, other, optimizer, metrics)

    def test_step(self, state, data):
        trainable, other, metrics = state
        x, y = data[:2]
        loss, (y_pred, other) = self.forward(trainable, other, x, y, False)
        logs, metrics = self.measured(metrics, loss, y, y_pred)
        return logs, (trainable, other, metrics)


class OwnLogs(LowLevel):
    """A step that reports numbers of its own instead of metrics."""

    def train_step(self, state, data):
        trainable, other, optimizer, metrics = state
        x, y = data[:2]
        (loss, (y_pred, other)), grads = jax.value_and_grad(self.forward, has_aux=True)(trainable, other, x, y, True)
        trainable, optimizer = self.optimizer.stateless_apply(optimizer, grads, trainable)
        return {"loss_now": loss, "size": ops.mean(ops.abs(y_pred))}, (trainable, other, optimizer, metrics)


class OwnLoss(keras.Model):
    """Only the loss is one's own."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.mean(ops.abs(y - y_pred) ** 3) + 0.1 * super().compute_loss(x, y, y_pred, sample_weight)


def fit(kind, compiled, **options):
    model = functional(kind)
    model.compile(optimizer=keras.optimizers.SGD(0.1), **compiled)
    history = model.fit(x, y, batch_size=8, epochs=3, verbose=0, shuffle=False, **options)
    scores = model.evaluate(x, y, batch_size=8, verbose=0, return_dict=True)
    return {
        "order": list(history.history), "history": {k: numbers(v) for k, v in history.history.items()},
        "scores": {k: float(v) for k, v in scores.items()}, "weights": [numbers(w) for w in model.get_weights()],
    }


def gan():
    """Two models and two optimizers, as in the guide's last part."""
    generator = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="g")])
    critic = keras.Sequential([keras.Input((3,)), layers.Dense(5, activation="relu", name="d1"), layers.Dense(1, name="d2")])
    generator.set_weights([pattern([4, 3], 60), pattern([3], 61)])
    critic.set_weights([pattern([3, 5], 62), pattern([5], 63), pattern([5, 1], 64), pattern([1], 65)])
    # A great epsilon: with a small one the first steps of Adam magnify the rounding of gradients near 0.
    d_optimizer, g_optimizer = keras.optimizers.Adam(0.02, epsilon=1e-3), keras.optimizers.Adam(0.05, epsilon=1e-3)
    loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
    seeds = keras.random.SeedGenerator(1337)
    d_optimizer.build(critic.trainable_variables)
    g_optimizer.build(generator.trainable_variables)

    def values(model):
        return [v.value for v in model.trainable_variables], [v.value for v in model.non_trainable_variables]

    history = {"d_loss": [], "g_loss": []}
    for _ in range(3):
        d_losses, g_losses = [], []
        for start in range(0, len(x), 8):
            real = x[start:start + 8]
            size = len(real)
            generated = generator(keras.random.normal((size, 4), seed=seeds))
            both = ops.concatenate([generated, real], axis=0)
            labels = ops.concatenate([ops.ones((size, 1)), ops.zeros((size, 1))], axis=0)
            labels += 0.05 * keras.random.uniform(labels.shape, seed=seeds)
            loss, grads = jax.value_and_grad(lambda w, n: loss_fn(labels, critic.stateless_call(w, n, both)[0]))(*values(critic))
            d_optimizer.apply(grads, critic.trainable_variables)
            d_losses.append(loss)
            latent = keras.random.normal((size, 4), seed=seeds)
            other = [v.value for v in critic.trainable_variables]

            def fooled(w, n):
                return loss_fn(ops.zeros((size, 1)), critic.stateless_call(other, [], generator.stateless_call(w, n, latent)[0])[0])

            loss, grads = jax.value_and_grad(fooled)(*values(generator))
            g_optimizer.apply(grads, generator.trainable_variables)
            g_losses.append(loss)
        history["d_loss"].append(np.mean(d_losses))
        history["g_loss"].append(np.mean(g_losses))
    return {
        "order": list(history), "history": {k: numbers(v) for k, v in history.items()}, "scores": {},
        "weights": [numbers(w) for w in generator.get_weights() + critic.get_weights()],
    }


rows = {
    "low level": fit(LowLevel, {}),
    "low level, validated": fit(LowLevel, {}, validation_data=(x[:20], y[:20])),
    "own logs": fit(OwnLogs, {}),
    "own loss": fit(OwnLoss, dict(loss="mae", metrics=["mse"])),
    "sample weights": fit(keras.Model, dict(loss="mse", weighted_metrics=["mae"]), sample_weight=weights),
    "gan": gan(),
}
with open(os.path.join(folder, "steps.json"), "w") as file:
    json.dump(rows, file, separators=(",", ":"))
    file.write("\n")
print({name: row["history"] for name, row in rows.items()})
