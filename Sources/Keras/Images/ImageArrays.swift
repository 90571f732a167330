/// Reads a picture from a PNG or JPEG file.
///
/// Keras: `keras.utils.load_img`.
///
/// ```swift
/// let image = try loadImage("cat.jpg", targetSize: (224, 224), interpolation: .bilinear)
/// ```
///
/// - Parameters:
///   - colorMode: the colours that come out, whatever the file has.
///   - targetSize: height and width that it is brought to; `nil`: its own.
///   - interpolation: how it is brought there, with Pillow's numbers.
///   - keepAspectRatio: whether the middle is cut out to fit, where otherwise the picture would be stretched.
/// - Throws: `KerasError.data`, naming the file.
public func loadImage(
    _ path: String, colorMode: ColorMode = .rgb, targetSize: (height: Int, width: Int)? = nil,
    interpolation: ImageResampling = .nearest, keepAspectRatio: Bool = false
) throws -> Image {
    let image = try ImageFile.read(path).converted(to: colorMode)
    guard let (height, width) = targetSize else { return image }
    return try image.resized(height: height, width: width, interpolation, keepAspectRatio: keepAspectRatio)
}

/// A picture's numbers, from 0 to 255: `[height, width, channels]`, or `[channels, height, width]`.
///
/// Keras: `keras.utils.img_to_array`.
///
/// - Parameters:
///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
///   - dtype: `nil`: `floatx()`.
public func imageToArray(_ image: Image, dataFormat: DataFormat? = nil, dtype: DType? = nil) throws -> Tensor {
    let x = try Tensor(image.pixels, shape: [image.height, image.width, image.channels], dtype: .uint8).cast(to: dtype ?? floatx())
    return (dataFormat ?? imageDataFormat()) == .channelsFirst ? try ops.transpose(x, axes: [2, 0, 1]) : x
}

/// A picture of an array's numbers.
///
/// Keras: `keras.utils.array_to_img`.
///
/// - Parameters:
///   - x: `[height, width, channels]`, or `[channels, height, width]`; 1, 3 or 4 channels.
///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
///   - scale: whether the least number becomes 0 and the greatest 255. Otherwise numbers are cut to 0 to 255.
///   - dtype: the type to compute in; `nil`: `floatx()`.
/// - Throws: `KerasError.invalidSetting` for another shape.
public func arrayToImage(
    _ x: some TensorConvertible, dataFormat: DataFormat? = nil, scale: Bool = true, dtype: DType? = nil
) throws -> Image {
    var x = try x.tensor().cast(to: dtype ?? floatx())
    let isChannelsFirst = (dataFormat ?? imageDataFormat()) == .channelsFirst
    guard x.rank == 3, [1, 3, 4].contains(x.shape[isChannelsFirst ? 0 : 2]), x.count > 0 else {
        let layout = isChannelsFirst ? "[channels, height, width]" : "[height, width, channels]"
        throw KerasError.invalidSetting(
            object: "arrayToImage", argument: "x", expected: "\(layout) with 1, 3 or 4 channels", got: "\(Shape(x.shape))")
    }
    if isChannelsFirst { x = try ops.transpose(x, axes: [1, 2, 0]) }
    let numbers: [Double] = switch (scale, x.dtype) {
    case (false, _): try x.array()
    case (true, .float64): scaledToBytes(try x.array(Double.self))
    case (true, _): scaledToBytes(try x.array(Float.self))
    }
    let pixels = numbers.map { $0.isNaN ? 0 : UInt8(min(max($0, 0), 255)) }
    return Image(trusted: x.shape[1], x.shape[0], x.shape[2], pixels)
}

/// From 0 to 255. Not by an engine: pixels are cut off to whole numbers, so that each rounding on the way shows.
private func scaledToBytes<Number: BinaryFloatingPoint>(_ numbers: [Number]) -> [Double] {
    let least = numbers.min() ?? 0
    let greatest = (numbers.max() ?? 0) - least
    return numbers.map { Double(($0 - least) / (greatest == 0 ? 1 : greatest) * 255) }
}

/// Writes an array as a picture.
///
/// Keras: `keras.utils.save_img`.
///
/// ```swift
/// try saveImage(pixels, to: "styled.png")
/// ```
///
/// - Parameters:
///   - x: as in ``arrayToImage(_:dataFormat:scale:dtype:)``.
///   - path: the file; its name says whether it is PNG or JPEG.
///   - fileFormat: `"png"` or `"jpeg"`, where the name does not say.
/// - Throws: `KerasError.invalidSetting` for another shape or format; `.data` if it cannot be written.
public func saveImage(
    _ x: some TensorConvertible, to path: String, dataFormat: DataFormat? = nil, fileFormat: String? = nil, scale: Bool = true
) throws {
    try saveImage(arrayToImage(x, dataFormat: dataFormat, scale: scale), to: path, fileFormat: fileFormat)
}

/// Writes a picture.
public func saveImage(_ image: Image, to path: String, fileFormat: String? = nil) throws {
    guard let format = ImageFile.Format(named: fileFormat ?? path) else {
        throw KerasError.invalidSetting(
            object: "saveImage", argument: fileFormat == nil ? "path" : "fileFormat", expected: "a PNG or JPEG file",
            got: "\"\(fileFormat ?? path)\"")
    }
    try ImageFile.write(image, to: path, format)
}
