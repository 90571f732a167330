extension ops {
    /// The mean of windows that divide each spatial axis into `outputSize` parts.
    ///
    /// Part `i` of `n` runs from `⌊i · size / n⌋` up to `⌈(i + 1) · size / n⌉`: parts may overlap by one element.
    ///
    /// - Parameter x: `[batch, spatial…, channels]`, or with channels first.
    /// - Returns: `[batch, outputSize…, channels]` in the order of x.
    public static func adaptiveAveragePool(
        _ x: some TensorConvertible, _ outputSize: SpatialSizes, dataFormat: DataFormat? = nil
    ) throws -> Tensor {
        try adaptivePool(real(x), outputSize, dataFormat, "adaptiveAveragePool") { windows, size in
            try divide(windows, Double(size))
        }
    }

    /// The greatest element of windows that divide each spatial axis into `outputSize` parts.
    public static func adaptiveMaxPool(
        _ x: some TensorConvertible, _ outputSize: SpatialSizes, dataFormat: DataFormat? = nil
    ) throws -> Tensor {
        try adaptivePool(x.tensor(), outputSize, dataFormat, "adaptiveMaxPool", nil)
    }

    /// Axis by axis: all windows of the two sizes that parts have, one element apart, of which those of the parts are taken.
    ///
    /// - Parameter mean: from a window's sum and size; nil for maxima.
    private static func adaptivePool(
        _ x: Tensor, _ outputSize: SpatialSizes, _ format: DataFormat?, _ name: String, _ mean: ((Tensor, Int) throws -> Tensor)?
    ) throws -> Tensor {
        guard x.rank >= 3 else { throw GraphError.rank(operation: name, expected: "[batch, spatial…, channels]", got: x.shape) }
        let first = (format ?? imageDataFormat()) == .channelsLast ? 1 : 2
        var result = x
        for (index, count) in try outputSize.expanded(x.rank - 2, name, "outputSize").enumerated() {
            let axis = first + index
            let size = result.shape[axis]
            guard size > 0 else { throw TensorError.argument(operation: name, detail: "axis \(axis) of the input is empty") }
            _ = try TensorType(checking: [count, size], .int64)
            // Parts have this length, or one more.
            let length = (size + count - 1) / count
            func windows(_ length: Int) throws -> Tensor {
                var window = Window(sizes: result.shape.map { _ in 1 }, strides: result.shape.map { _ in 1 })
                window.sizes[axis] = length
                let windows = try Tensor.apply(.reduceWindow(mean == nil ? .max : .sum, window), result)
                return try mean?(windows, length) ?? windows
            }
            let parts = try arange(count, dtype: .int64)
            var places = try floorDivide(parts * size, count)
            var pooled = try windows(length)
            if size % count != 0, length < size {
                let ends = try floorDivide((parts + 1) * size + (count - 1), count)
                places = try `where`(greater(ends - places, length), places + (size - length + 1), places)
                pooled = try concatenate([pooled, windows(length + 1)], axis: axis)
            }
            result = try take(pooled, places, axis: axis)
        }
        return result
    }
}
