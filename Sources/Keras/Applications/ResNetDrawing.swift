/// Draws the parts of residual networks, as if on the line where a user's program makes the model.
struct ResNetDrawing {
    let place: CallPlace

    func callAsFunction(_ layer: Layer, _ x: KerasTensor) throws -> KerasTensor {
        try layer(x, fileID: place.fileID, line: place.line)
    }

    /// Normalized over the channels, then, if a name for it is given, through a ReLU.
    func normalized(_ x: KerasTensor, named name: String, relu: String?) throws -> KerasTensor {
        let axis = imageDataFormat() == .channelsFirst ? 1 : 3
        let y = try self(BatchNormalization(axis: axis, epsilon: 1.001e-5, name: "\(name)_bn"), x)
        return try relu.map { try self(Activation(.relu, name: $0), y) } ?? y
    }

    /// Block number `block` of the `count` of a stack. The size is halved by one block of each stack: in the first version by the
    /// first, but not in the first stack; in the second by the last, but not in the last stack.
    func block(
        _ version: ResNet.Version, _ x: KerasTensor, _ filters: Int, _ block: Int, of count: Int, stack: Int, name: String
    ) throws -> KerasTensor {
        switch version {
        case .one: try blockV1(x, filters, strides: block == 1 && stack > 0 ? 2 : 1, isFirst: block == 1, name)
        case .two: try blockV2(x, filters, strides: block == count && stack < 3 ? 2 : 1, isFirst: block == 1, name)
        }
    }

    /// Three convolutions with normalization; around them the input, in a stack's first block convolved too.
    private func blockV1(_ x: KerasTensor, _ filters: Int, strides: Int, isFirst: Bool, _ name: String) throws -> KerasTensor {
        var shortcut = x
        if isFirst {
            shortcut = try self(Conv2D(4 * filters, 1, strides: strides, name: "\(name)_0_conv"), x)
            shortcut = try normalized(shortcut, named: "\(name)_0", relu: nil)
        }
        var y = try self(Conv2D(filters, 1, strides: strides, name: "\(name)_1_conv"), x)
        y = try normalized(y, named: "\(name)_1", relu: "\(name)_1_relu")
        y = try self(Conv2D(filters, 3, padding: .same, name: "\(name)_2_conv"), y)
        y = try normalized(y, named: "\(name)_2", relu: "\(name)_2_relu")
        y = try self(Conv2D(4 * filters, 1, name: "\(name)_3_conv"), y)
        y = try normalized(y, named: "\(name)_3", relu: nil)
        y = try add([shortcut, y], name: "\(name)_add", fileID: place.fileID, line: place.line)
        return try self(Activation(.relu, name: "\(name)_out"), y)
    }

    /// Normalization and ReLU, then three convolutions; around them the input: in a stack's first block convolved, in one that
    /// halves the size thinned out.
    private func blockV2(_ x: KerasTensor, _ filters: Int, strides: Int, isFirst: Bool, _ name: String) throws -> KerasTensor {
        let ready = try normalized(x, named: "\(name)_preact", relu: "\(name)_preact_relu")
        var shortcut = x
        if isFirst {
            shortcut = try self(Conv2D(4 * filters, 1, strides: strides, name: "\(name)_0_conv"), ready)
        } else if strides > 1 {
            shortcut = try self(MaxPooling2D(1, strides: strides), x)
        }
        var y = try self(Conv2D(filters, 1, useBias: false, name: "\(name)_1_conv"), ready)
        y = try normalized(y, named: "\(name)_1", relu: "\(name)_1_relu")
        y = try self(ZeroPadding2D(1, name: "\(name)_2_pad"), y)
        y = try self(Conv2D(filters, 3, strides: strides, useBias: false, name: "\(name)_2_conv"), y)
        y = try normalized(y, named: "\(name)_2", relu: "\(name)_2_relu")
        y = try self(Conv2D(4 * filters, 1, name: "\(name)_3_conv"), y)
        return try add([shortcut, y], name: "\(name)_out", fileID: place.fileID, line: place.line)
    }
}
