import Foundation

/// Functions that fade a frame of a signal out towards its ends, by their names in SciPy.
///
/// Source: F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform", 1978; A. H. Nuttall, "Some
/// windows with very good sidelobe behavior", 1981.
public enum WindowFunction: String, CaseIterable, Sendable {
    case hann, hamming, blackman, nuttall, blackmanharris, flattop, boxcar, bartlett, triang, cosine, bohman, barthann, parzen

    /// `count` weights, symmetric, or one period of an endless window.
    func values(_ count: Int, periodic: Bool) -> [Double] {
        if count <= 1 { return [Double](repeating: 1, count: max(count, 0)) }
        let length = periodic ? count + 1 : count
        return (0..<count).map { weight($0, of: length) }
    }

    /// The coefficients of a sum of cosines of multiples of the angle, alternating in sign.
    private var coefficients: [Double]? {
        switch self {
        case .boxcar: [1]
        case .hann: [0.5, 0.5]
        case .hamming: [0.54, 0.46]
        case .blackman: [0.42, 0.5, 0.08]
        case .nuttall: [0.3635819, 0.4891775, 0.1365995, 0.0106411]
        case .blackmanharris: [0.35875, 0.48829, 0.14128, 0.01168]
        case .flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368]
        case .bartlett, .triang, .cosine, .bohman, .barthann, .parzen: nil
        }
    }

    private func weight(_ index: Int, of length: Int) -> Double {
        let last = Double(length - 1), n = Double(index)
        if let coefficients {
            let angle = 2 * Double.pi * n / last
            let terms = coefficients.enumerated().map { multiple, factor in factor * cos(Double(multiple) * angle) }
            return terms.enumerated().reduce(0) { $1.offset.isMultiple(of: 2) ? $0 + $1.element : $0 - $1.element }
        }
        // The distance from the middle, 0 … 1 at the ends.
        let distance = abs(2 * n / last - 1)
        switch self {
        case .triang:
            let half = length.isMultiple(of: 2) ? Double(length) : Double(length + 1)
            return 1 - abs(2 * n - last) / half
        case .cosine: return sin(Double.pi / Double(length) * (n + 0.5))
        case .bohman: return index == 0 || index == length - 1 ? 0 : (1 - distance) * cos(.pi * distance) + sin(.pi * distance) / .pi
        case .barthann:
            let place = abs(n / last - 0.5)
            return 0.62 - 0.48 * place + 0.38 * cos(2 * .pi * place)
        case .parzen:
            let place = abs(n - last / 2), half = Double(length) / 2
            let ratio = place / half
            return place <= last / 4 ? 1 - 6 * ratio * ratio * (1 - ratio) : 2 * (1 - ratio) * (1 - ratio) * (1 - ratio)
        case .bartlett, .boxcar, .hann, .hamming, .blackman, .nuttall, .blackmanharris, .flattop: return 1 - distance
        }
    }
}
