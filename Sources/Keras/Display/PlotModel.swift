import Foundation

/// Where a plot begins and in which direction it runs. Source: Graphviz' `rankdir`.
public enum PlotDirection: String, CaseIterable, Sendable {
    case topBottom = "TB"
    case leftRight = "LR"
    case bottomTop = "BT"
    case rightLeft = "RL"
}

/// How a plot's arrows run. Source: Graphviz' `splines`.
public enum PlotSplines: String, CaseIterable, Sendable {
    /// Right angles.
    case ortho
    case curved, polyline, spline, line
}

/// Draws a model into a file: a box for each layer, an arrow for each way that a tensor takes.
///
/// The file's extension says the format. `png`, `svg`, `pdf`, `jpg`, `gif` and `ps` are drawn by Graphviz' program `dot`;
/// `dot` or `gv` (Graphviz' language) and `mmd` (Mermaid) are texts and need no program. Without an extension: `png`.
///
/// - Parameters:
///   - model: a functional or Sequential model, or a subclassed one, which is drawn as one box.
///   - file: where to write; what is there is replaced.
///   - showShapes: the shapes of inputs and outputs, `None` for sizes that are not known.
///   - showDtype: the outputs' element types.
///   - showLayerNames: names besides classes.
///   - showLayerActivations: activations, for layers that have one.
///   - showTrainable: whether training changes the layer, for layers with weights.
///   - expandNested: models inside the model as groups with their own layers.
///   - rankdir: the direction.
///   - dpi: dots per inch of a picture.
///   - layerRange: only the layers from one to another, both included: names or regular expressions.
///   - highlight: layers in another colour: names, or a range of them.
///   - splines: how arrows run.
/// - Throws: a `KerasError`: `.notBuilt`; `.display` with what is wrong: an unknown format, a missing program (with how
///   to install it), a file that cannot be written, a range that matches no layers.
/// - Source: `keras.utils.plot_model`.
///
/// ```swift
/// try plotModel(model, to: "model.svg", showShapes: true, showLayerNames: true, rankdir: .leftRight)
/// ```
public func plotModel(
    _ model: Model, to file: String = "model.png", showShapes: Bool = false, showDtype: Bool = false, showLayerNames: Bool = false,
    showLayerActivations: Bool = false, showTrainable: Bool = false, expandNested: Bool = false,
    rankdir: PlotDirection = .topBottom, dpi: Int = 200, layerRange: (first: String, last: String)? = nil,
    highlight: PlotHighlight? = nil, splines: PlotSplines = .ortho
) throws {
    let format = try PlotFormat(file: file)
    guard dpi > 0 else { throw KerasError.display(.dpi(got: dpi)) }
    let options = PlotOptions(
        showShapes: showShapes, showDtype: showDtype, showLayerNames: showLayerNames, showLayerActivations: showLayerActivations,
        showTrainable: showTrainable, expandNested: expandNested, highlight: highlight)
    let drawing = try ModelDrawing(of: model, options, layerRange: layerRange)
    switch format {
    case .mermaid:
        try TextFile.write(MermaidText(direction: rankdir).text(of: drawing), to: file)
    case .dot:
        try TextFile.write(DotText(direction: rankdir, splines: splines, dpi: dpi).text(of: drawing), to: file)
    case .picture(let format):
        try Graphviz.draw(DotText(direction: rankdir, splines: splines, dpi: dpi).text(of: drawing), to: file, format: format)
    }
}

/// A model's plot as a text in Graphviz' language. For the arguments see
/// ``plotModel(_:to:showShapes:showDtype:showLayerNames:showLayerActivations:showTrainable:expandNested:rankdir:dpi:layerRange:highlight:splines:)``;
/// names are shown unless told otherwise.
///
/// - Throws: `KerasError.notBuilt`, `.display`.
/// - Source: `keras.utils.model_to_dot`.
///
/// ```swift
/// print(try modelToDot(model, showShapes: true))
/// ```
public func modelToDot(
    _ model: Model, showShapes: Bool = false, showDtype: Bool = false, showLayerNames: Bool = true,
    showLayerActivations: Bool = false, showTrainable: Bool = false, expandNested: Bool = false,
    rankdir: PlotDirection = .topBottom, dpi: Int = 200, layerRange: (first: String, last: String)? = nil,
    highlight: PlotHighlight? = nil, splines: PlotSplines = .ortho
) throws -> String {
    guard dpi > 0 else { throw KerasError.display(.dpi(got: dpi)) }
    let options = PlotOptions(
        showShapes: showShapes, showDtype: showDtype, showLayerNames: showLayerNames, showLayerActivations: showLayerActivations,
        showTrainable: showTrainable, expandNested: expandNested, highlight: highlight)
    return DotText(direction: rankdir, splines: splines, dpi: dpi)
        .text(of: try ModelDrawing(of: model, options, layerRange: layerRange))
}

/// A model's plot as a Mermaid flowchart, which needs no program: code hosts show it as a picture. For the arguments see
/// ``plotModel(_:to:showShapes:showDtype:showLayerNames:showLayerActivations:showTrainable:expandNested:rankdir:dpi:layerRange:highlight:splines:)``;
/// names are shown unless told otherwise.
///
/// - Throws: `KerasError.notBuilt`, `.display`.
///
/// ```swift
/// print(try modelToMermaid(model, rankdir: .leftRight))
/// ```
public func modelToMermaid(
    _ model: Model, showShapes: Bool = false, showDtype: Bool = false, showLayerNames: Bool = true,
    showLayerActivations: Bool = false, showTrainable: Bool = false, expandNested: Bool = false,
    rankdir: PlotDirection = .topBottom, layerRange: (first: String, last: String)? = nil, highlight: PlotHighlight? = nil
) throws -> String {
    let options = PlotOptions(
        showShapes: showShapes, showDtype: showDtype, showLayerNames: showLayerNames, showLayerActivations: showLayerActivations,
        showTrainable: showTrainable, expandNested: expandNested, highlight: highlight)
    return MermaidText(direction: rankdir).text(of: try ModelDrawing(of: model, options, layerRange: layerRange))
}

/// What a plot's file holds, from its extension.
enum PlotFormat: Equatable {
    case mermaid
    case dot
    /// One of Graphviz' output formats.
    case picture(String)

    private static let pictures = ["png", "svg", "pdf", "jpg", "jpeg", "gif", "ps", "eps"]

    init(file: String) throws {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last else {
            self = .picture("png")
            return
        }
        switch last.lowercased() {
        case "mmd", "mermaid": self = .mermaid
        case "dot", "gv": self = .dot
        case let picture where Self.pictures.contains(picture): self = .picture(picture)
        default: throw KerasError.display(.format(file: file, known: Self.pictures + ["dot", "gv", "mmd", "mermaid"]))
        }
    }
}
