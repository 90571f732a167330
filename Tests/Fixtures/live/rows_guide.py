"""The guide's models, as its facts are recorded from, at their own sizes."""
import pathlib
import sys

from table import F, I, whole

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "guide"))
import make_guide as guide

whole("guide: mnist", [F(784, low=0, high=1)], guide.mnist)
whole("guide: encoder", [F(28, 28, 1, low=0, high=1)], guide.encoder, batch=1)
whole("guide: autoencoder", [F(28, 28, 1, low=0, high=1)], guide.autoencoder, batch=1)
whole("guide: chained", [F(28, 28, 1, low=0, high=1)], guide.chained, batch=1)
whole("guide: ensemble", [F(128)], guide.ensemble)
whole("guide: router", [F(6, low=0, high=10_000), F(7, low=0, high=10_000), F(12)], guide.router, batch=1)
whole("guide: toy resnet", [F(32, 32, 3, low=0, high=1)], guide.toy_resnet, batch=1)
whole("guide: shared embedding", [I(1000, 5), I(1000, 7)], guide.shared_embedding)
whole("guide: operations", [F(16)], guide.operations, legacy=False)
