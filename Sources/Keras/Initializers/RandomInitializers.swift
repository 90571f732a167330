extension Initializer {
    /// Normally distributed numbers.
    public static func randomNormal(mean: Double = 0, stddev: Double = 0.05, seed: Int? = nil) -> Initializer {
        let drawn = seed.orDrawn
        return Initializer(builtin: "RandomNormal", ["seed": seed.configValue, "mean": .double(mean), "stddev": .double(stddev)]) {
            try random.normal($0, mean: mean, stddev: stddev, dtype: $1, seed: drawn)
        }
    }

    /// Normally distributed numbers, drawn again where more than two deviations from the mean.
    public static func truncatedNormal(mean: Double = 0, stddev: Double = 0.05, seed: Int? = nil) -> Initializer {
        let drawn = seed.orDrawn
        return Initializer(builtin: "TruncatedNormal", ["seed": seed.configValue, "mean": .double(mean), "stddev": .double(stddev)]) {
            try random.truncatedNormal($0, mean: mean, stddev: stddev, dtype: $1, seed: drawn)
        }
    }

    /// Evenly distributed numbers, `minval` included, `maxval` not.
    public static func randomUniform(minval: Double = -0.05, maxval: Double = 0.05, seed: Int? = nil) -> Initializer {
        let drawn = seed.orDrawn
        return Initializer(builtin: "RandomUniform", ["seed": seed.configValue, "minval": .double(minval), "maxval": .double(maxval)]) {
            try random.uniform($0, minval: minval, maxval: maxval, dtype: $1, seed: drawn)
        }
    }

    /// A matrix with orthonormal columns (rows where there are fewer of them), times `gain`. All axes but the last count as rows.
    ///
    /// From Saxe et al., 2014: the Q of a QR decomposition of a normally distributed matrix, R's diagonal made positive.
    public static func orthogonal(gain: Double = 1, seed: Int? = nil) -> Initializer {
        let drawn = seed.orDrawn
        return Initializer(builtin: "Orthogonal", ["seed": seed.configValue, "gain": .double(gain)]) { shape, dtype in
            guard shape.count >= 2, let columns = shape.last else {
                throw KerasError.invalidSetting(
                    object: "The Orthogonal initializer", argument: "the weight's shape", expected: "of rank 2 or more", got: "\(shape)")
            }
            let rows = shape.dropLast().reduce(1, *)
            let (tall, narrow) = (max(rows, columns), min(rows, columns))
            let drawn = try random.normal([tall, narrow], dtype: .float32, seed: drawn).array(Double.self)
            let q = OrthonormalBasis.columns(of: drawn, rows: tall, columns: narrow)
            var matrix = try Tensor(q, shape: [tall, narrow])
            if rows < columns { matrix = try ops.transpose(matrix) }
            return try (matrix * gain).cast(to: dtype).reshaped(shape)
        }
    }

    static var randomBuiltins: [(className: String, make: (Config) throws -> Initializer)] {
        [
            ("RandomNormal", { .randomNormal(mean: try $0.value("mean", default: 0), stddev: try $0.value("stddev", default: 0.05), seed: try $0.seed()) }),
            ("TruncatedNormal", { .truncatedNormal(mean: try $0.value("mean", default: 0), stddev: try $0.value("stddev", default: 0.05), seed: try $0.seed()) }),
            ("RandomUniform", { .randomUniform(minval: try $0.value("minval", default: -0.05), maxval: try $0.value("maxval", default: 0.05), seed: try $0.seed()) }),
            ("Orthogonal", { .orthogonal(gain: try $0.value("gain", default: 1), seed: try $0.seed()) }),
        ]
    }
}

extension Config {
    /// A seed: a whole number or null. A seed generator's state, which Keras may write, is not one.
    func seed() throws -> Int? {
        if case .dictionary = self["seed"] { return nil }
        return try value("seed", default: nil)
    }
}

extension Int? {
    /// The seed, or one that is drawn now: in the order in which Keras draws them.
    var orDrawn: RandomSeed { .int(self ?? makeDefaultSeed()) }
}

/// The Q of a QR decomposition with a positive diagonal of R: unique, so any stable way gives it.
enum OrthonormalBasis {
    /// Gram and Schmidt, each column made orthogonal to those before it twice, which is as exact as Householder's reflections.
    static func columns(of matrix: [Double], rows: Int, columns: Int) -> [Double] {
        var basis: [[Double]] = []
        basis.reserveCapacity(columns)
        for column in 0..<columns {
            var vector = (0..<rows).map { matrix[$0 * columns + column] }
            for _ in 0..<2 {
                for known in basis {
                    let projection = dot(known, vector)
                    for row in 0..<rows { vector[row] -= projection * known[row] }
                }
            }
            let norm = dot(vector, vector).squareRoot()
            basis.append(norm > 0 ? vector.map { $0 / norm } : vector)
        }
        var result = [Double](repeating: 0, count: rows * columns)
        for (column, vector) in basis.enumerated() {
            for row in 0..<rows { result[row * columns + column] = vector[row] }
        }
        return result
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var sum = 0.0
                for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
                return sum
            }
        }
    }
}
