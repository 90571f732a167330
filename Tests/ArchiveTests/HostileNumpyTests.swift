import Testing

@testable import Archive

/// One file for each refusal.
struct HostileNumpy: CustomTestStringConvertible, Sendable {
    let message: String
    let bytes: [UInt8]

    init(_ message: String, _ header: String, data: Int = 0, version: UInt8 = 1) {
        self.init(message, header: Array(header.utf8), data: data, version: version)
    }

    init(_ message: String, header: [UInt8], data: Int = 0, version: UInt8 = 1, length: Int? = nil) {
        self.message = message
        bytes = NumpyHeader.magic + [version, 0] + number(length ?? header.count, version == 1 ? 2 : 4) + header
            + [UInt8](repeating: 0xff, count: data)
    }

    init(_ message: String, bytes: [UInt8]) {
        self.message = message
        self.bytes = bytes
    }

    var testDescription: String { message }

    static let types: [HostileNumpy] = [
        ("'|O'", "Python objects are not read, since reading them runs code"),
        ("'<c8'", "complex numbers are not read"),
        ("'>c16'", "complex numbers are not read"),
        ("'|V2'", "opaque bytes are not read"),
        ("'<M8[ns]'", "dates are not read"),
        ("'<m8[s]'", "spans of time are not read"),
        ("'<f16'", "floating-point numbers of more than 8 bytes are not read"),
        ("'<f3'", "no such type is known"),
        ("'<i3'", "no such type is known"),
        ("'<i'", "no such type is known"),
        ("'<i04'", "no such type is known"),
        ("'<f+4'", "no such type is known"),
        ("'f4'", "no such type is known"),
        ("''", "no such type is known"),
        ("'<'", "no such type is known"),
        ("'|q8'", "no such type is known"),
        ("'<U9223372036854775807'", "no such type is known"),
        ("'|f4'", "it does not say the order of its bytes"),
        ("'=f4'", "it does not say the order of its bytes"),
        ("'|U4'", "it does not say the order of its bytes"),
        ("'<U0'", "its strings have no room for a character"),
        ("'|S0'", "its strings have no room for a character"),
    ].map { description, fault in
        HostileNumpy(
            "The array has elements of type \"\(description.dropFirst().dropLast())\": \(fault).",
            "{'descr': \(description), 'fortran_order': False, 'shape': (), }\n")
    }

    static let records: [HostileNumpy] = ["[('a', '<f4')]", "('<f4', (2,))"].map {
        let rest = ", 'fortran_order': False, 'shape': (), }"
        return HostileNumpy(
            "The array has elements of type \"\($0)\": records of several fields are not read.", "{'descr': \($0)\(rest)\n")
    }

    static let headers: [HostileNumpy] = [
        ("", "it ends too early"),
        ("[]", "\"{\" is expected at byte 0"),
        ("{", "it ends too early"),
        ("{'descr", "it ends too early"),
        ("{'descr' '<f4'}", "\":\" is expected at byte 9"),
        ("{}", "there is no \"descr\""),
        ("{'descr': '<f4', 'shape': ()}", "there is no \"fortran_order\""),
        ("{'descr': '<f4', 'fortran_order': True}", "there is no \"shape\""),
        ("{'descr': '<f4', 'descr': '<f8'}", "\"descr\" stands there twice"),
        ("{'descr': '<f4', 'more': 1}", "\"more\" is none of its keys"),
        ("{'descr': 4}", "a string is expected at byte 10"),
        ("{'descr': '\\x3cf4'}", "a plain character is expected at byte 11"),
        ("{'fortran_order': 0}", "True or False is expected at byte 18"),
        ("{'fortran_order': True True}", "a comma or \"}\" is expected at byte 23"),
        ("{'shape': 3}", "a tuple is expected at byte 10"),
        ("{'shape': (3)}", "a comma is expected at byte 12"),
        ("{'shape': (3 4)}", "a comma is expected at byte 13"),
        ("{'shape': (3, 4 5)}", "a comma or \")\" is expected at byte 16"),
        ("{'shape': (,)}", "a number is expected at byte 11"),
        ("{'shape': (3.0,)}", "a comma is expected at byte 12"),
        ("{'shape': (03,)}", "a number is expected at byte 11"),
        ("{'shape': ((3,),)}", "a number is expected at byte 11"),
        ("{'shape': (-1,)}", "the size at byte 11 is negative"),
        ("{'shape': (9223372036854775808,)}", "the number at byte 11 is too large"),
        ("{'shape': (__import__('os'),)}", "a number is expected at byte 11"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': ()} 1", "nothing more is expected at byte 54"),
    ].map { HostileNumpy("The array has a header that is not NumPy's: \($1).", $0) }

    private static func header(_ shape: String, _ description: String = "<f4") -> String {
        "{'descr': '\(description)', 'fortran_order': False, 'shape': \(shape), }\n"
    }

    static let sizes: [HostileNumpy] = [
        HostileNumpy("The array says it has the shape [2, 3], which takes 24 bytes; it has 23.", header("(2, 3)"), data: 23),
        HostileNumpy("The array says it has the shape [2, 3], which takes 24 bytes; it has 25.", header("(2, 3)"), data: 25),
        HostileNumpy("The array says it has the shape [], which takes 4 bytes; it has 0.", header("()")),
        HostileNumpy("The array says it has the shape [0, 4], which takes 0 bytes; it has 1.", header("(0, 4)"), data: 1),
        HostileNumpy(
            "The array says it has the shape [1000000000000], which takes 4000000000000 bytes; it has 8.", header("(1000000000000,)"),
            data: 8),
        HostileNumpy(
            "The array says it has the shape [4294967296, 4294967296], which no memory holds.", header("(4294967296, 4294967296)")),
        HostileNumpy(
            "The array says it has the shape [0, 4294967296, 4294967296], which no memory holds.",
            header("(0, 4294967296, 4294967296)")),
        HostileNumpy("The array has more axes than the 64 that are taken.", header("(\(String(repeating: "1,", count: 65)))"), data: 4),
    ]

    static let others: [HostileNumpy] = [
        HostileNumpy("The array is not an .npy file: it does not begin as one.", bytes: []),
        HostileNumpy("The array is not an .npy file: it does not begin as one.", bytes: Array("\u{93}NUMPX\u{1}\0\0\0".utf8)),
        HostileNumpy("The array is written in version 4.0 of the .npy format; 1.0, 2.0 and 3.0 are read.", header("()"), version: 4),
        HostileNumpy(
            "The array is written in version 1.1 of the .npy format; 1.0, 2.0 and 3.0 are read.", bytes: NumpyHeader.magic + [1, 1, 0, 0]),
        HostileNumpy("The array has a header that is not NumPy's: it ends too early.", bytes: NumpyHeader.magic + [1, 0, 9]),
        HostileNumpy("The array has a header that is not NumPy's: it ends too early.", header: [], length: 9),
        HostileNumpy("The array has a header of 4294967295 bytes; at most 10000 are taken.", header: [], version: 2, length: 0xffff_ffff),
        HostileNumpy("The array has a header of 10001 bytes; at most 10000 are taken.", header("()" + String(repeating: " ", count: 9945))),
        HostileNumpy("The array has a header that is not NumPy's: it is not text.", header: Array("{'".utf8) + [0xff] + Array("'".utf8)),
        HostileNumpy("The array has text in element 0 that is not Unicode.", header("()", "<U1"), data: 4),
        HostileNumpy("The array has a header that is not NumPy's: a comma is expected at byte 52.", header("(3L,)"), data: 12, version: 3),
    ]
}

@Suite struct HostileNumpyTests {
    @Test(arguments: HostileNumpy.types + HostileNumpy.records + HostileNumpy.headers + HostileNumpy.sizes + HostileNumpy.others)
    func refused(hostile: HostileNumpy) {
        #expect(message { try NumpyArray(bytes: hostile.bytes) } == hostile.message)
    }

    @Test func spacesAndQuotesAsPythonHasThem() throws {
        let header = "  {\"shape\":(2L ,),\n'fortran_order' :True,'descr':'>i2'}  \n"
        let array = try NumpyArray(bytes: HostileNumpy("", header, data: 4).bytes)
        #expect(array.shape == [2])
        #expect(try array.values(as: Int16.self) == [-1, -1])
    }

    @Test func fewerBytesThanArraysTake() throws {
        var limits = ArchiveLimits()
        limits.memberBytes = 23
        let bytes = try NumpyArray([Float](repeating: 0, count: 6), shape: [2, 3]).npyBytes()
        #expect(message { try NumpyArray(bytes: bytes, limits: limits) } == "The array takes 24 bytes unpacked; at most 23 are taken.")
    }

    @Test func noBeginningOfAFileIsOne() throws {
        let whole = try NumpyArray([1.0, 2.0], shape: [2]).npyBytes()
        for count in whole.indices {
            #expect(throws: ArchiveError.self, "the first \(count) bytes") { try NumpyArray(bytes: Array(whole[..<count])) }
        }
    }
}
