#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Numbers as text, as C's `printf` writes them.
enum NumberText {
    /// `%.4f`
    static func fixed(_ value: Double, digits: Int) -> String { format("%.*f", Int32(digits), value) }
    /// `%.4e`
    static func scientific(_ value: Double, digits: Int) -> String { format("%.*e", Int32(digits), value) }

    private static func format(_ format: String, _ arguments: any CVarArg...) -> String {
        withVaList(arguments) { list in
            var buffer = [CChar](repeating: 0, count: 400)
            let count = vsnprintf(&buffer, buffer.count, format, list)
            return String(decoding: buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
