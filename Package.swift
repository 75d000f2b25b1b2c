// swift-tools-version: 6.2

// The way of the data, and the order of the layers: a target imports only targets above it in this file.
//
//     file → Pixels → Faces → Detectors, Embedders → Identities → Recognition → likeness
//
// ARCHITECTURE.md says more about each.

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// SQLite's own functions, as GRDB links them.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "Likeness",
    platforms: [.macOS(.v15)],
    products: [
        .library(
            name: "Likeness",
            targets: [
                "Recognition", "Identities", "Explanations", "Evaluation", "Datasets", "Augmentation", "Faces",
                "Pixels",
            ]),
        .library(name: "LikenessTraining", targets: ["Networks", "Tensors"]),
        .executable(name: "likeness", targets: ["likeness"]),
        .executable(name: "likeness-heif", targets: ["likeness-heif"]),
        // What reads bytes, and no more than it needs: for Fuzzing.
        .library(
            name: "LikenessReaders",
            targets: [
                "Augmentation", "Datasets", "Digests", "Experiments", "Faces", "Identities", "Inference", "JSONValues",
                "Metaheuristics", "Pixels", "Tensors", "Training", "Tuning",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // MARK: Layer 0 — the system's libraries and the CPU, behind small C interfaces

        /// libjpeg-turbo, libspng and libwebp: bytes to pixels and back.
        .target(
            name: "CCodecs",
            linkerSettings: [
                .linkedLibrary("jpeg"), .linkedLibrary("spng"), .linkedLibrary("webp"), .linkedLibrary("webpdemux"),
            ]),
        /// Another process that reads HEIC and AVIF through libheif, opened at run time: nothing of it is needed to build.
        .executableTarget(
            name: "likeness-heif", path: "Sources/HEIFHelper",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        /// OpenVINO's C interface, declared here and opened at run time: nothing of it is needed to build.
        .target(name: "COpenVINO", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        /// libtorch's functions as a small shim offers them, opened at run time: nothing of it is needed to build.
        .target(name: "CTorch", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        /// Inner products of a query with many rows, one kernel per instruction set, chosen at run time.
        .target(name: "CVectorSearch"),
        /// SHA-256 by the system's OpenSSL.
        .target(name: "CDigest", linkerSettings: [.linkedLibrary("crypto")]),

        /// SHA-256 of bytes: what archives, checkpoints, weights and caches are known by.
        .target(name: "Digests", dependencies: ["CDigest"], swiftSettings: strict),
        /// JSON of any form: what a file says before it is known what it should say.
        .target(name: "JSONValues", swiftSettings: strict),

        /// Why something went wrong, in words for people: of the system, of Foundation, of a decoder.
        .target(name: "Reasons", swiftSettings: strict),

        /// Random numbers from a seed.
        .target(name: "Randomness", swiftSettings: strict),
        /// Eigenvalues of small symmetric matrices.
        .target(name: "Matrices", swiftSettings: strict),
        /// Search without gradients over boxes of numbers: EAOA and its rivals. Knows nothing of faces.
        .target(
            name: "Metaheuristics", dependencies: ["Matrices", "Randomness", "Reasons"], swiftSettings: strict),
        /// Lines over axes, as SVG.
        .target(name: "Plots", swiftSettings: strict),

        // MARK: Layer 1 — pictures and networks, knowing nothing of faces

        /// An image is a value: decode, orient, resize, equalise, warp, draw.
        .target(name: "Pixels", dependencies: ["CCodecs"], swiftSettings: strict),
        /// A trained network as a function: load an ONNX file, run batches. The only target that sees OpenVINO.
        .target(name: "Inference", dependencies: ["COpenVINO", "Digests", "Reasons"], swiftSettings: strict),

        /// Numbers that can be learned: tensors, layers, optimisers, safetensors, ONNX. The only target that sees libtorch.
        .target(name: "Tensors", dependencies: ["CTorch"], swiftSettings: strict),

        // MARK: Layer 2 — the nouns and the contracts

        /// `Face`, `Landmarks`, `AlignedFace`, `Embedding`, `ModelCard`, `ContextVector`, `FaceDetector`, `FaceEmbedder`.
        .target(name: "Faces", dependencies: ["Pixels"], swiftSettings: strict),

        // MARK: Layer 3 — the networks that run

        /// Pixels → faces: YuNet, MTCNN, RetinaFace.
        .target(name: "Detectors", dependencies: ["Faces", "Inference", "Pixels"], swiftSettings: strict),
        /// Aligned faces → embeddings: SFace, FaceNet-128.
        .target(name: "Embedders", dependencies: ["Faces", "Inference", "Pixels"], swiftSettings: strict),
        /// Aligned faces → other pictures of them: masks taken off, masks put on.
        .target(
            name: "Generators", dependencies: ["Augmentation", "Embedders", "Faces", "Inference", "Pixels"],
            swiftSettings: strict),
        /// Pictures → altered pictures: masks, occluders, light, blur, noise; deterministic by seed.
        .target(
            name: "Augmentation", dependencies: ["Faces", "Pixels", "Randomness", "Reasons"], swiftSettings: strict),

        /// The networks that learn, as the papers draw them: Inception-ResNet-v1, gate, feature fusion, context fusion.
        .target(name: "Networks", dependencies: ["Tensors"], swiftSettings: strict),

        // MARK: Layer 4 — what embeddings are for, and what they are worth

        /// Embeddings → identities: galleries, exact search, decisions, the store.
        .target(
            name: "Identities", dependencies: ["CVectorSearch", "Faces", "Reasons", grdb, sqlite],
            swiftSettings: strict),
        /// Folders, lists and archives → labelled pictures, folds, splits and batches.
        .target(
            name: "Datasets", dependencies: ["Augmentation", "Digests", "Faces", "Pixels"], swiftSettings: strict),
        /// Similarities → evidence: protocols, curves, intervals.
        .target(
            name: "Evaluation", dependencies: ["Datasets", "Faces", "Matrices", "Randomness"], swiftSettings: strict),

        /// Which parts of a face a similarity rests on: maps by hiding, and whether they are true.
        .target(
            name: "Explanations", dependencies: ["Augmentation", "Evaluation", "Faces", "Pixels"], swiftSettings: strict
        ),

        // MARK: Layer 5 — everything together

        /// Losses, miners, and the loop that makes weights, written down so that it can be stopped at any time.
        .target(
            name: "Training", dependencies: ["Digests", "JSONValues", "Plots", "Randomness", "Reasons", "Tensors"],
            swiftSettings: strict),

        /// Evidence → pages, plots and tables for people.
        .target(
            name: "Reports", dependencies: ["Datasets", "Evaluation", "Faces", "Pixels", "Plots"],
            swiftSettings: strict),

        /// Published numbers, and the commands that make them again.
        .target(name: "Experiments", dependencies: ["Digests", "JSONValues", "Reasons"], swiftSettings: strict),

        /// From a picture to an identity: installed models, the pipeline, folders of pictures.
        .target(
            name: "Recognition",
            dependencies: [
                "Datasets", "Detectors", "Digests", "Embedders", "Evaluation", "Faces", "Generators", "Identities",
                "Inference", "Pixels", "Reasons", "Tensors", grdb,
            ],
            swiftSettings: strict),

        /// What `likeness train` can make: data, network, loss and measures of each.
        .target(
            name: "FaceTraining",
            dependencies: [
                "Augmentation", "Datasets", "Detectors", "Digests", "Embedders", "Evaluation", "Faces", "Generators",
                "Inference", "Networks", "Pixels", "Reasons", "Recognition", "Tensors", "Training",
            ],
            swiftSettings: strict),

        /// A run's numbers, searched by what they bring on people who are not trained on.
        .target(name: "Tuning", dependencies: ["Metaheuristics", "Reasons", "Training"], swiftSettings: strict),

        // MARK: Layer 6 — the command

        .executableTarget(
            name: "likeness",
            dependencies: [
                "Augmentation", "Datasets", "Digests", "Embedders", "Evaluation", "Experiments", "Explanations",
                "FaceTraining", "Faces", "Generators", "Identities", "Inference", "Metaheuristics", "Pixels", "Plots",
                "Reasons", "Recognition",
                "Reports", "Tensors", "Training", "Tuning", argumentParser,
            ],
            swiftSettings: strict),

        // MARK: Tests

        /// Where fetched weights and photographs lie, and why a test is skipped without them.
        .target(
            name: "TestSupport", dependencies: ["JSONValues", "Pixels", "Tensors"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
        .testTarget(name: "ReasonsTests", dependencies: ["JSONValues", "Reasons"], swiftSettings: strict),
        .testTarget(name: "PlotsTests", dependencies: ["Plots"], swiftSettings: strict),
        .testTarget(
            name: "PixelsTests", dependencies: ["Pixels", "Randomness", "TestSupport", "likeness-heif"],
            exclude: ["make_fixtures.py"],
            resources: [.copy("Resources")], swiftSettings: strict),
        .testTarget(
            name: "InferenceTests", dependencies: ["Digests", "Inference", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TensorsTests", dependencies: ["Inference", "TestSupport", "Tensors"], exclude: ["make_golden.py"],
            resources: [.copy("Golden")], swiftSettings: strict),
        .testTarget(
            name: "NetworksTests", dependencies: ["Inference", "Networks", "Pixels", "Tensors", "TestSupport"],
            exclude: ["make_golden.py"], resources: [.copy("Golden")], swiftSettings: strict),
        .testTarget(name: "FacesTests", dependencies: ["Faces", "Pixels", "TestSupport"], swiftSettings: strict),
        /// Pictures of all sizes and contents for detectors, drawn from a seed, and what must hold of what is found.
        .target(
            name: "DetectorSweep", dependencies: ["Detectors", "Faces", "Inference", "Pixels", "Randomness"],
            path: "Tests/DetectorSweep", swiftSettings: strict),
        /// The sweep for as long as wanted, in processes of its own; it makes a failure as simple as possible.
        .executableTarget(
            name: "SweepHelper", dependencies: ["DetectorSweep", "TestSupport"], path: "Tests/SweepHelper",
            swiftSettings: strict),
        .testTarget(
            name: "DetectorsTests",
            dependencies: ["DetectorSweep", "Detectors", "Faces", "Inference", "Pixels", "TestSupport"],
            resources: [.copy("Golden")], swiftSettings: strict),
        .testTarget(
            name: "EmbeddersTests", dependencies: ["Embedders", "Faces", "Inference", "Pixels", "TestSupport"],
            exclude: ["make_context_network.py"], resources: [.copy("Golden")], swiftSettings: strict),
        /// Another process that uses a store, to be watched and killed.
        .executableTarget(
            name: "EnrollmentHelper", dependencies: ["Faces", "Identities"], path: "Tests/EnrollmentHelper",
            swiftSettings: strict),
        .testTarget(
            name: "IdentitiesTests",
            dependencies: ["EnrollmentHelper", "Faces", "Identities", "Pixels", "Randomness", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "AugmentationTests", dependencies: ["Augmentation", "Faces", "Pixels", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "GeneratorsTests",
            dependencies: ["Augmentation", "Faces", "Generators", "Inference", "Pixels", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Augmentation", "Datasets", "Faces", "Pixels", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Datasets", "Evaluation", "Faces", "Randomness", "TestSupport"],
            resources: [.copy("Golden")], swiftSettings: strict),
        /// Every reader of bytes, given mutations of tiny valid inputs; scripts/fuzz gives the same readers more.
        .testTarget(
            name: "ReadersTests",
            dependencies: [
                "Augmentation", "Datasets", "Digests", "Experiments", "Faces", "Identities", "Inference", "JSONValues",
                "Metaheuristics", "Pixels", "Randomness", "Tensors", "Training", "Tuning", grdb,
            ],
            path: "Fuzzing",
            exclude: [
                "Corpus", "Package.swift", "README.md", "Sources/fuzz/Entry.swift", "make_corpus.py", "swiftc",
            ],
            sources: ["Sources/fuzz/Readers", "Tests"], swiftSettings: strict),
        .testTarget(
            name: "MetaheuristicsTests", dependencies: ["Metaheuristics", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Datasets", "Evaluation", "Faces", "Pixels", "Plots", "Reports", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ExplanationsTests", dependencies: ["Evaluation", "Explanations", "Faces", "Pixels"],
            swiftSettings: strict),
        .testTarget(
            name: "ExperimentsTests", dependencies: ["Experiments", "JSONValues", "TestSupport"], swiftSettings: strict),
        /// Another process that trains, to be watched and killed.
        .executableTarget(
            name: "TrainingHelper", dependencies: ["Tensors", "Training"], path: "Tests/TrainingHelper",
            swiftSettings: strict),
        .testTarget(
            name: "TrainingTests", dependencies: ["Tensors", "TestSupport", "Training", "TrainingHelper"],
            swiftSettings: strict),
        .testTarget(
            name: "TuningTests", dependencies: ["Metaheuristics", "Tensors", "TestSupport", "Training", "Tuning"],
            swiftSettings: strict),
        .testTarget(
            name: "RecognitionTests",
            dependencies: [
                "Digests", "Faces", "Identities", "Pixels", "Randomness", "Recognition", "TestSupport", grdb,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "FaceTrainingTests",
            dependencies: [
                "Augmentation", "Datasets", "Detectors", "Embedders", "Evaluation", "FaceTraining", "Faces",
                "Generators", "Inference", "Networks", "Pixels", "Tensors", "TestSupport", "Training",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["Pixels", "TestSupport", "likeness", "likeness-heif"],
            exclude: ["Cases"], swiftSettings: strict),
    ]
)
