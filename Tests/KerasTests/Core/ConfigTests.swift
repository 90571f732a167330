import Testing

@testable import Keras

@Suite(.ownSession) struct ConfigTests {
    @Test func valuesByKind() throws {
        let config: Config = ["units": 3, "rate": 0.5, "whole": 2.0, "flag": true, "name": "x", "shape": [nil, 4], "none": nil]
        #expect(try config.int("units") == 3)
        #expect(try config.double("units") == 3)
        #expect(try config.int("whole") == 2)
        #expect(try config.bool("flag"))
        #expect(try config.value("shape", as: Shape.self) == [nil, 4])
        #expect(try config.value("none", as: Int?.self) == nil)
        #expect(try config.value("absent", default: 7) == 7)
        #expect(throws: KerasError.configType(key: "rate", expected: "a whole number", got: "0.5")) { try config.int("rate") }
        #expect(throws: KerasError.missingConfigKey(key: "absent", given: config.keys)) { try config.int("absent") }
    }

    @Test func entriesKeepTheirOrder() {
        var config: Config = ["b": 1, "a": 2]
        config["c"] = 3
        config["b"] = 4
        config["a"] = nil
        #expect(config.keys == ["b", "c"])
        #expect(config.merging(["c": 5, "d": 6]) == ["b": 4, "c": 5, "d": 6])
    }

    @Test func jsonBothWays() throws {
        let text = #"{"a": [1, -2.5, 1e-07, true, null], "b": {"s": "q\"\\\n\u0001é😀"}, "empty": {}, "list": []}"#
        let config = try Config(json: text)
        #expect(config.json() == text)
        #expect(config.keys == ["a", "b", "empty", "list"])
        #expect(try Config(json: config.json(indentation: 2)) == config)
        #expect(try ConfigValue(json: #""😀 \u00e9\/""#) == .string("😀 é/"))
        #expect(try ConfigValue(json: "[NaN, -Infinity]").json() == "[NaN, -Infinity]")
    }

    @Test func brokenJSONIsRefused() {
        let broken = [
            "", "{", "[1,", "[1 2]", "{\"a\" 1}", "{\"a\": 1, \"a\": 2}", "\"x", "\"\\q\"", "\"\\u12\"", "tru", "[1] x", "{1: 2}", "+", "\"\u{1}\"",
            String(repeating: "[", count: 100_000),
        ]
        for text in broken {
            #expect(message { _ = try ConfigValue(json: text) }.hasPrefix("The config of JSON text cannot be used: "), "\(text.prefix(20))")
        }
    }
}

@Suite(.ownSession) struct NamingTests {
    @Test(arguments: [
        ("Dense", "dense"), ("BatchNormalization", "batch_normalization"), ("LSTM", "lstm"), ("Conv2DTranspose", "conv2d_transpose"),
        ("ReLU", "re_lu"), ("PReLU", "p_re_lu"), ("LeakyReLU", "leaky_re_lu"), ("ELU", "elu"), ("InputLayer", "input_layer"),
        ("MaxPooling2D", "max_pooling2d"), ("MLP", "mlp"), ("HTTPServer", "http_server"), ("A", "a"), ("", ""),
    ]) func snakeCase(_ name: String, _ expected: String) { #expect(Naming.snakeCase(name) == expected) }

    @Test func namesCountUpPerClass() {
        #expect((0..<3).map { _ in Dense(1).name } == ["dense", "dense_1", "dense_2"])
        #expect(Input(shape: [1]).history?.layer.name == "input_layer")
        #expect(Dense(1, name: "dense").name == "dense")
        #expect(Dense(1).name == "dense_3")
        clearSession()
        #expect(Dense(1).name == "dense")
    }
}

@Suite(.ownSession) struct ShapeTests {
    @Test func axes() {
        let shape: Shape = [nil, 28, 3]
        #expect(shape.rank == 3)
        #expect(shape.first == nil)
        #expect(shape.last == 3)
        #expect(shape[-2] == 28)
        #expect(shape[7] == nil)
        #expect(shape[1...] == [28, 3])
        #expect(shape[..<2] == [nil, 28])
        #expect(shape[5...] == [])
        #expect(shape.known == nil)
        #expect(shape[1...].elementCount == 84)
        #expect(Shape([Int.max, 2]).elementCount == nil)
        #expect(([] as Shape).last == nil)
        #expect("\(shape)" == "[nil, 28, 3]")
        #expect(shape.isCompatible(with: [5, nil, 3]))
        #expect(!shape.isCompatible(with: [5, 28]))
    }
}

@Suite(.ownSession) struct DidYouMeanTests {
    @Test func suggestions() {
        let known = ["relu", "leaky_relu", "softmax", "sigmoid"]
        #expect(DidYouMean.suggestion(for: "ReLU", among: known) == "relu")
        #expect(DidYouMean.suggestion(for: "sofmtax", among: known) == "softmax")
        #expect(DidYouMean.suggestion(for: "leakyrelu", among: known) == "leaky_relu")
        #expect(DidYouMean.suggestion(for: "mean_squared", among: known) == nil)
        #expect(DidYouMean.suggestion(for: "x", among: []) == nil)
    }
}
