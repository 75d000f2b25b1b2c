// swift-tools-version: 6.2

// From a picture to an identity, and the order of the layers: a target imports only targets above it in this file.
//
//     file → Pixels → Faces → Detectors, FaceNetworks → Identities → Recognition → likeness
//
// The targets are grouped as the folders of `Sources` are. ARCHITECTURE.md says more about each;
// `scripts/check-layers` checks the order and that no target declares what it does not import.

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let inMemoryLogging: Target.Dependency = .product(name: "InMemoryLogging", package: "swift-log")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// SQLite's own functions, as GRDB links them.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
/// `dlopen`, for libraries that are opened at run time: nothing of them is needed to build.
let openedAtRunTime: [LinkerSetting] = [.linkedLibrary("dl", .when(platforms: [.linux]))]

/// A folder of `Sources`.
enum Group: String {
    case support = "Support", runtime = "Runtime", people = "People", evidence = "Evidence", learning = "Learning"
    case apps = "Apps"

    /// A Swift module in a folder of its own name.
    func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, path: path(name), swiftSettings: strict)
    }

    /// A program in a folder of its target's name.
    func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
        .executableTarget(name: name, dependencies: dependencies, path: path(name), swiftSettings: strict)
    }

    /// A small C interface to a library.
    func c(_ name: String, _ linkerSettings: [LinkerSetting] = []) -> Target {
        .target(name: name, path: path(name), linkerSettings: linkerSettings)
    }

    func path(_ name: String) -> String { "Sources/\(rawValue)/\(name)" }
}

/// The tests of a module.
func tests(
    of name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

/// What only tests use, in a folder of `Tests`.
func testHelper(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

/// A process that tests start, watch and kill.
func testProgram(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let package = Package(
    name: "Likeness",
    platforms: [.macOS(.v15)],
    products: [
        /// For apps and servers: `import Likeness`.
        .library(
            name: "Likeness",
            targets: [
                "Likeness", "LikenessRecords", "Recognition", "IdentitiesSQLite", "Identities", "Explanations",
                "Augmentation", "Faces", "Pixels", "LikenessSupport",
            ]),
        /// For tests of apps: a store in memory and networks that need no weights.
        .library(name: "LikenessTesting", targets: ["LikenessTesting"]),
        /// For programs that read the command's output: Foundation only.
        .library(name: "LikenessRecords", targets: ["LikenessRecords"]),
        /// For researchers: protocols, curves, intervals, reports.
        .library(name: "LikenessEvaluation", targets: ["Measurements", "Reports", "Evaluation", "Datasets"]),
        .library(name: "LikenessTraining", targets: ["Training", "Networks", "Tensors"]),
        .executable(name: "likeness", targets: ["LikenessProgram"]),
        .executable(name: "likeness-research", targets: ["ResearchProgram"]),
        .executable(name: "likeness-heif", targets: ["likeness-heif"]),
        // The modules that read bytes from outside, and no more than that needs: for Fuzzing.
        .library(
            name: "LikenessReaders",
            targets: [
                "Augmentation", "Datasets", "Faces", "IdentitiesSQLite", "Identities", "Inference", "LikenessSupport",
                "Metaheuristics", "Pixels", "PublishedResults", "Tensors", "Training", "Tuning",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // MARK: Support — what every layer may use; knows nothing of pictures

        /// SHA-256 by the system's OpenSSL.
        Group.support.c("CDigest", [.linkedLibrary("crypto")]),
        /// Files, threads, digests, seeded random numbers, JSON values, CSV, protobuf, small matrices, numbers for people, and
        /// why something went wrong, in words.
        Group.support.module("LikenessSupport", ["CDigest", system]),

        // MARK: Runtime — from a picture to embeddings

        /// libjpeg-turbo, libspng and libwebp: bytes to pixels and back.
        Group.runtime.c(
            "CCodecs",
            [.linkedLibrary("jpeg"), .linkedLibrary("spng"), .linkedLibrary("webp"), .linkedLibrary("webpdemux")]),
        /// A process that reads HEIC and AVIF through libheif.
        .executableTarget(
            name: "likeness-heif", path: Group.runtime.path("HEIFHelper"), linkerSettings: openedAtRunTime),
        /// OpenVINO's C interface.
        Group.runtime.c("COpenVINO", openedAtRunTime),
        /// An image is a value: decode, orient, resize, equalize, warp, draw.
        Group.runtime.module("Pixels", ["CCodecs", "LikenessSupport"]),
        /// A trained network as a function: load an ONNX file, run batches. The only target that sees OpenVINO.
        Group.runtime.module("Inference", ["COpenVINO", "LikenessSupport"]),
        /// `Face`, `Landmarks`, `AlignedFace`, `Embedding`, `ModelCard`, `ContextVector`, `FaceDetector`,
        /// `FaceEmbedder`.
        Group.runtime.module("Faces", ["LikenessSupport", "Pixels"]),
        /// Pictures → altered pictures: masks, occluders, light, blur, noise; deterministic by seed.
        Group.runtime.module("Augmentation", ["Faces", "LikenessSupport", "Pixels"]),
        /// Pixels → faces: YuNet, MTCNN, RetinaFace.
        Group.runtime.module("Detectors", ["Faces", "Inference", "LikenessSupport", "Pixels"]),
        /// Aligned faces → embeddings, masks, age groups and altered faces, as model cards describe it.
        Group.runtime.module("FaceNetworks", ["Augmentation", "Faces", "Inference", "LikenessSupport", "Pixels"]),

        // MARK: People — from embeddings to identities

        /// Inner products of a query with many rows, one kernel per instruction set, chosen at run time.
        Group.people.c("CVectorSearch"),
        /// Embeddings → identities: galleries, exact search, decisions, what a store must do.
        Group.people.module("Identities", ["CVectorSearch", "Faces", "LikenessSupport"]),
        /// Galleries in a file, by SQLite.
        Group.people.module("IdentitiesSQLite", ["Faces", "Identities", "LikenessSupport", grdb, sqlite]),
        /// From a picture to an identity: installed models, the pipeline, folders of pictures.
        Group.people.module(
            "Recognition",
            ["Detectors", "FaceNetworks", "Faces", "Inference", "LikenessSupport", "Pixels", grdb, logging]),

        // MARK: Evidence — what embeddings are worth

        /// Lines over axes, as SVG.
        Group.evidence.module("Plots"),
        /// Folders, lists and archives → labeled pictures, folds, splits and batches.
        Group.evidence.module("Datasets", ["Faces", "LikenessSupport", "Pixels"]),
        /// Similarities → evidence: protocols, curves, intervals.
        Group.evidence.module("Evaluation", ["Datasets", "Faces", "LikenessSupport"]),
        /// Which parts of a face a similarity rests on: maps by hiding, and whether they are true.
        Group.evidence.module("Explanations", ["Augmentation", "Faces", "LikenessSupport", "Pixels"]),
        /// Evidence → pages, plots and tables for people.
        Group.evidence.module("Reports", ["Datasets", "Evaluation", "Faces", "LikenessSupport", "Pixels", "Plots"]),
        /// Pictures of people → evidence: everything that `likeness evaluate` and `likeness calibrate` measure.
        Group.evidence.module(
            "Measurements",
            [
                "Augmentation", "Datasets", "Evaluation", "Explanations", "FaceNetworks", "Faces", "Inference",
                "LikenessSupport", "Pixels", "Recognition", "Reports",
            ]),
        /// Published numbers, and the commands that make them again.
        Group.evidence.module("PublishedResults", ["LikenessSupport"]),

        // MARK: Learning — where weights come from

        /// libtorch's functions as a small shim offers them.
        Group.learning.c("CTorch", openedAtRunTime),
        /// Numbers that can be learned: tensors, layers, optimizers, safetensors, ONNX. The only target that sees
        /// libtorch.
        Group.learning.module("Tensors", ["CTorch", "LikenessSupport"]),
        /// The networks that learn, as the papers draw them: Inception-ResNet-v1, gate, feature fusion, context fusion.
        Group.learning.module("Networks", ["Tensors"]),
        /// Losses, miners, and the training loop with its checkpoints: it can be stopped at any time.
        Group.learning.module("Training", ["LikenessSupport", "Plots", "Tensors"]),
        /// What `likeness train` can make: data, network, loss and measures of each.
        Group.learning.module(
            "FaceTraining",
            [
                "Augmentation", "Datasets", "Detectors", "Evaluation", "FaceNetworks", "Faces", "Inference",
                "LikenessSupport", "Networks", "Pixels", "Recognition", "Tensors", "Training",
            ]),
        /// Search without gradients over boxes of numbers: EAOA and its rivals. Knows nothing of faces.
        Group.learning.module("Metaheuristics", ["LikenessSupport"]),
        /// A run's numbers, searched by the results on held-out people; optimizers and runs compared.
        Group.learning.module("Tuning", ["Evaluation", "LikenessSupport", "Metaheuristics", "Plots", "Training"]),

        // MARK: Apps — what people and programs use

        /// The records that the command prints for programs, `Codable` both ways. Foundation only.
        Group.apps.module("LikenessRecords"),
        /// Face recognition for apps and servers behind one type, `FaceService`, and the records of its results.
        Group.apps.module(
            "Likeness",
            [
                "Explanations", "FaceNetworks", "Faces", "Identities", "IdentitiesSQLite", "Inference",
                "LikenessRecords", "LikenessSupport", "Pixels", "Recognition", logging,
            ]),
        /// A store in memory, networks that need no weights, and the contract of gallery stores: for tests.
        Group.apps.module("LikenessTesting", ["Faces", "Identities", "Pixels"]),
        /// The commands of recognition, and what all commands share: options, files, streams, tables, exit statuses.
        Group.apps.module(
            "LikenessCommand",
            [
                "Explanations", "FaceNetworks", "Faces", "Identities", "IdentitiesSQLite", "Inference", "Likeness",
                "LikenessRecords", "LikenessSupport", "Pixels", "Recognition", argumentParser,
            ]),
        /// `likeness`: the commands of recognition. It hands the others over to `likeness-research`.
        Group.apps.program("LikenessProgram", ["LikenessCommand"]),
        /// `likeness-research`: evaluates, calibrates, alters pictures, packs, trains, tunes and exports.
        Group.apps.program(
            "ResearchProgram",
            [
                "Augmentation", "Datasets", "Evaluation", "Explanations", "FaceTraining", "Faces", "LikenessCommand",
                "LikenessRecords", "LikenessSupport", "Measurements", "Metaheuristics", "Pixels", "Plots",
                "PublishedResults", "Recognition", "Reports", "Tensors", "Training", "Tuning", argumentParser,
                subprocess, system,
            ]),

        // MARK: Tests

        /// Where fetched weights and photographs lie, and why a test is skipped without them.
        testHelper("TestSupport", ["LikenessSupport", "Tensors"]),
        /// Pictures of all sizes and contents for detectors, drawn from a seed, and what must hold of what is found.
        testHelper("DetectorSweep", ["Detectors", "Faces", "Inference", "LikenessSupport", "Pixels"]),
        /// The sweep for as long as wanted; it makes a failure as simple as possible.
        testProgram("SweepHelper", ["DetectorSweep", "TestSupport"]),
        /// Uses a store.
        testProgram("EnrollmentHelper", ["Faces", "Identities", "IdentitiesSQLite"]),
        /// Trains.
        testProgram("TrainingHelper", ["Tensors", "Training"]),

        tests(of: "LikenessSupport", ["LikenessSupport"]),
        tests(
            of: "Pixels", ["LikenessSupport", "Pixels", "likeness-heif"], exclude: ["make_fixtures.py"],
            resources: [.copy("Resources")]),
        tests(of: "Inference", ["Inference", "LikenessSupport", "TestSupport"]),
        tests(of: "Faces", ["Faces", "Pixels"]),
        tests(of: "Augmentation", ["Augmentation", "Faces", "LikenessSupport", "Pixels", "TestSupport"]),
        tests(
            of: "Detectors", ["DetectorSweep", "Detectors", "Faces", "Inference", "Pixels", "TestSupport"],
            resources: [.copy("Golden")]),
        tests(
            of: "FaceNetworks", ["FaceNetworks", "Faces", "Inference", "Pixels", "TestSupport"],
            exclude: ["make_context_network.py"], resources: [.copy("Golden")]),
        tests(
            of: "Identities",
            ["EnrollmentHelper", "Faces", "Identities", "IdentitiesSQLite", "LikenessSupport", "Pixels", grdb]),
        tests(
            of: "Recognition",
            ["Detectors", "Faces", "LikenessSupport", "Pixels", "Recognition", "TestSupport", grdb]),
        tests(of: "Plots", ["Plots"]),
        tests(of: "Datasets", ["Augmentation", "Datasets", "Faces", "LikenessSupport", "Pixels", "TestSupport"]),
        tests(
            of: "Evaluation", ["Datasets", "Evaluation", "Faces", "LikenessSupport", "TestSupport"],
            resources: [.copy("Golden")]),
        tests(of: "Explanations", ["Evaluation", "Explanations", "Faces", "Measurements", "Pixels"]),
        tests(of: "Reports", ["Datasets", "Evaluation", "Faces", "Pixels", "Plots", "Reports", "TestSupport"]),
        tests(
            of: "Measurements",
            [
                "Augmentation", "Datasets", "Evaluation", "Explanations", "Faces", "LikenessSupport",
                "LikenessTesting", "Measurements", "Pixels", "Recognition", "Reports", "TestSupport",
            ]),
        tests(of: "PublishedResults", ["LikenessSupport", "PublishedResults", "TestSupport"]),
        tests(
            of: "Tensors", ["Inference", "LikenessSupport", "Tensors", "TestSupport"], exclude: ["make_golden.py"],
            resources: [.copy("Golden")]),
        tests(
            of: "Networks", ["Inference", "Networks", "Pixels", "Tensors", "TestSupport"],
            exclude: ["make_golden.py"], resources: [.copy("Golden")]),
        tests(of: "Training", ["LikenessSupport", "Tensors", "TestSupport", "Training", "TrainingHelper"]),
        tests(
            of: "FaceTraining",
            [
                "Augmentation", "Datasets", "Detectors", "Evaluation", "FaceNetworks", "FaceTraining", "Faces",
                "Inference", "LikenessSupport", "Networks", "Pixels", "Recognition", "Tensors", "TestSupport",
                "Training",
            ]),
        tests(of: "Metaheuristics", ["LikenessSupport", "Metaheuristics", "TestSupport"]),
        tests(
            of: "Tuning",
            ["Evaluation", "Metaheuristics", "Plots", "Tensors", "TestSupport", "Training", "Tuning"]),
        tests(of: "LikenessRecords", ["LikenessRecords", "LikenessSupport", "TestSupport"]),
        tests(
            of: "Likeness",
            ["IdentitiesSQLite", "Likeness", "LikenessTesting", "TestSupport", logging, inMemoryLogging]),
        tests(
            of: "Command",
            [
                "LikenessProgram", "LikenessRecords", "Pixels", "ResearchProgram", "TestSupport", "likeness-heif",
            ],
            exclude: ["Cases"]),
        /// The errors of all modules: their codes are documented, and none is without one.
        tests(
            of: "Errors",
            [
                "Augmentation", "Datasets", "Detectors", "Evaluation", "FaceNetworks", "FaceTraining", "Faces",
                "Identities", "IdentitiesSQLite", "Inference", "Likeness", "LikenessCommand", "LikenessSupport",
                "Measurements", "Metaheuristics", "Pixels", "PublishedResults", "Recognition", "Reports", "Tensors",
                "TestSupport", "Training", "Tuning",
            ]),
        /// Every reader of bytes, given mutations of tiny valid inputs; scripts/fuzz gives the same readers more.
        .testTarget(
            name: "ReadersTests",
            dependencies: [
                "Augmentation", "Datasets", "Faces", "Identities", "IdentitiesSQLite", "Inference", "LikenessSupport",
                "Metaheuristics", "Pixels", "PublishedResults", "Tensors", "Training", "Tuning", grdb,
            ],
            path: "Fuzzing",
            exclude: [
                "Corpus", "Package.swift", "README.md", "Sources/fuzz/Entry.swift", "make_corpus.py", "swiftc",
            ],
            sources: ["Sources/fuzz/Readers", "Tests"], swiftSettings: strict),
    ]
)
