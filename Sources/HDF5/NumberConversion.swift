/// Numbers of one type as another, and in the machine's order of bytes.
enum NumberConversion {
    /// Turns the bytes of each element round.
    static func swap(_ bytes: UnsafeMutableRawBufferPointer, width: Int) {
        func swap<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) {
            for offset in stride(from: 0, to: bytes.count, by: width) {
                let word = bytes.loadUnaligned(fromByteOffset: offset, as: Word.self)
                bytes.storeBytes(of: word.byteSwapped, toByteOffset: offset, as: Word.self)
            }
        }
        switch width {
        case 2: swap(UInt16.self)
        case 4: swap(UInt32.self)
        case 8: swap(UInt64.self)
        default: break
        }
    }

    /// A number of any type.
    private enum Number {
        case signed(Int64)
        case unsigned(UInt64)
        case real(Double)
    }

    /// Converts by value. What does not fit becomes the nearest number that does, and NaN a 0 among whole numbers.
    static func convert(
        _ source: UnsafeRawBufferPointer, from type: HDF5Type, to target: UnsafeMutableRawBufferPointer, as wanted: HDF5Type
    ) {
        let (width, wantedWidth) = (type.byteCount, wanted.byteCount)
        for index in 0..<target.count / wantedWidth {
            store(load(source, index * width, type), target, index * wantedWidth, wanted)
        }
    }

    private static func load(_ source: UnsafeRawBufferPointer, _ offset: Int, _ type: HDF5Type) -> Number {
        func word<Word: BitwiseCopyable>(_: Word.Type) -> Word { source.loadUnaligned(fromByteOffset: offset, as: Word.self) }
        switch type {
        case .int8: return .signed(Int64(word(Int8.self)))
        case .int16: return .signed(Int64(word(Int16.self)))
        case .int32: return .signed(Int64(word(Int32.self)))
        case .int64: return .signed(word(Int64.self))
        case .uint8, .bool: return .unsigned(UInt64(word(UInt8.self)))
        case .uint16: return .unsigned(UInt64(word(UInt16.self)))
        case .uint32: return .unsigned(UInt64(word(UInt32.self)))
        case .uint64: return .unsigned(word(UInt64.self))
        case .float16: return .real(HalfFormat.value(word(UInt16.self)))
        case .bfloat16: return .real(Double(Float(bitPattern: UInt32(word(UInt16.self)) << 16)))
        case .float32: return .real(Double(word(Float.self)))
        case .float64: return .real(word(Double.self))
        case .opaque, .fixedString, .string: return .unsigned(0)
        }
    }

    private static func store(_ number: Number, _ target: UnsafeMutableRawBufferPointer, _ offset: Int, _ type: HDF5Type) {
        func whole<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) {
            let word: Word = switch number {
            case .signed(let value): Word(clamping: value)
            case .unsigned(let value): Word(clamping: value)
            case .real(let value): clamped(value)
            }
            target.storeBytes(of: word, toByteOffset: offset, as: Word.self)
        }
        let real = switch number {
        case .signed(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .real(let value): value
        }
        switch type {
        case .int8: whole(Int8.self)
        case .int16: whole(Int16.self)
        case .int32: whole(Int32.self)
        case .int64: whole(Int64.self)
        case .uint8, .bool: whole(UInt8.self)
        case .uint16: whole(UInt16.self)
        case .uint32: whole(UInt32.self)
        case .uint64: whole(UInt64.self)
        case .float16: target.storeBytes(of: HalfFormat.bits(real), toByteOffset: offset, as: UInt16.self)
        case .bfloat16: target.storeBytes(of: brain(Float(real)), toByteOffset: offset, as: UInt16.self)
        case .float32: target.storeBytes(of: Float(real), toByteOffset: offset, as: Float.self)
        case .float64: target.storeBytes(of: real, toByteOffset: offset, as: Double.self)
        case .opaque, .fixedString, .string: break
        }
    }

    private static func clamped<Word: FixedWidthInteger>(_ value: Double) -> Word {
        if value.isNaN { return 0 }
        if value >= Double(Word.max) { return .max }
        return value <= Double(Word.min) ? .min : Word(value)
    }

    /// The upper half of a float, rounded to the nearest even one.
    private static func brain(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(bits >> 16) | 0x40 }
        return UInt16((bits &+ 0x7fff &+ (bits >> 16 & 1)) >> 16)
    }
}

/// IEEE's format of two bytes. Not every platform has a `Float16`.
enum HalfFormat {
    static func value(_ bits: UInt16) -> Double {
        let exponent = Int(bits >> 10 & 0x1f), fraction = Double(bits & 0x3ff)
        let magnitude: Double = switch exponent {
        case 0: fraction * 0x1p-24
        case 31: fraction == 0 ? .infinity : .nan
        default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
        return bits >> 15 == 0 ? magnitude : -magnitude
    }

    /// The nearest one, of two the even one.
    static func bits(_ value: Double) -> UInt16 {
        let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
        let magnitude = value.magnitude
        if value.isNaN { return sign | 0x7e00 }
        let smallest = -14, largest = 15
        let exponent = magnitude < 0x1p-14 ? smallest : magnitude.exponent
        if exponent > largest { return sign | 0x7c00 }
        // The fraction with its first bit, which counts the exponent up by one.
        let steps = (magnitude * Double(sign: .plus, exponent: 10 - exponent, significand: 1)).rounded(.toNearestOrEven)
        return sign | UInt16((exponent - smallest) << 10 + Int(steps))
    }
}
