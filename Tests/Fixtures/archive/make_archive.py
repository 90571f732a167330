"""Writes what NumPy and Python's zipfile write, and what is in it, for ArchiveTests.

Run it by a Python with NumPy: `.venv/bin/python Tests/Fixtures/archive/make_archive.py`.
"""

import io
import json
import pathlib
import zipfile

import numpy as np

folder = pathlib.Path(__file__).parent
NUMBERS = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]


def numbers(code):
    """2 by 3 values, the type's extremes among them."""
    if code == "?":
        return np.array([[True, False, True], [False, False, True]])
    if code[0] == "f":
        limits = np.finfo(code)
        return np.array([[0.5, -0.0, limits.max], [limits.tiny, np.inf, np.nan]], code)
    limits = np.iinfo(code)
    return np.array([[limits.min, limits.max, 0], [1, 2, 3]], code)


def arrays():
    """Each array with a name: a type, an order of bytes and an order of axes."""
    for code in NUMBERS:
        base = numbers(code)
        for mark, order in (("little", "<"), ("big", ">")):
            array = base.astype(base.dtype.newbyteorder(order))
            yield f"{base.dtype.name}_{mark}", array
            yield f"{base.dtype.name}_{mark}_fortran", np.asfortranarray(array)
    text = np.array([["a", "größer", ""], ["日本", "😀b", "x\0y"]])
    for mark, order in (("little", "<"), ("big", ">")):
        array = text.astype(text.dtype.newbyteorder(order))
        yield f"text_{mark}", array
        yield f"text_{mark}_fortran", np.asfortranarray(array)
    raw = np.array([[b"a", b"\xff\0b", b""], [b"abc", b"d", b"ef"]])
    yield "bytes", raw
    yield "bytes_fortran", np.asfortranarray(raw)
    yield "scalar", np.array(2.5)
    yield "one", np.arange(3, dtype="i4")
    yield "empty", np.zeros((0, 4), "f4")
    yield "empty_text", np.array([], str)
    cube = np.arange(24, dtype="i2").reshape(2, 3, 4)
    yield "cube_fortran", np.asfortranarray(cube)
    yield "cube_sliced", cube[:, ::2, ::-1]


def described(array):
    kind = array.dtype.kind
    plain = np.ascontiguousarray(array).reshape(array.shape)
    entry = {"shape": list(array.shape), "type": {"U": "text", "S": "byteStrings"}.get(kind, array.dtype.name)}
    if kind == "U":
        entry["strings"] = [str(item) for item in plain.ravel()]
    elif kind == "S":
        entry["hex"] = [bytes(item).hex() for item in plain.ravel()]
    else:
        entry["hex"] = [plain.astype(array.dtype.newbyteorder("<")).tobytes().hex()]
    # What NumPy writes byte for byte, if written from the form that arrays have in Swift.
    entry["same"] = bool(array.flags.c_contiguous and array.dtype.byteorder != ">")
    return entry


def main():
    everything = dict(arrays())
    np.savez(folder / "stored.npz", **everything)
    np.savez_compressed(folder / "deflated.npz", **everything)
    (folder / "arrays.json").write_text(json.dumps({name: described(array) for name, array in everything.items()}, indent=0) + "\n")
    for major in (1, 2, 3):
        with open(folder / f"version_{major}.npy", "wb") as file:
            np.lib.format.write_array(file, np.arange(6, dtype="f4").reshape(2, 3), version=(major, 0))
    # As Keras writes archives, with a folder and a name beyond ASCII; one member written without knowing its size.
    with zipfile.ZipFile(folder / "members.zip", "w") as archive:
        when = (2024, 5, 6, 7, 8, 10)
        archive.writestr(zipfile.ZipInfo("config.json", when), '{"a": 1}')
        archive.writestr(zipfile.ZipInfo("assets/", when), "")
        archive.writestr(zipfile.ZipInfo("assets/größe.txt", when), "wörter\n", zipfile.ZIP_DEFLATED)
        archive.comment = b"a comment"

    class Pipe(io.RawIOBase):
        """Nothing that was written can be changed."""

        def __init__(self):
            self.written = b""

        def writable(self):
            return True

        def write(self, data):
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        archive.writestr(zipfile.ZipInfo("first", when), b"one" * 50, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("second", when), b"two")
    (folder / "streamed.zip").write_bytes(pipe.written)


main()
