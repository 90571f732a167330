"""Operations element by element: arithmetic, comparisons, functions of one number, activations."""

import numpy as np
from keras import activations, ops
from keras.src.activations.activations import Mish
from keras.src.ops import numpy as classes
from keras.src.ops.numpy import AllClose


def f(*shape, low=-2.0, high=2.0, dtype="float32"):
    return (shape or (2, 3), dtype, low, high)


def i(*shape, low=0, high=5, dtype="int32"):
    return (shape or (2, 3), dtype, low, high)


def b(*shape):
    return (shape or (2, 3), "bool", 0, 2)


UNARY = {
    f(): "relu relu6 elu selu celu gelu silu swish softplus softsign log_sigmoid hard_sigmoid hard_silu hard_swish hard_tanh tanh_shrink "
         "sparse_plus sparse_sigmoid squareplus leaky_relu hard_shrink soft_shrink softmax log_softmax sparsemax exp expm1 sin cos tan sinh "
         "cosh tanh arctan arcsinh sigmoid erf floor ceil exp2 round trunc abs absolute negative sign square isnan isfinite isinf nan_to_num "
         "stop_gradient zeros_like ones_like logical_not reciprocal normalize",
    f(low=0.2, high=3.0): "log log1p sqrt rsqrt log2 log10",
    f(low=-0.9, high=0.9): "arcsin arccos arctanh erfinv",
    f(low=1.1, high=3.0): "arccosh",
    i(): "bitwise_not",
}
BINARY = {
    (f(2, 3), f(2, 3, low=0.5)): "add subtract multiply divide true_divide divide_no_nan floor_divide mod maximum minimum arctan2 logaddexp hypot "
                                 "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor isclose",
    (f(2, 3, low=0.2), f(2, 3)): "power",
    (i(2, 3), i(2, 3)): "bitwise_and bitwise_or bitwise_xor left_shift right_shift",
}
OPTIONS = [
    ("leaky_relu 0.1", lambda x: ops.leaky_relu(x, negative_slope=0.1)),
    ("elu 0.5", lambda x: ops.elu(x, alpha=0.5)),
    ("celu 0.5", lambda x: ops.celu(x, alpha=0.5)),
    ("gelu exact", lambda x: ops.gelu(x, approximate=False)),
    ("hard_shrink 1", lambda x: ops.hard_shrink(x, threshold=1.0)),
    ("soft_shrink 1", lambda x: ops.soft_shrink(x, threshold=1.0)),
    ("threshold", lambda x: ops.threshold(x, 0.5, -1.0)),
    ("squareplus 2", lambda x: ops.squareplus(x, b=2.0)),
    ("softmax axis", lambda x: ops.softmax(x, axis=0)),
    ("round 1", lambda x: ops.round(x, decimals=1)),
    ("nan_to_num options", lambda x: ops.nan_to_num(x, nan=1.0, posinf=2.0, neginf=3.0)),
    ("clip", lambda x: ops.clip(x, -1.0, 0.5)),
    ("clip whole", lambda x: ops.clip(x, -1, 1)),
    ("cast", lambda x: ops.cast(x, "int32")),
    ("cast bfloat16 and back", lambda x: ops.cast(ops.cast(x, "bfloat16"), "float32")),
    ("zeros_like dtype", lambda x: ops.zeros_like(x, dtype="int32")),
    ("ones_like dtype", lambda x: ops.ones_like(x, dtype="bfloat16") * 1.0),
    ("full_like", lambda x: ops.full_like(x, 2.5)),
    ("full_like dtype", lambda x: ops.full_like(x, 2, dtype="int32")),
    ("mish", lambda x: Mish()(x)),
    ("relu options", lambda x: activations.relu(x, negative_slope=0.1, max_value=1.0, threshold=0.2)),
    ("convert_to_tensor", lambda x: ops.convert_to_tensor(x, dtype="float16") + 0),
    ("softmax axes", lambda x: ops.softmax(ops.reshape(x, (-1, 3, 1)), axis=(1, 2))),
    ("log_softmax axes", lambda x: ops.log_softmax(ops.reshape(x, (-1, 3, 1)), axis=(1, 2))),
    # Operators, with numbers and constants on either side.
    ("operator add number", lambda x: x + 1),
    ("operator add real", lambda x: x + 1.5),
    ("operator number add", lambda x: 1 + x),
    ("operator subtract", lambda x: x - 2),
    ("operator number subtract", lambda x: 2 - x),
    ("operator multiply", lambda x: x * 2),
    ("operator number multiply", lambda x: 2.5 * x),
    ("operator divide", lambda x: x / 4),
    ("operator number divide", lambda x: 4 / (x + 3)),
    ("operator mod", lambda x: x % 2),
    ("operator number mod", lambda x: 7 % (x + 3)),
    ("operator power", lambda x: x**2),
    ("operator number power", lambda x: 2**x),
    ("floor_divide number", lambda x: x // 2),
    ("operator negative", lambda x: -x),
    ("operator less", lambda x: x < 0.5),
    ("operator less equal", lambda x: x <= 0.5),
    ("operator greater", lambda x: x > 0.5),
    ("operator greater equal", lambda x: x >= 0.5),
    ("operator equal", lambda x: ops.equal(x, 0)),
    ("operator not equal", lambda x: x != 0),
    ("operator array", lambda x: x + np.array([1.0, 2.0, 3.0], "float32")),
    ("operator tensor first", lambda x: ops.multiply(np.array([[1, 2, 3]], "int32"), ops.cast(x, "int32"))),
    ("operator tensor", lambda x: x - ops.convert_to_tensor([0.5, 1.5, 2.5])),
    ("operator scalar array", lambda x: ops.maximum(x, np.float32(0.25))),
    ("operator chain", lambda x: (x * 2 + 1) * x),
    ("where number", lambda x: ops.where(x > 0, x, 0.0)),
    ("where numbers", lambda x: ops.where(x > 0, 1, -1)),
    ("where arrays", lambda x: ops.where(np.array([True, False, True]), x, ops.negative(x))),
    ("select", lambda x: ops.select([x > 1, x > 0], [x, x * 2], 0)),
    ("isclose options", lambda x: ops.isclose(x, 0.5, rtol=0.1, atol=0.2, equal_nan=True)),
]


def rows():
    for spec, names in UNARY.items():
        for name in names.split():
            yield name, getattr(ops, name), [spec]
    for specs, names in BINARY.items():
        for name in names.split():
            yield name, getattr(ops, name), list(specs)
    for name, function in OPTIONS:
        yield name, function, [f()]
    yield "glu", ops.glu, [f(2, 4)]
    yield "glu axis", lambda x: ops.glu(x, axis=1), [f(2, 4, 3)]
    yield "where", ops.where, [b(), f(), f()]
    yield "operator and", lambda x, y: x & y, [b(), b()]
    yield "operator or", lambda x, y: x | y, [b(), b()]
    yield "operator xor", lambda x, y: x ^ y, [b(), b()]
    yield "operator not", lambda x: ~x, [b()]
    yield "allclose", lambda x: AllClose(rtol=0.5)(x, x * 1.1), [f()]
    for name in "Copy Deg2rad Rad2deg Isneginf Isposinf Abs BitwiseInvert Array".split():
        yield f"class {name}", getattr(classes, name)(), [i() if name == "BitwiseInvert" else f()]
    for name in "BitwiseLeftShift BitwiseRightShift".split():
        yield f"class {name}", getattr(classes, name)(), [i(), i()]
    yield "integers and numbers", lambda x: x * 2 + 1.5, [i()]
    yield "integers, narrow", lambda x: x * 2 + 1, [i(dtype="uint8")]
    yield "left_shift number", lambda x: ops.left_shift(x, 2), [i()]
