@testable import Graph

extension Interpreter {
    static func convolve(_ convolution: Convolution, _ input: Numbers, _ kernel: Numbers, _ type: TensorType) -> Numbers {
        let spatial = kernel.shape.count - 2
        let channels = kernel.shape[spatial]
        let filtersPerGroup = kernel.shape[spatial + 1] / convolution.groups
        return Numbers(type) { index in
            let filter = index[spatial + 1]
            let group = filtersPerGroup == 0 ? 0 : filter / filtersPerGroup
            var sum = 0.0
            for offset in indices(of: Array(kernel.shape.prefix(spatial))) {
                var place: [Int] = []
                for axis in 0..<spatial {
                    let position = index[axis + 1] * convolution.strides[axis] + offset[axis] * convolution.kernelDilation[axis] - convolution.low[axis]
                    let dilation = convolution.inputDilation[axis]
                    guard position >= 0, position % dilation == 0, position / dilation < input.shape[axis + 1] else { break }
                    place.append(position / dilation)
                }
                guard place.count == spatial else { continue }
                for channel in 0..<channels { sum += input[[index[0]] + place + [group * channels + channel]] * kernel[offset + [channel, filter]] }
            }
            return sum
        }
    }

    /// The places in the operand that a window covers, those in the padding left out.
    private static func covered(_ window: Window, _ index: [Int], _ shape: [Int]) -> [[Int]] {
        indices(of: window.sizes).compactMap { offset in
            let place = shape.indices.map { index[$0] * window.strides[$0] + offset[$0] * window.dilation[$0] - window.low[$0] }
            return zip(place, shape).allSatisfy { $0 >= 0 && $0 < $1 } ? place : nil
        }
    }

    static func reduceWindow(_ reduction: WindowReduction, _ window: Window, _ x: Numbers, _ type: TensorType) -> Numbers {
        Numbers(type) { index in
            let values = covered(window, index, x.shape).map { x[$0] }
            return switch reduction {
            case .sum: values.reduce(0, +)
            case .max: values.reduce(-.infinity) { binary(.maximum, $0, $1, .float64) }
            case .min: values.reduce(.infinity) { binary(.minimum, $0, $1, .float64) }
            }
        }
    }

    static func maxWindowGradient(_ window: Window, _ x: Numbers, _ gradient: Numbers) -> Numbers {
        var result = Numbers(x.type, filled: 0)
        for index in indices(of: gradient.shape) {
            let places = covered(window, index, x.shape)
            guard var best = places.first else { continue }
            for place in places where x[place] > x[best] { best = place }
            result[best] += gradient[index]
        }
        return result
    }

    // MARK: Indexing

    private static func outOfRange(_ dtype: DType) -> Double {
        switch dtype {
        case .bool: 1
        case .int32: Double(Int32.min)
        case .uint32: Double(UInt32.max)
        default: .nan
        }
    }

    /// For an index of the gathered shape: the index into the operand, or nil if that is out of range.
    private static func source(_ index: [Int], _ axis: Int, _ batchAxes: Int, _ indices: Numbers, _ shape: [Int]) -> [Int]? {
        let width = indices.shape.count - batchAxes
        var place = Int(indices[Array(index[..<batchAxes]) + Array(index[axis..<(axis + width)])])
        if place < 0 { place += shape[axis] }
        guard place >= 0, place < shape[axis] else { return nil }
        return Array(index[..<axis]) + [place] + Array(index[(axis + width)...])
    }

    static func gather(_ axis: Int, _ batchAxes: Int, _ x: Numbers, _ indices: Numbers, _ type: TensorType) -> Numbers {
        Numbers(type) { index in source(index, axis, batchAxes, indices, x.shape).map { x[$0] } ?? outOfRange(type.dtype) }
    }

    static func scatter(_ reduction: ScatterReduction, _ axis: Int, _ batchAxes: Int, _ base: Numbers, _ places: Numbers, _ updates: Numbers) -> Numbers {
        var result = base
        for index in indices(of: updates.shape) {
            guard let target = source(index, axis, batchAxes, places, base.shape) else { continue }
            let (a, b) = (result[target], updates[index])
            result[target] = switch reduction {
            case .set: b
            case .add: a + b
            case .multiply: a * b
            case .max: Swift.max(a, b)
            case .min: Swift.min(a, b)
            }
        }
        return result
    }

    static func sorted(_ axis: Int, _ descending: Bool, _ x: Numbers, _ count: Int, _ types: [TensorType]) -> [Numbers] {
        var (values, places) = (Numbers(types[0], filled: 0), Numbers(types[1], filled: 0))
        for index in indices(of: x.shape.replacing(axis, by: 1)) {
            let order = (0..<x.shape[axis]).sorted { i, j in
                let (a, b) = (x[index.replacing(axis, by: i)], x[index.replacing(axis, by: j)])
                return a == b ? i < j : descending ? a > b : a < b
            }
            for (rank, place) in order.prefix(count).enumerated() {
                values[index.replacing(axis, by: rank)] = x[index.replacing(axis, by: place)]
                places[index.replacing(axis, by: rank)] = Double(place)
            }
        }
        return [values, places]
    }
}
