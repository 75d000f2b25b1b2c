// swift-tools-version: 6.2

// Benchmarks of the main tasks, in a separate package, so that users of Likeness do not fetch their dependencies.

import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let training: Target.Dependency = .product(name: "LikenessTraining", package: "Likeness")
let evaluation: Target.Dependency = .product(name: "LikenessEvaluation", package: "Likeness")
let likeness: Target.Dependency = .product(name: "Likeness", package: "Likeness")

let package = Package(
    name: "LikenessBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Likeness", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        /// Reads memory as fast as the processor can, as a reference for scans.
        .target(name: "CMemoryStream"),
        /// Clocks, medians, JSON, contests of networks, and synthetic embeddings.
        .target(
            name: "BenchmarkSupport", dependencies: [argumentParser, likeness, training], swiftSettings: strict),
        /// Creates the photographs with which all programs are timed.
        .executableTarget(
            name: "benchmark-pictures", dependencies: [argumentParser, likeness], swiftSettings: strict),
        /// Times the stages from a JPEG's bytes to embeddings, and a folder.
        .executableTarget(
            name: "pipeline-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// Times networks for one face side by side.
        .executableTarget(
            name: "embedders-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// Times the baseline networks of Karamizadeh et al. (2025) and of the DS-AEAN paper (2025) side by side.
        .executableTarget(
            name: "backbones-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness, training],
            swiftSettings: strict),
        /// Times the possible heads on FaceNet's trunk side by side.
        .executableTarget(
            name: "heads-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness, training],
            swiftSettings: strict),
        /// Times exact search among a million templates.
        .executableTarget(
            name: "search-benchmark", dependencies: ["BenchmarkSupport", "CMemoryStream", argumentParser, likeness],
            swiftSettings: strict),
        /// Times a gallery in a file: import, the first search, identification and enrollment; also searches among real
        /// faces.
        .executableTarget(
            name: "gallery-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// Times operations on pixels.
        .executableTarget(
            name: "pixels-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// Times the pictures for training: decoding crops, drawing masks, altering pictures.
        .executableTarget(
            name: "augmentation-benchmark", dependencies: ["BenchmarkSupport", argumentParser, evaluation, likeness],
            swiftSettings: strict),
        /// Times steps of training: forward, backward and Adam.
        .executableTarget(
            name: "training-benchmark", dependencies: ["BenchmarkSupport", argumentParser, training],
            swiftSettings: strict),
        /// Times curves, intervals, and all pairs of many embeddings.
        .executableTarget(
            name: "evaluation-benchmark", dependencies: ["BenchmarkSupport", argumentParser, evaluation, likeness],
            swiftSettings: strict),
    ]
)
