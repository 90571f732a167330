"""Writes the HDF5 files that HDF5Tests reads, with h5py: python make_hdf5.py"""
import h5py
import numpy as np

with h5py.File("kinds.h5", "w") as f:
    values = np.arange(6).reshape(2, 3)
    for name in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64"]:
        f[f"numbers/{name}"] = values.astype(name)
    for name in [">i2", ">i4", ">i8", ">f2", ">f4", ">f8"]:
        f[f"big_endian/{name[1:]}"] = values.astype(name)
    f["bool"] = np.array([True, False, True])
    f["opaque"] = np.frombuffer(bytes([0x80, 0x3F, 0x00, 0xC0]), dtype="V2")  # 1 and -2 in bfloat16
    f["scalar"] = np.float32(2.5)
    f["empty"] = np.zeros((0, 4), "float32")
    f["packed"] = h5py.Empty("f")
    f.create_dataset("chunked", data=np.arange(1000, dtype="float32").reshape(50, 20), chunks=(16, 7), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("names", data=["α", "", "gamma"], dtype=h5py.string_dtype())
    f.create_dataset("fixed_names", data=np.array([b"one", b"three"]))
    f.create_dataset("complex", data=np.zeros(2, "complex64"))
    many = f.create_group("many")
    for i in range(300):
        many[f"name {i:03}"] = f["scalar"]
    f.attrs["text"] = "variable ünï"
    f.attrs["bytes"] = np.bytes_(b"fixed")
    f.attrs["list"] = np.array([b"a", b"bcd", b""])
    f.attrs["variable_list"] = ["x", "yz"]
    f.attrs["no_names"] = []
    f.attrs["number"] = 7
    f.attrs["numbers"] = np.array([1.5, -2.5])
    f.attrs.create("not_utf8", np.array(b"\xff\xfe"))

with h5py.File("refused.h5", "w") as f:
    data = f.create_dataset("data", data=np.arange(4.0))
    f["hard"] = data
    f["soft"] = h5py.SoftLink("/data")
    f["external_link"] = h5py.ExternalLink("kinds.h5", "/scalar")
    f.create_group("group")["inner"] = h5py.SoftLink("/")
    f.create_dataset("external_storage", (4,), "f8", external=[("/etc/passwd", 0, 32)])
    layout = h5py.VirtualLayout((4,), "f8")
    layout[:] = h5py.VirtualSource("kinds.h5", "numbers/float64", (4,))
    f.create_virtual_dataset("virtual", layout)
    f.create_dataset("lzf", data=np.arange(100.0), compression="lzf", chunks=(10,))
    f.create_dataset("huge_chunk", (1,), "f8", maxshape=(None,), chunks=(1 << 24,))
    f.create_dataset("huge", (1 << 40,), "f8", chunks=(1024,), compression="gzip")
    twice = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    twice.set_chunk((10,))
    twice.set_deflate(1)
    twice.set_deflate(1)
    h5py.h5d.create(f.id, b"twice", h5py.h5t.NATIVE_DOUBLE, h5py.h5s.create_simple((10,)), twice)
    f["type"] = np.dtype("f4")


def fill(f):
    """What the newer forms of the format are for: many names, many attributes, pieces."""
    few = f.create_group("few")
    many = f.create_group("many")
    data = f.create_dataset("data", data=np.arange(6, dtype="float32").reshape(2, 3))
    for i in range(600):
        many[f"name {i:03}"] = data
    for i in range(5):
        few.create_group(f"group {i}")
    for i in range(60):
        data.attrs[f"attribute {i:02}"] = f"text {i}"
    data.attrs["long"] = np.arange(3000)
    values = np.arange(35 * 20, dtype="float32").reshape(35, 20)
    f.create_dataset("plain pieces", data=values, chunks=(8, 7))
    f.create_dataset("packed pieces", data=values, chunks=(8, 7), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("one piece", data=values, chunks=(35, 20))
    f.create_dataset("one packed piece", data=values, chunks=(35, 20), compression="gzip")
    f.create_dataset("pages", data=np.arange(3000, dtype="int16"), chunks=(2,))


with h5py.File("newer.h5", "w", libver="latest") as f:
    fill(f)
    f.create_dataset("growing", data=np.arange(10.0), chunks=(2,), maxshape=(None,))

with h5py.File("ordered.h5", "w", track_order=True, userblock_size=1024) as f:
    fill(f)
