"""Numbers that the scripts here and the Swift tests make alike."""
import numpy as np


def pattern(shape, salt, low=-1.0, high=1.0):
    """Repeatable numbers between low and high: a multiplicative hash of the element's number."""
    n = int(np.prod(shape))
    bits = (np.arange(1, n + 1, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(salt) * np.uint64(40503)) % np.uint64(1 << 32)
    bits ^= bits >> np.uint64(15)
    bits = (bits * np.uint64(2246822519)) % np.uint64(1 << 32)
    bits ^= bits >> np.uint64(13)
    return (bits.astype(np.float64) / 2**32 * (high - low) + low).astype(np.float32).reshape(shape)


def numbers(array):
    return [float(f"{float(v):.8g}") for v in np.ravel(np.asarray(array))]


def classes(shape, salt, count):
    return np.clip(pattern(shape, salt, 0, count).astype(np.int32), 0, count - 1)
