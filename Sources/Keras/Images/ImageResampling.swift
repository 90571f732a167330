#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a picture is brought to another size. Source: Pillow's resampling filters, widths before heights as up to Pillow 12.
public enum ImageResampling: String, CaseIterable, Hashable, Sendable {
    case nearest, bilinear, bicubic, hamming, box, lanczos

    /// How far the weights reach, in pixels of the result where the picture shrinks.
    var support: Double {
        switch self {
        case .nearest: 0
        case .box: 0.5
        case .bilinear, .hamming: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// The weight of a pixel at a distance.
    func weight(_ distance: Double) -> Double {
        let x = abs(distance)
        switch self {
        case .nearest: return 0
        case .box: return distance > -0.5 && distance <= 0.5 ? 1 : 0
        case .bilinear: return max(1 - x, 0)
        case .hamming: return x == 0 ? 1 : x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * cos(x * .pi))
        case .bicubic:
            // Keys' cubic with a = -1/2.
            if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
            return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
        case .lanczos: return distance >= -3 && distance < 3 ? sinc(x) * sinc(x / 3) : 0
        }
    }

    private func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(x * .pi) / (x * .pi) }
}

extension Image {
    /// The picture in another size, with Pillow's numbers.
    ///
    /// - Throws: `KerasError.invalidSetting` for a size below 1.
    func resized(height: Int, width: Int, _ interpolation: ImageResampling, keepAspectRatio: Bool = false) throws -> Image {
        guard height > 0, width > 0, Image.byteCount(width, height, channels) != nil else {
            throw KerasError.invalidSetting(
                object: "loadImage", argument: "targetSize", expected: "a height and a width of 1 or more", got: "(\(height), \(width))")
        }
        if (height, width) == (self.height, self.width) { return self }
        var (rows, columns) = (0..<self.height, 0..<self.width)
        if keepAspectRatio {
            let cropHeight = min(self.height, self.width * height / width), cropWidth = min(self.width, self.height * width / height)
            let (top, left) = ((self.height - cropHeight) / 2, (self.width - cropWidth) / 2)
            (rows, columns) = (top..<(top + cropHeight), left..<(left + cropWidth))
        }
        if interpolation == .nearest { return nearest(height, width, rows, columns) }
        // Colours count by their alpha.
        let source = channels == 2 || channels == 4 ? premultiplied() : self
        let narrow = source.resampled(ImageSteps(columns, of: self.width, to: width, interpolation), alongRows: true)
        let small = narrow.resampled(ImageSteps(rows, of: self.height, to: height, interpolation), alongRows: false)
        return channels == 2 || channels == 4 ? small.unmultiplied() : small
    }

    private func nearest(_ height: Int, _ width: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> Image {
        /// The pixel under the middle of each new one; sums as Pillow adds them up.
        func places(_ range: Range<Int>, _ count: Int) -> [Int] {
            let step = Double(range.count) / Double(count)
            var place = Double(range.lowerBound) + step * 0.5
            return (0..<count).map { _ in
                defer { place += step }
                return min(max(Int(place), 0), max(range.upperBound - 1, 0))
            }
        }
        let columns = places(columns, width)
        var result: [UInt8] = []
        result.reserveCapacity(height * width * channels)
        for row in places(rows, height) {
            for column in columns {
                let start = (row * self.width + column) * channels
                result.append(contentsOf: pixels[start..<(start + channels)])
            }
        }
        return Image(trusted: width, height, channels, result)
    }

    /// One axis brought to another size.
    private func resampled(_ steps: ImageSteps, alongRows: Bool) -> Image {
        let (newWidth, newHeight) = alongRows ? (steps.windows.count, height) : (width, steps.windows.count)
        let stride = alongRows ? channels : width * channels
        var result = [UInt8](repeating: 0, count: newWidth * newHeight * channels)
        pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<newHeight {
                for column in 0..<newWidth {
                    let window = steps.windows[alongRows ? column : row]
                    let start = alongRows ? (row * width + window.first) * channels : (window.first * width + column) * channels
                    for channel in 0..<channels {
                        var sum = 1 << (ImageSteps.precision - 1)
                        var place = start + channel
                        for weight in window.weights {
                            sum += Int(pixels[place]) * weight
                            place += stride
                        }
                        result[(row * newWidth + column) * channels + channel] = UInt8(clamping: sum >> ImageSteps.precision)
                    }
                }
            }
        }
        return Image(trusted: newWidth, newHeight, channels, result)
    }

    private func premultiplied() -> Image {
        withAlpha { colour, alpha in
            let product = Int(colour) * Int(alpha) + 128
            return UInt8(truncatingIfNeeded: ((product >> 8) + product) >> 8)
        }
    }

    private func unmultiplied() -> Image {
        withAlpha { colour, alpha in alpha == 0 || alpha == 255 ? colour : UInt8(clamping: 255 * Int(colour) / Int(alpha)) }
    }

    private func withAlpha(_ change: (_ colour: UInt8, _ alpha: UInt8) -> UInt8) -> Image {
        var result = pixels
        for start in stride(from: 0, to: pixels.count, by: channels) {
            let alpha = pixels[start + channels - 1]
            for place in start..<(start + channels - 1) { result[place] = change(pixels[place], alpha) }
        }
        return Image(trusted: width, height, channels, result)
    }
}

/// For each new pixel along an axis, the old ones that it is made of.
private struct ImageSteps {
    /// The bits of a weight's fraction: what is left of 32 by a byte and two more.
    static let precision = 22

    let windows: [(first: Int, weights: [Int])]

    init(_ range: Range<Int>, of size: Int, to count: Int, _ interpolation: ImageResampling) {
        let scale = Double(range.count) / Double(count)
        let stretch = max(scale, 1)
        let support = interpolation.support * stretch
        windows = (0..<count).map { index in
            let centre = Double(range.lowerBound) + (Double(index) + 0.5) * scale
            let first = max(Int(centre - support + 0.5), 0)
            let end = min(Int(centre + support + 0.5), size)
            let weights = (first..<max(end, first)).map { interpolation.weight((Double($0) - centre + 0.5) / stretch) }
            let sum = weights.reduce(0, +)
            return (first, weights.map { weight in
                let fixed = (sum == 0 ? weight : weight / sum) * Double(1 << ImageSteps.precision)
                return Int(fixed + (fixed < 0 ? -0.5 : 0.5))
            })
        }
    }
}
