// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "swift-keras",
    products: [
        .library(name: "Keras", targets: ["Keras"]),
        .library(name: "Tensors", targets: ["Tensors"]),
        .library(name: "Graph", targets: ["Graph"]),
        .library(name: "HDF5", targets: ["HDF5"]),
        .library(name: "Archive", targets: ["Archive"]),
        .executable(name: "keras", targets: ["KerasCommand"]),
        .executable(name: "demo", targets: ["Demo"]),
        .executable(name: "guide", targets: ["Guide"]),
        .executable(name: "story", targets: ["Story"]),
        .executable(name: "benchmark", targets: ["Benchmark"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
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

        // The part of PJRT's C interface that is used, as plain functions.
        .target(name: "CPJRT", linkerSettings: [.linkedLibrary("dl")]),

        // Writes a graph as StableHLO and runs it by any PJRT plugin, which is opened when it is asked for.
        .target(name: "XLAEngine", dependencies: ["Graph", "CPJRT"]),

        // Tensors, variables, `ops`, `random`, gradients, traced functions.
        .target(name: "Tensors", dependencies: ["Graph", "CPUEngine", "XLAEngine"]),

        // A view of zlib, for gzip files.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

        // HDF5 files, by libhdf5: groups, data sets, attributes.
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
        .target(name: "HDF5", dependencies: ["CHDF5"]),

        // Zip archives, by libzip, and NumPy's files.
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
        .target(name: "Archive", dependencies: ["CZip"]),

        // Pictures in PNG and JPEG files.
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),

        // What users import.
        .target(name: "Keras", dependencies: ["Tensors", "HDF5", "Archive", "CZlib", "CPNG", "CJPEG"]),

        // The command line: what users type as `keras`.
        .executableTarget(
            name: "KerasCommand",
            dependencies: ["Keras", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        .executableTarget(name: "Demo", dependencies: ["Keras"], path: "Examples/Demo"),
        // The guide's models, the guide as a program that checks itself, and whole stories on data.
        .target(name: "GuideModels", dependencies: ["Keras"], path: "Examples/Models"),
        .executableTarget(name: "Guide", dependencies: ["Keras", "GuideModels"], path: "Examples/FunctionalAPI"),
        .executableTarget(name: "Story", dependencies: ["Keras", "GuideModels"], path: "Examples/Stories"),
        .executableTarget(name: "Benchmark", dependencies: ["Keras", "GuideModels"], path: "Benchmarks/Benchmark"),

        .testTarget(name: "GraphTests", dependencies: ["Graph", "Tensors", "CPUEngine"]),
        .testTarget(name: "CPUEngineTests", dependencies: ["CPUEngine", "Graph", "CPUKernels"]),
        .testTarget(name: "XLAEngineTests", dependencies: ["XLAEngine", "Graph", "Tensors"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Graph", "CPUEngine"]),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive"]),
        .testTarget(name: "HDF5Tests", dependencies: ["HDF5"]),
        .testTarget(name: "KerasTests", dependencies: ["Keras", "HDF5", "CZlib", "GuideModels", "Guide"]),
        .testTarget(name: "KerasCommandTests", dependencies: ["KerasCommand", "Keras", "Archive"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
