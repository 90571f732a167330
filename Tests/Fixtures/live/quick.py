"""Import this before Keras: settings under which hundreds of tiny models of many shapes are quick, since compiling them is nearly all the work.

The numbers stay Keras' and JAX'; only initial weights, which no comparison looks at, come from NumPy.
"""
import gc
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"


def cache(folder):
    """Compiled functions are kept in a folder, for the next process."""
    os.environ["JAX_COMPILATION_CACHE_DIR"] = folder
    os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"
    os.environ["JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES"] = "-1"


def start():
    """To be called when everything is imported."""
    import keras
    import numpy as np
    from keras.src.initializers import random_initializers

    random = np.random.default_rng(1)

    class Drawn:
        """What initializers call of `keras.random`."""

        @staticmethod
        def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
            return keras.ops.convert_to_tensor(random.normal(mean, stddev, shape).astype("float32"), dtype)

        truncated_normal = normal

        @staticmethod
        def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
            return keras.ops.convert_to_tensor(random.uniform(minval, maxval, shape).astype("float32"), dtype)

        def __getattr__(self, name):
            return getattr(keras.src.backend.random, name)

    random_initializers.random = Drawn()
    # An orthogonal matrix is any matrix here.
    keras.initializers.Orthogonal.__call__ = lambda self, shape, dtype=None: Drawn.normal(shape, dtype=dtype)
    gc.freeze()
