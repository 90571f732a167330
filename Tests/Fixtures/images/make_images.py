"""Writes small pictures and what Keras and Pillow make of them: python make_images.py (needs keras and pillow<13)"""
import json
import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from PIL import Image

random = np.random.default_rng(1)
facts = {"loads": [], "saves": []}


def smooth(height, width, channels):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    return ((np.sin(x / 3 + c) + np.cos(y / 2 - c)) * 60 + 128).astype("uint8")


for mode, channels in [("L", 1), ("LA", 2), ("RGB", 3), ("RGBA", 4)]:
    pixels = random.integers(0, 256, (7, 9, channels), dtype="uint8")
    Image.fromarray(pixels[:, :, 0] if channels == 1 else pixels, mode).save(f"{mode}.png")
Image.fromarray(random.integers(0, 256, (5, 6, 3), dtype="uint8")).quantize(8).save("palette.png")
Image.fromarray(smooth(16, 24, 3)).save("rgb.jpg", quality=90)
Image.fromarray(smooth(16, 24, 1)[:, :, 0]).save("grey.jpg", quality=90)

rows = [(name, {"color_mode": mode}) for name in ["L.png", "LA.png", "RGB.png", "RGBA.png", "palette.png"] for mode in ["grayscale", "rgb", "rgba"]]
rows += [("rgb.jpg", {}), ("grey.jpg", {}), ("grey.jpg", {"color_mode": "grayscale"})]
for interpolation in ["nearest", "bilinear", "bicubic", "hamming", "box", "lanczos"]:
    for size in [(3, 4), (12, 20)]:
        rows.append(("RGB.png", {"target_size": size, "interpolation": interpolation}))
    rows.append(("RGBA.png", {"color_mode": "rgba", "target_size": (4, 13), "interpolation": interpolation}))
    rows.append(("RGB.png", {"target_size": (5, 5), "interpolation": interpolation, "keep_aspect_ratio": True}))
    rows.append(("L.png", {"color_mode": "grayscale", "target_size": (6, 3), "interpolation": interpolation, "keep_aspect_ratio": True}))
for name, options in rows:
    array = keras.utils.img_to_array(keras.utils.load_img(name, **options))
    facts["loads"].append({"file": name, **options, "shape": array.shape, "pixels": array.astype(int).ravel().tolist()})

for shape, scale in [((2, 3, 3), True), ((2, 3, 1), True), ((2, 2, 4), False)]:
    x = random.uniform(0, 255, shape).round(2).astype("float32")
    image = np.asarray(keras.utils.array_to_img(x, scale=scale))
    facts["saves"].append({"shape": shape, "x": x.astype(float).round(2).ravel().tolist(), "scale": scale, "pixels": image.ravel().tolist()})
json.dump(facts, open("images.json", "w"), separators=(",", ":"))
