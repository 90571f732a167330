/// Several cells as one: each takes the output of the one before.
///
/// - Input: the first cell's. Output: the last cell's. States: those of all cells, in order.
/// - Source: `keras.layers.StackedRNNCells`.
///
/// ```swift
/// let cell = StackedRNNCells([LSTMCell(64), LSTMCell(32)])
/// let y = try RNN(cell)(Input(shape: [nil, 8]))      // [nil, 32]
/// ```
public final class StackedRNNCells: RNNCell {
    public let cells: [RNNCell]

    public init(_ cells: [RNNCell], name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.cells = cells
        super.init(name: name, trainable: trainable, dtype: dtype)
        require(!cells.isEmpty, "cells", "one cell or more", got: "none")
    }

    public required init(config: Config) throws {
        cells = try config.value("cells", as: [Config].self).map { try RNNCell.from($0) }
        try super.init(config: config)
        require(!cells.isEmpty, "cells", "one cell or more", got: "none")
    }

    override public var stateSize: [Int] { cells.flatMap(\.stateSize) }
    override public var outputSize: Int? { cells.last?.outputSize }
    override var stateCount: Int { cells.reduce(0) { $0 + $1.stateCount } }
    override var chain: [RNNCell] { cells.flatMap(\.chain) }

    override public func initialState(batchSize: Int) throws -> [Tensor] { try cells.flatMap { try $0.initialState(batchSize: batchSize) } }

    override public func build(inputShape: Shape) throws {
        var shape = inputShape
        for cell in cells {
            try buildPart(cell, for: shape)
            shape = [inputShape.first, cell.outputSize]
        }
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public func call(_ inputs: Tensor, states: [Tensor], training: Bool) throws -> (output: Tensor, states: [Tensor]) {
        var output = inputs, rest = states[...], next: [Tensor] = []
        for cell in cells {
            let own = Array(rest.prefix(cell.stateCount))
            rest = rest.dropFirst(cell.stateCount)
            let result = try cell(output, states: own, training: training)
            output = result.output
            next += result.states
        }
        return (output, next)
    }

    override public var config: Config { ["cells": .list(cells.map(LayerConfig.value))] }
}

extension RNNCell {
    /// A cell from the form in which Keras writes it.
    static func from(_ config: Config) throws -> RNNCell {
        let layer = try LayerConfig.layer(from: config)
        guard let cell = layer as? RNNCell else {
            throw KerasError.invalidConfig(object: "a recurrent layer", reason: "\(layer.kindAndName) stands where a cell is wanted")
        }
        return cell
    }
}

extension Layer {
    /// Builds a layer inside this one, and the layers inside that.
    func buildPart(_ part: Layer, for shape: Shape) throws {
        try part.checkArguments()
        if part.built { return }
        let source = Building.sources.first { $0.shape == shape } ?? TensorSource(shape: shape, dtype: part.computeDType)
        try part.ensureBuilt(.one(shape), sources: .one(source), path: "\(path ?? name)/\(part.name)")
        if part.sublayers.contains(where: { !$0.built }) { try part.inferOutputs(of: KerasTensor(shape: shape, dtype: part.computeDType)) }
    }
}
