import Foundation
import Testing

@testable import Keras

/// Pictures against Pillow's and Keras' numbers (`Tests/Fixtures/images/make_images.py`), written and read again, and damaged.
@Suite(.ownSession) struct ImageTests {
    private static let facts = KerasFixture.read("images/images.json")
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/images").path

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-images-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            return "\(error)"
        }
    }

    @Test func loadedPixelsAreKeras() throws {
        let rows: [Config] = try Self.facts[0].value("loads")
        #expect(rows.count > 40)
        for row in rows {
            let file = try row.string("file")
            let mode = try ColorMode(rawValue: row.value("color_mode", default: "rgb")).unwrap()
            let size: [Int]? = try row.value("target_size", default: nil)
            let filter = try ImageResampling(rawValue: row.value("interpolation", default: "nearest")).unwrap()
            let image = try loadImage(
                "\(Self.folder)/\(file)", colorMode: mode, targetSize: size.map { (height: $0[0], width: $0[1]) }, interpolation: filter,
                keepAspectRatio: row.value("keep_aspect_ratio", default: false))
            let label = "\(file) \(mode) \(size ?? []) \(filter)"
            let x = try imageToArray(image)
            #expect(x.dtype == .float32)
            #expect(try x.shape == row.ints("shape"), "\(label)")
            let got: [Int] = try x.array(), expected = try row.ints("pixels")
            // JPEG decoders of two versions may round a few pixels differently.
            let allowed = file.hasSuffix("jpg") ? 1 : 0
            let wrong = zip(got, expected).filter { abs($0 - $1) > allowed }.map { "\(label): \($0), not \($1)" }
            #expect(wrong.isEmpty)
        }
    }

    @Test func arraysToImagesAreKeras() throws {
        let rows: [Config] = try Self.facts[0].value("saves")
        for row in rows {
            let values: [Double] = try row.value("x"), shape = try row.ints("shape"), scale: Bool = try row.value("scale")
            let x = try Tensor(values, shape: shape, dtype: .float32)
            let pixels = try row.ints("pixels")
            #expect(try arrayToImage(x, scale: scale).pixels.map { Int($0) } == pixels, "\(shape)")
            let turned = try ops.transpose(x, axes: [2, 0, 1])
            #expect(try arrayToImage(turned, dataFormat: .channelsFirst, scale: scale).pixels.map { Int($0) } == pixels, "\(shape)")
        }
    }

    @Test(arguments: [1, 3, 4]) func writtenAndReadAgain(channels: Int) throws {
        try withFolder { folder in
            let bytes = (0..<(5 * 4 * channels)).map { UInt8(truncatingIfNeeded: $0 * 37) }
            let image = try Image(width: 4, height: 5, channels: channels, pixels: bytes)
            let x = try imageToArray(image)
            try saveImage(x, to: "\(folder)/x.png", scale: false)
            let mode: ColorMode = channels == 1 ? .grayscale : channels == 3 ? .rgb : .rgba
            #expect(try loadImage("\(folder)/x.png", colorMode: mode) == image)
            try saveImage(image, to: "\(folder)/picture", fileFormat: "png")
            #expect(try loadImage("\(folder)/picture", colorMode: mode) == image)
            let first = try imageToArray(image, dataFormat: .channelsFirst, dtype: .uint8)
            #expect(first.shape == [channels, 5, 4])
            #expect(first.dtype == .uint8)
            #expect(try arrayToImage(first, dataFormat: .channelsFirst, scale: false) == image)
        }
    }

    @Test func writtenAsJPEG() throws {
        try withFolder { folder in
            let pixels: [UInt8] = (0..<512).map { index in UInt8(index / 4 % 16 * 10 + 20) }
            let smooth = try Image(width: 16, height: 8, channels: 4, pixels: pixels)
            try saveImage(smooth, to: "\(folder)/x.jpg")
            let again = try loadImage("\(folder)/x.jpg")
            #expect((again.width, again.height, again.channels) == (16, 8, 3))
            let expected = smooth.converted(to: .rgb).pixels
            #expect(zip(again.pixels, expected).allSatisfy { abs(Int($0) - Int($1)) <= 12 })
        }
    }

    @Test func mistakes() throws {
        try withFolder { folder in
            let path = "\(folder)/x.png"
            #expect(message { _ = try loadImage(path) } == "\(path) cannot be read: No such file or directory.")
            try Data("GIF89a".utf8).write(to: URL(fileURLWithPath: path))
            #expect(message { _ = try loadImage(path) } == "\(path): it is neither a PNG nor a JPEG file.")
            let whole = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/RGB.png"))
            for length in stride(from: 4, to: whole.count - 12, by: 7) {
                try whole.prefix(length).write(to: URL(fileURLWithPath: path))
                #expect(message { _ = try loadImage(path) }.hasPrefix("\(path): it cannot be read as PNG: "), "\(length)")
            }
            let picture = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/rgb.jpg"))
            for length in [3, 20, 100, 200] {
                try picture.prefix(length).write(to: URL(fileURLWithPath: path))
                #expect(message { _ = try loadImage(path) }.hasPrefix("\(path): it cannot be read as JPEG: "), "\(length)")
            }
            // Sides of a billion, in a file of a hundred bytes.
            var huge = [UInt8](whole)
            huge.replaceSubrange(16..<24, with: [0x3f, 0xff, 0xff, 0xff, 0x3f, 0xff, 0xff, 0xff])
            try Data(huge).write(to: URL(fileURLWithPath: path))
            #expect(message { _ = try loadImage(path) }.hasPrefix("\(path): it "))

            let image = try Image(width: 1, height: 1, channels: 3, pixels: [1, 2, 3])
            #expect(message { try saveImage(image, to: "\(folder)/x.gif") }
                == "saveImage needs path to be a PNG or JPEG file; it got \"\(folder)/x.gif\".")
            #expect(message { try saveImage(image, to: "\(folder)/no/x.png") }
                .hasPrefix("\(folder)/no/x.png: it cannot be written as PNG: "))
            #expect(message { try saveImage(image, to: "\(folder)/no/x.jpg") }
                == "\(folder)/no/x.jpg: it cannot be written as JPEG: it cannot be opened for writing.")
            #expect(message { _ = try arrayToImage(ops.zeros([2, 2, 5])) }
                == "arrayToImage needs x to be [height, width, channels] with 1, 3 or 4 channels; it got [2, 2, 5].")
            #expect(message { _ = try Image(width: 2, height: 1, channels: 3, pixels: [1]) }
                == "Image needs pixels to be 1 rows of 2 pixels with 3 channels, 1 to 4; it got 1 bytes.")
            #expect(message { _ = try loadImage("\(Self.folder)/RGB.png", targetSize: (0, 3)) }
                == "loadImage needs targetSize to be a height and a width of 1 or more; it got (0, 3).")
        }
    }
}
