/// The checksum of HDF5's newer structures: Bob Jenkins' lookup3, `hashlittle` with an initial value of 0 (public domain).
func lookup3(_ bytes: some RandomAccessCollection<UInt8>) -> UInt32 {
    let bytes = Array(bytes)
    var a = 0xdead_beef &+ UInt32(truncatingIfNeeded: bytes.count), b = a, c = a
    func word(_ offset: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<4 where offset + index < bytes.count { value |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
        return value
    }
    func turned(_ value: UInt32, _ bits: UInt32) -> UInt32 { value << bits | value >> (32 - bits) }
    var offset = 0
    while bytes.count - offset > 12 {
        a &+= word(offset)
        b &+= word(offset + 4)
        c &+= word(offset + 8)
        (a, c) = (a &- c ^ turned(c, 4), c &+ b)
        (b, a) = (b &- a ^ turned(a, 6), a &+ c)
        (c, b) = (c &- b ^ turned(b, 8), b &+ a)
        (a, c) = (a &- c ^ turned(c, 16), c &+ b)
        (b, a) = (b &- a ^ turned(a, 19), a &+ c)
        (c, b) = (c &- b ^ turned(b, 4), b &+ a)
        offset += 12
    }
    if offset == bytes.count { return c }
    a &+= word(offset)
    b &+= word(offset + 4)
    c &+= word(offset + 8)
    c = (c ^ b) &- turned(b, 14)
    a = (a ^ c) &- turned(c, 11)
    b = (b ^ a) &- turned(a, 25)
    c = (c ^ b) &- turned(b, 16)
    a = (a ^ c) &- turned(c, 4)
    b = (b ^ a) &- turned(a, 14)
    c = (c ^ b) &- turned(b, 24)
    return c
}
