import Graph

extension Lowering {
    /// Sums and products of half types are taken in float32.
    func reduce(_ reduction: Reduction, _ x: Term, axes: [Int]) -> Term {
        if axes.isEmpty { return x }
        switch reduction {
        case .sum, .product:
            let wide = text.widened(x)
            let start = text.scalar(reduction == .sum ? 0 : 1, wide.dtype)
            return text.convert(text.reduce(wide, reduction == .sum ? "stablehlo.add" : "stablehlo.multiply", from: start, axes: axes), x.dtype)
        case .max: return text.reduce(x, "stablehlo.maximum", from: text.extreme(x.dtype, greatest: false), axes: axes)
        case .min: return text.reduce(x, "stablehlo.minimum", from: text.extreme(x.dtype, greatest: true), axes: axes)
        case .any: return text.reduce(x, "stablehlo.or", from: text.scalar(0, .bool), axes: axes)
        case .all: return text.reduce(x, "stablehlo.and", from: text.scalar(1, .bool), axes: axes)
        }
    }

    /// Pairs of value and index are reduced; of equal values the lower index wins, NaN wins over everything.
    func argReduce(_ reduction: ArgReduction, _ x: Term, axis: Int) -> Term {
        let (value, index) = (TensorType([], x.dtype), TensorType([], .int32))
        let body = text.region([value, index, value, index]) { p in
            let (a, i, b, j) = (p[0], p[1], p[2], p[3])
            var isFirst = text.compare(reduction == .max ? "GT" : "LT", a, b)
            var isEqual = text.compare("EQ", a, b)
            if x.dtype.isFloatingPoint {
                let (aIsNaN, bIsNaN) = (text.compare("NE", a, a), text.compare("NE", b, b))
                isFirst = text.or(isFirst, text.and(aIsNaN, text.not(bIsNaN)))
                isEqual = text.or(isEqual, text.and(aIsNaN, bIsNaN))
            }
            let takesFirst = text.or(isFirst, text.and(isEqual, text.compare("LT", i, j)))
            return [text.select(takesFirst, a, b), text.select(takesFirst, i, j)]
        }
        var shape = x.shape
        shape.remove(at: axis)
        let start = text.extreme(x.dtype, greatest: reduction == .min)
        // The start loses against every element, equal ones too: its index is the greatest.
        let operands = [x, text.iota(x.type.with(dtype: .int32), axis: axis), start, text.scalar(Double(Int32.max), .int32)]
        return text.apply("stablehlo.reduce", operands, "dimensions = \(Attribute.array([axis]))", regions: [body],
                          to: [x.type.with(shape: shape), TensorType(shape, .int32)])[1]
    }

    /// Hillis and Steele's scan: in the step of width `w` each element takes in what ends `w` places before it.
    func cumulative(_ operation: Cumulative, _ x: Term, axis: Int, reverse: Bool) -> Term {
        let (name, start) = switch operation {
        case .sum: ("add", 0.0)
        case .product: ("multiply", 1.0)
        case .max: ("maximum", -Double.infinity)
        case .min: ("minimum", Double.infinity)
        }
        let isArithmetic = operation == .sum || operation == .product
        var result = isArithmetic ? text.widened(x) : x
        let size = x.shape[axis]
        var width = 1
        while width < size {
            var padding = Padding(low: x.shape.map { _ in 0 }, high: x.shape.map { _ in 0 })
            padding.low[axis] = reverse ? 0 : width
            padding.high[axis] = reverse ? width : 0
            let rest = reverse ? text.slice(result, axis: axis, width, size) : text.slice(result, axis: axis, 0, size - width)
            let moved = text.pad(rest, padding, with: text.scalar(start, result.dtype), shape: x.shape)
            result = text.binary(name, result, moved)
            width *= 2
        }
        return text.convert(result, x.dtype)
    }

    func reduceWindow(_ reduction: WindowReduction, _ x: Term, _ window: Window, to type: TensorType) -> Term {
        let (operation, start) = switch reduction {
        case .sum: ("stablehlo.add", 0.0)
        case .max: ("stablehlo.maximum", -Double.infinity)
        case .min: ("stablehlo.minimum", Double.infinity)
        }
        if type.elementCount == 0 || x.type.elementCount == 0 { return text.full(start, type) }
        let wide = reduction == .sum ? text.widened(x) : x
        let result = text.apply(
            "stablehlo.reduce_window", [wide, text.scalar(start, wide.dtype)], window.attributes, regions: [text.combiner(operation, wide.dtype)],
            to: [type.with(dtype: wide.dtype)])[0]
        return text.convert(result, type.dtype)
    }

    /// Each gradient goes to its window's first maximum.
    ///
    /// One place of the window after the other: where it holds the maximum that no place before it held, it takes the gradient. On a CPU
    /// this is several times faster than `select_and_scatter`, which also leaves open which of equal elements is chosen.
    func maxWindowGradient(_ x: Term, _ gradient: Term, _ window: Window) -> Term {
        if gradient.type.elementCount == 0 { return text.full(0, like: x) }
        let spans = zip(zip(gradient.shape, window.strides), zip(window.sizes, window.dilation)).map { output, size in
            (output.0 - 1) * output.1 + (size.0 - 1) * size.1 + 1
        }
        // Padded so that every window lies inside, and cut again at the end.
        let high = zip(zip(spans, x.shape), window.low).map { $0.0 - $0.1 - $1 }
        let padded = text.pad(x, Padding(low: window.low, high: high), with: text.extreme(x.dtype, greatest: false), shape: spans)
        let greatest = reduceWindow(.max, x, window, to: gradient.type)
        var isTaken = text.full(0, gradient.type.with(dtype: .bool))
        var sum = text.full(0, padded.type)
        for place in 0..<window.sizes.reduce(1, *) {
            var (rest, starts) = (place, window.sizes.map { _ in 0 })
            for axis in window.sizes.indices.reversed() {
                starts[axis] = rest % window.sizes[axis] * window.dilation[axis]
                rest /= window.sizes[axis]
            }
            let limits = zip(zip(starts, gradient.shape), window.strides).map { $0.0 + ($0.1 - 1) * $1 + 1 }
            let candidates = text.slice(padded, Slice(starts: starts, limits: limits, strides: window.strides))
            let isFirst = text.and(text.compare("EQ", candidates, greatest), text.not(isTaken))
            isTaken = text.or(isTaken, isFirst)
            let part = text.select(isFirst, gradient, text.full(0, like: gradient))
            let padding = Padding(low: starts, high: zip(spans, limits).map { $0 - $1 }, interior: window.strides.map { $0 - 1 })
            sum = text.add(sum, text.pad(part, padding, with: text.scalar(0, x.dtype), shape: spans))
        }
        let cut = Padding(low: window.low.map { -$0 }, high: high.map { -$0 })
        return text.pad(sum, cut, with: text.scalar(0, x.dtype), shape: x.shape)
    }
}

extension Window {
    fileprivate var attributes: String {
        """
        window_dimensions = \(Attribute.array(sizes)), window_strides = \(Attribute.array(strides)), \
        window_dilations = \(Attribute.array(dilation)), padding = \(Attribute.pairs(low, high))
        """
    }
}
