/// A picture: one byte for each channel of each pixel.
///
/// ```swift
/// let image = try loadImage("cat.jpg", targetSize: (224, 224))
/// image.channels                          // 3: RGB
/// let x = try imageToArray(image)         // [224, 224, 3], float32, 0 to 255
/// ```
public struct Image: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// 1: grey, 2: grey and alpha, 3: RGB, 4: RGBA.
    public let channels: Int
    /// Row by row from the top, `height · width · channels`.
    public let pixels: [UInt8]

    /// - Throws: `KerasError.invalidSetting` for sizes that do not go with the number of bytes.
    public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) throws {
        guard width > 0, height > 0, (1...4).contains(channels), Image.byteCount(width, height, channels) == pixels.count else {
            throw KerasError.invalidSetting(
                object: "Image", argument: "pixels", expected: "\(height) rows of \(width) pixels with \(channels) channels, 1 to 4",
                got: "\(pixels.count) bytes")
        }
        self.init(trusted: width, height, channels, pixels)
    }

    init(trusted width: Int, _ height: Int, _ channels: Int, _ pixels: [UInt8]) {
        (self.width, self.height, self.channels, self.pixels) = (width, height, channels, pixels)
    }

    /// The bytes that a picture takes; `nil` for more than are taken from a file: 2^28 pixels.
    static func byteCount(_ width: Int, _ height: Int, _ channels: Int) -> Int? {
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow || pixels > 1 << 28 ? nil : pixels * channels
    }

    /// The picture in other colours.
    func converted(to mode: ColorMode) -> Image {
        let wanted = mode.channels
        if channels == wanted { return self }
        var result = [UInt8](repeating: 255, count: width * height * wanted)
        for pixel in 0..<(width * height) {
            let (from, to) = (pixel * channels, pixel * wanted)
            let isColoured = channels > 2
            let (red, green, blue) = isColoured
                ? (pixels[from], pixels[from + 1], pixels[from + 2]) : (pixels[from], pixels[from], pixels[from])
            if wanted == 1 {
                result[to] = isColoured ? Image.grey(red, green, blue) : red
                continue
            }
            (result[to], result[to + 1], result[to + 2]) = (red, green, blue)
            if wanted == 4, channels == 2 { result[to + 3] = pixels[from + 1] }
        }
        return Image(trusted: width, height, wanted, result)
    }

    /// The light of a colour by ITU-R 601-2, in sixteenths of a bit as Pillow computes it.
    private static func grey(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        UInt8(truncatingIfNeeded: (Int(red) * 19595 + Int(green) * 38470 + Int(blue) * 7471 + 0x8000) >> 16)
    }
}

/// The colours in which a picture is read.
public enum ColorMode: String, CaseIterable, Hashable, Sendable {
    case grayscale, rgb, rgba

    var channels: Int {
        switch self {
        case .grayscale: 1
        case .rgb: 3
        case .rgba: 4
        }
    }
}
