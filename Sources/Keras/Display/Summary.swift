extension Model {
    /// Prints the model's layers as a table, and how many parameters it has.
    ///
    /// ```
    /// Model: "mnist_model"
    /// ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
    /// ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
    /// ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
    /// │ input_layer (InputLayer)        │ (None, 784)            │             0 │
    /// …
    /// ```
    ///
    /// - Returns: the text that was printed.
    /// - Source: `keras.Model.summary`.
    @discardableResult
    public func summary() -> String {
        let text = summaryText()
        print(text, terminator: "")
        return text
    }

    /// The text that ``summary()`` prints, without printing it.
    public func summaryText() -> String {
        let columns = Summary(of: self, expandNested: false, showTrainable: false)
        let length = max(columns.defaultLineLength(terminal: Terminal.columns), columns.shortestLine)
        return columns.text(layers: outline.layers, lineLength: length, positions: columns.defaultPositions)
    }

    /// Prints the model's layers as a table, and how many parameters it has.
    ///
    /// A model that is not a chain has a column more, "Connected to": for each call of the layer what it was called on, as
    /// `layer[call][output]`.
    ///
    /// - Parameters:
    ///   - lineLength: columns of a line; `nil`: 88, or 108 for a model that is not a chain (12 more with
    ///     `showTrainable`), but at most four less than the terminal has.
    ///   - positions: where each column ends, as parts of the line; `nil`: `[0.45, 0.8, 1.0]`, or
    ///     `[0.3, 0.56, 0.74, 1.0]` for a model that is not a chain.
    ///   - expandNested: whether the layers of models inside the model are listed too.
    ///   - showTrainable: whether a column says which layers training changes.
    ///   - layerRange: only the layers from one to another, both included: names or regular expressions.
    ///   - batchSize: adds columns for what a batch of this size costs: multiply-adds of a forward pass, the bytes of what each layer
    ///     gives, and the bytes that live while its gradient is computed (see ``ModelCost/Part``), and lines with their totals.
    ///   - inputShapes: for costs of a model whose inputs have sizes that are not known: their shapes without the batch.
    ///   - printFunction: takes the text; `nil` prints it.
    /// - Returns: the text that was printed.
    /// - Throws: `KerasError.display` with what is wrong: a line too short, positions that do not suit, a range that
    ///   matches no layers; for costs what ``cost(batchSize:inputShapes:)`` throws.
    /// - Source: `keras.Model.summary`.
    ///
    /// ```swift
    /// try model.summary(lineLength: 100, expandNested: true, showTrainable: true)
    /// try model.summary(batchSize: 32)
    /// ```
    @discardableResult
    public func summary(
        lineLength: Int? = nil, positions: [Double]? = nil, expandNested: Bool = false, showTrainable: Bool = false,
        layerRange: (first: String, last: String)? = nil, batchSize: Int? = nil, inputShapes: [Shape]? = nil,
        printFunction: ((String) throws -> Void)? = nil
    ) throws -> String {
        let text = try summaryText(
            lineLength: lineLength, positions: positions, expandNested: expandNested, showTrainable: showTrainable,
            layerRange: layerRange, batchSize: batchSize, inputShapes: inputShapes)
        if let printFunction { try printFunction(text) } else { print(text, terminator: "") }
        return text
    }

    /// The text that ``summary(lineLength:positions:expandNested:showTrainable:layerRange:batchSize:inputShapes:printFunction:)`` prints, without
    /// printing it.
    public func summaryText(
        lineLength: Int? = nil, positions: [Double]? = nil, expandNested: Bool = false, showTrainable: Bool = false,
        layerRange: (first: String, last: String)? = nil, batchSize: Int? = nil, inputShapes: [Shape]? = nil
    ) throws -> String {
        let cost = try batchSize.map { try self.cost(batchSize: $0, inputShapes: inputShapes) }
        let summary = Summary(of: self, expandNested: expandNested, showTrainable: showTrainable, cost: cost)
        let length = lineLength ?? summary.defaultLineLength(terminal: Terminal.columns)
        let positions = try summary.checked(positions, lineLength: length)
        let layers = outline.layers
        let range = try LayerRange.indices(of: layerRange, in: layers, of: self)
        return summary.text(layers: Array(layers[range]), lineLength: length, positions: positions)
    }
}

/// A model's summary.
struct Summary {
    let model: Model
    let expandNested: Bool
    let showTrainable: Bool
    /// Shown in columns of its own.
    let cost: ModelCost?
    private let outline: ModelOutline
    private let isChain: Bool

    init(of model: Model, expandNested: Bool, showTrainable: Bool, cost: ModelCost? = nil) {
        self.model = model
        self.cost = cost
        self.expandNested = expandNested
        self.showTrainable = showTrainable
        outline = model.outline
        isChain = outline.isChain
    }

    // MARK: Widths

    /// Keras' columns.
    private var mainHeaders: [TextTable.Header] {
        [("Layer (type)", .left), ("Output Shape", .left), ("Param #", .right)] + (isChain ? [] : [("Connected to", .left)])
    }

    /// Columns that are asked for, and the part of the line that each takes from the others.
    private var furtherHeaders: (headers: [TextTable.Header], share: Double) {
        if cost != nil { return (SummaryCosts.headers + (showTrainable ? [("Trainable", .center)] : []), 0.13) }
        return showTrainable ? ([("Trainable", .center)], 0.1) : ([], 0)
    }

    private var headers: [TextTable.Header] { mainHeaders + furtherHeaders.headers }

    var defaultPositions: [Double] { withFurther(isChain ? [0.45, 0.8, 1.0] : [0.3, 0.56, 0.74, 1.0]) }

    private func withFurther(_ positions: [Double]) -> [Double] {
        let (headers, share) = furtherHeaders
        if headers.isEmpty { return positions }
        let start = 1 - share * Double(headers.count)
        return positions.map { $0 * start } + headers.indices.map { $0 == headers.count - 1 ? 1 : start + share * Double($0 + 1) }
    }

    func defaultLineLength(terminal: Int) -> Int {
        min((isChain ? 88 : 108) + (showTrainable ? 12 : 0) + (cost == nil ? 0 : 42), terminal - 4)
    }

    /// The shortest line in which every column has the four columns of text that it needs.
    var shortestLine: Int {
        (headers.count * 4...200).first { Self.widths($0, defaultPositions).allSatisfy { $0 >= 4 } } ?? 88
    }

    private static func widths(_ lineLength: Int, _ positions: [Double]) -> [Int] {
        let ends = positions.map { Int($0 * Double(lineLength)) }
        return zip(ends, [0] + ends).map { $0 - $1 }
    }

    /// The positions to use.
    func checked(_ given: [Double]?, lineLength: Int) throws -> [Double] {
        let needed = mainHeaders.count
        guard (1...100_000).contains(lineLength) else { throw KerasError.display(.lineLength(got: lineLength, columns: headers.count)) }
        if let given {
            let rises = zip(given, [0] + given).allSatisfy { $0 > $1 }
            guard given.count == needed, rises, given.allSatisfy({ (0...1).contains($0) }) else {
                throw KerasError.display(.positions(got: given, columns: needed))
            }
        }
        let positions = given.map(withFurther) ?? defaultPositions
        guard Self.widths(lineLength, positions).allSatisfy({ $0 >= 4 }) else {
            throw KerasError.display(.lineLength(got: lineLength, columns: headers.count))
        }
        return positions
    }

    // MARK: Text

    func text(layers: [Layer], lineLength: Int, positions: [Double]) -> String {
        let columns = zip(headers, Self.widths(lineLength, positions)).map {
            TextTable.Column(header: $0.text, alignment: $0.alignment, width: $1)
        }
        var table = TextTable(columns: columns, width: lineLength)
        for layer in layers { addRows(of: layer, level: 0, to: &table) }
        let lines = ["Model: \"\(model.name)\""] + table.lines() + totals
        return lines.map { $0 + "\n" }.joined()
    }

    private func addRows(of layer: Layer, level: Int, to table: inout TextTable) {
        let prefix = level == 0 ? "" : String(repeating: "   ", count: level) + "└ "
        var cells = ["\(prefix)\(layer.name) (\(layer.shownClass))", outputShape(of: layer), parameters(of: layer)]
        if !isChain { cells.append(connections(of: layer)) }
        if let cost { cells += SummaryCosts.cells(of: cost.of(layer)) }
        if showTrainable { cells.append(layer.weights.isEmpty ? "-" : layer.trainable ? "Y" : "N") }
        table.rows.append(cells)
        guard expandNested, let nested = layer as? Model else { return }
        for inner in nested.layers { addRows(of: inner, level: level + 1, to: &table) }
    }

    /// The shape of what the layer's last call gave.
    private func outputShape(of layer: Layer) -> String {
        guard let shapes = layer.shownOutputShapes else { return "?" }
        return shapes.count == 1 ? shapes[0].inParentheses : "[\(shapes.map(\.inParentheses).joined(separator: ", "))]"
    }

    private func parameters(of layer: Layer) -> String {
        guard layer.built, let count = try? layer.countParams() else { return "0 (unbuilt)" }
        return Self.grouped(count)
    }

    /// What the layer was called on inside this model.
    private func connections(of layer: Layer) -> String {
        let sources = outline.nodes(of: layer).flatMap(\.inputTensors).compactMap(\.history)
        let names = sources.map { "\($0.layer.name)[\($0.nodeIndex)][\($0.tensorIndex)]" }
        return names.isEmpty ? "-" : names.joined(separator: ", ")
    }

    private var totals: [String] {
        let trainable = Parameters(of: model.trainableWeights), rest = Parameters(of: model.nonTrainableWeights)
        let optimizer = model.builtOptimizer.map { Parameters(of: $0.variables) }
        let all = trainable + rest + (optimizer ?? Parameters())
        var lines = [
            " Total params: \(all)", " Trainable params: \(trainable)", " Non-trainable params: \(rest)",
        ]
        if let optimizer { lines.append(" Optimizer params: \(optimizer)") }
        return lines + (cost.map(SummaryCosts.totals) ?? [])
    }

    /// A number with commas between groups of three digits.
    static func grouped(_ number: Int) -> String {
        var digits = Array(String(number.magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return (number < 0 ? "-" : "") + String(digits)
    }
}

/// A number of parameters and the bytes they take.
struct Parameters: CustomStringConvertible {
    var count = 0
    var bytes = 0

    init() {}

    init(of variables: [Variable]) {
        for variable in variables {
            let elements = variable.shape.reduce(1, *)
            count += elements
            bytes += elements * variable.dtype.byteCount
        }
    }

    static func + (a: Parameters, b: Parameters) -> Parameters {
        var sum = a
        sum.count += b.count
        sum.bytes += b.bytes
        return sum
    }

    /// `55,050 (215.04 KB)`.
    var description: String { "\(Summary.grouped(count)) (\(Self.size(Double(bytes))))" }

    /// Bytes in the largest of Keras' units, of 1024 each, in which they are 1 or more.
    static func size(_ bytes: Double) -> String {
        var value = bytes
        let units = ["B", "KB", "MB", "GB", "TB", "PB"]
        for unit in units.dropLast() {
            if value < 1024 { return "\(twoDigits(value)) \(unit)" }
            value /= 1024
        }
        return "\(twoDigits(value)) PB"
    }

    static func twoDigits(_ value: Double) -> String {
        // Hundredths, ties to even of the exact binary value, as printf rounds.
        let hundredths = Int((value * 100).rounded(.toNearestOrEven))
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
