import Graph

/// How near two tensors must be: within `ulps` units in the last place of the element type, or within
/// `absolute + relative · |expected|`. NaN equals NaN, infinities only themselves.
struct Tolerance {
    var ulps = 0
    var relative = 0.0
    var absolute = 0.0
    /// Whether +0 and -0 differ.
    var zeroSigns = false

    static let exact = Tolerance(zeroSigns: true)

    /// What is wrong with `actual`, in a line; nil if nothing.
    func difference(_ actual: FixtureTensor, from expected: FixtureTensor) -> String? {
        guard actual.type == expected.type else { return "the result is \(actual.type), not \(expected.type)" }
        if actual.bytes == expected.bytes { return nil }
        let dtype = expected.type.dtype, width = dtype.byteCount
        var wrong = 0, first = ""
        for index in 0..<expected.type.elementCount {
            let range = (index * width)..<((index + 1) * width)
            if actual.bytes[range] == expected.bytes[range] { continue }
            let a = dtype.double(from: actual.bytes[range]), e = dtype.double(from: expected.bytes[range])
            if dtype.isFloatingPoint, near(a, e, actual.bytes[range], expected.bytes[range], dtype) { continue }
            if wrong == 0 { first = "element \(index) is \(a), not \(e)" }
            wrong += 1
        }
        return wrong == 0 ? nil : "\(first) (\(wrong) of \(expected.type.elementCount) elements)"
    }

    private func near(_ a: Double, _ e: Double, _ aBytes: ArraySlice<UInt8>, _ eBytes: ArraySlice<UInt8>, _ dtype: DType) -> Bool {
        if a.isNaN || e.isNaN { return a.isNaN && e.isNaN }
        if a == e { return !zeroSigns || a != 0 || a.sign == e.sign }
        if a.isFinite, e.isFinite, (a - e).magnitude <= absolute + relative * e.magnitude { return true }
        guard ulps > 0 else { return false }
        let (distance, overflow) = Self.place(aBytes).subtractingReportingOverflow(Self.place(eBytes))
        return !overflow && distance.magnitude <= UInt64(ulps)
    }

    /// The bits as an integer in which neighbouring floats differ by one.
    private static func place(_ bytes: ArraySlice<UInt8>) -> Int64 {
        var bits: UInt64 = 0
        for (shift, byte) in bytes.enumerated() { bits |= UInt64(byte) << (8 * UInt64(shift)) }
        let sign = UInt64(1) << UInt64(8 * bytes.count - 1)
        let magnitude = Int64(bits & (sign - 1))
        return bits & sign == 0 ? magnitude : -magnitude
    }
}
