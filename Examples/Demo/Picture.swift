/// A picture as characters: each stands for one column and two rows of pixels, which is about square in a terminal.
struct Picture: CustomStringConvertible {
    /// Brightness row by row, 0 is empty.
    let pixels: ArraySlice<UInt8>
    let width: Int

    private static let shades = Array(" .:-=+*#%@")

    var description: String {
        let values = Array(pixels)
        let rows = stride(from: 0, to: values.count / width - 1, by: 2).map { row in
            let line = (0..<width).map { column in
                let pair = Int(values[row * width + column]) + Int(values[(row + 1) * width + column])
                return Self.shades[pair * (Self.shades.count - 1) / 510]
            }
            return String(line)
        }
        return rows.joined(separator: "\n")
    }
}
