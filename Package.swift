// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "swift-keras",
    products: [
        .library(name: "Keras", targets: ["Keras"]),
        .library(name: "Tensors", targets: ["Tensors"]),
        .library(name: "Graph", targets: ["Graph"]),
        .executable(name: "demo", targets: ["Demo"]),
        .executable(name: "benchmark", targets: ["Benchmark"]),
    ],
    targets: [
        // Shapes, element types, the closed set of operations, their rules, graphs, and the engine's protocol.
        .target(name: "Graph"),

        // C and C++ behind plain functions: oneDNN, fused elementwise programs, reductions, the thread pool.
        .target(
            name: "CPUKernels",
            cxxSettings: [.define("DNNL_EXPERIMENTAL", to: "0")],
            linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("m"), .linkedLibrary("dl")]
        ),

        // Plans a graph for this machine's processor and runs the plan.
        .target(name: "CPUEngine", dependencies: ["Graph", "CPUKernels"]),

        // Tensors, variables, `ops`, `random`, gradients, traced functions.
        .target(name: "Tensors", dependencies: ["Graph", "CPUEngine"]),

        // A view of zlib, for gzip files.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

        // What users import.
        .target(name: "Keras", dependencies: ["Tensors", "CZlib"]),

        .executableTarget(name: "Demo", dependencies: ["Keras"], path: "Examples/Demo"),
        .executableTarget(name: "Benchmark", dependencies: ["Keras"], path: "Benchmarks/Benchmark"),

        .testTarget(name: "GraphTests", dependencies: ["Graph", "Tensors", "CPUEngine"]),
        .testTarget(name: "CPUEngineTests", dependencies: ["CPUEngine", "Graph", "CPUKernels"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Graph", "CPUEngine"]),
        .testTarget(name: "KerasTests", dependencies: ["Keras"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
