/// A model as boxes, groups and arrows: what plots of every kind are made from.
struct ModelDrawing {
    /// The box of one layer.
    struct Box {
        let id: Int
        let name: String
        let className: String
        /// Rows of the box under its title: `nil` where not asked for or not the layer's.
        let activation: String?
        let cells: [Cell]
        /// The columns that the title spans.
        let columns: Int
        let showsName: Bool
        let isHighlighted: Bool
    }

    /// One cell of a box's last row.
    enum Cell: Equatable {
        case fact(label: String, value: String)
        case trainable(Bool)
    }

    /// Parts in the order in which they are drawn.
    indirect enum Part {
        case box(Box)
        case group(name: String, isHighlighted: Bool, parts: [Part])
        case arrow(from: Int, to: Int)
    }

    var parts: [Part] = []
}

/// What a plot shows. Source: the arguments of `keras.utils.plot_model`.
struct PlotOptions {
    var showShapes = false
    var showDtype = false
    var showLayerNames = false
    var showLayerActivations = false
    var showTrainable = false
    var expandNested = false
    var highlight: PlotHighlight?
}

extension ModelDrawing {
    /// Draws a model: its layers, and an arrow for each way that a tensor takes.
    ///
    /// - Throws: `DisplayError.layerRange`, `.layerPattern` as a `KerasError`; what ``PlotHighlight`` throws;
    ///   `KerasError.notBuilt` for a model that has not been built.
    init(of model: Model, _ options: PlotOptions, layerRange: (first: String, last: String)?) throws {
        guard model.isDrawable else { throw KerasError.notBuilt(model.place, action: "a plot") }
        var pen = Pen(options: options, highlighted: try options.highlight?.layers(of: model) ?? [])
        parts = try pen.parts(of: model, layerRange: layerRange)
    }
}

/// Numbers layers and makes their boxes.
private struct Pen {
    let options: PlotOptions
    private let highlighted: Set<ObjectIdentifier>
    private var numbers: [ObjectIdentifier: Int] = [:]

    init(options: PlotOptions, highlighted: Set<ObjectIdentifier>) {
        self.options = options
        self.highlighted = highlighted
    }

    mutating func parts(of model: Model, layerRange: (first: String, last: String)?) throws -> [ModelDrawing.Part] {
        let outline = model.outline
        if outline.kind == .subclassed { return [.box(box(of: model))] }
        let layers = Array(outline.layers[try LayerRange.indices(of: layerRange, in: outline.layers, of: model)])
        var parts: [ModelDrawing.Part] = []
        for layer in layers {
            if options.expandNested, let nested = layer as? Model, nested.outline.kind != .subclassed {
                let inner = try self.parts(of: nested, layerRange: nil)
                parts.append(.group(name: nested.name, isHighlighted: isHighlighted(nested), parts: inner))
            } else {
                parts.append(.box(box(of: layer)))
            }
        }
        for arrow in arrows(of: outline, between: layers) {
            parts.append(.arrow(from: number(of: arrow.from), to: number(of: arrow.to)))
        }
        return parts
    }

    /// The arrows between the layers of one model, each once.
    private func arrows(of outline: ModelOutline, between layers: [Layer]) -> [(from: Layer, to: Layer)] {
        var arrows: [(from: Layer, to: Layer)] = []
        func add(_ from: Layer, _ to: Layer) {
            if !arrows.contains(where: { $0.from === from && $0.to === to }) { arrows.append((from, to)) }
        }
        if outline.kind == .sequential {
            for (from, to) in zip(layers, layers.dropFirst()) {
                add(options.expandNested ? exit(of: from, output: 0) : from, options.expandNested ? entry(of: to, input: 0) : to)
            }
            return arrows
        }
        let drawn = Set(layers.map(ObjectIdentifier.init))
        for layer in layers {
            for node in outline.nodes(of: layer) {
                for (index, tensor) in node.inputTensors.enumerated() {
                    guard let history = tensor.history, drawn.contains(ObjectIdentifier(history.layer)) else { continue }
                    if options.expandNested {
                        add(exit(of: history.layer, output: history.tensorIndex), entry(of: layer, input: index))
                    } else {
                        add(history.layer, layer)
                    }
                }
            }
        }
        return arrows
    }

    /// The layer that makes an output of `layer`: itself, or for a model the one inside, however deep.
    private func exit(of layer: Layer, output: Int) -> Layer {
        guard let model = layer as? Model, model.outline.kind != .subclassed else { return layer }
        let outputs = model.outputs
        if outputs.indices.contains(output), let history = outputs[output].history, history.layer !== layer {
            return exit(of: history.layer, output: history.tensorIndex)
        }
        return model.outline.layers.last.map { exit(of: $0, output: 0) } ?? layer
    }

    /// The layer that takes an input of `layer`: itself, or for a model the one inside, however deep.
    private func entry(of layer: Layer, input: Int) -> Layer {
        guard let model = layer as? Model else { return layer }
        let outline = model.outline
        switch outline.kind {
        case .subclassed:
            return layer
        case .sequential:
            return outline.layers.first.map { entry(of: $0, input: 0) } ?? layer
        case .functional:
            let inputs = model.inputs
            return inputs.indices.contains(input) ? inputs[input].history?.layer ?? layer : layer
        }
    }

    private func isHighlighted(_ layer: Layer) -> Bool { highlighted.contains(ObjectIdentifier(layer)) }

    private mutating func number(of layer: Layer) -> Int {
        let key = ObjectIdentifier(layer)
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        return numbers.count - 1
    }

    private mutating func box(of layer: Layer) -> ModelDrawing.Box {
        let asked = (options.showDtype ? 1 : 0) + (options.showTrainable ? 1 : 0) + (options.showShapes ? 2 : 0)
        return ModelDrawing.Box(
            id: number(of: layer), name: layer.name, className: layer.shownClass,
            activation: options.showLayerActivations ? layer.activationName : nil,
            cells: cells(of: layer), columns: max(1, asked), showsName: options.showLayerNames,
            isHighlighted: isHighlighted(layer))
    }

    private func cells(of layer: Layer) -> [ModelDrawing.Cell] {
        var cells: [ModelDrawing.Cell] = []
        let ends = layer.shownEnds
        if options.showShapes {
            if !(layer is InputLayer) {
                cells.append(.fact(label: "Input shape", value: ends.map { Self.text($0.inputs) { $0.shape.tuple } } ?? "?"))
            }
            cells.append(.fact(label: "Output shape", value: ends.map { Self.text($0.outputs) { $0.shape.tuple } } ?? "?"))
        }
        if options.showDtype {
            cells.append(.fact(label: "Output dtype", value: ends.map { Self.text($0.outputs) { $0.dtype.rawValue } } ?? "?"))
        }
        if options.showTrainable, !layer.weights.isEmpty { cells.append(.trainable(layer.trainable)) }
        return cells
    }

    /// One value as it is, a list in brackets, a dictionary as `key: value, key: value`.
    private static func text(_ structure: Structure<KerasTensor>, _ leaf: (KerasTensor) -> String) -> String {
        switch structure {
        case .one(let tensor): leaf(tensor)
        case .list(let items): "[\(items.map { text($0, leaf) }.joined(separator: ", "))]"
        case .dictionary(let entries): entries.map { "\($0.key): \(text($0.value, leaf))" }.joined(separator: ", ")
        }
    }
}
