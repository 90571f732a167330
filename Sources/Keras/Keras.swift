// What a user of `Keras` gets with it: tensors, `ops`, `random`, gradients.
@_exported import Tensors
