// swift-tools-version: 6.2

// What the main job costs, apart from the package so that using Likeness fetches nothing for it.

import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let training: Target.Dependency = .product(name: "LikenessTraining", package: "Likeness")
let likeness: Target.Dependency = .product(name: "Likeness", package: "Likeness")

let package = Package(
    name: "LikenessBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Likeness", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        /// Reads memory as fast as the processor can: what a scan is measured against.
        .target(name: "CMemoryStream"),
        /// Clocks, medians, JSON, networks in turns, and embeddings made up.
        .target(
            name: "BenchmarkSupport", dependencies: [argumentParser, likeness, training], swiftSettings: strict),
        /// Makes the photographs that everyone is timed on.
        .executableTarget(
            name: "benchmark-pictures", dependencies: [argumentParser, likeness], swiftSettings: strict),
        /// From a JPEG's bytes to embeddings, by stage, and over a folder.
        .executableTarget(
            name: "pipeline-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// Networks that look at one face, side by side.
        .executableTarget(
            name: "embedders-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// The networks that papers B and C compare with, side by side.
        .executableTarget(
            name: "backbones-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness, training],
            swiftSettings: strict),
        /// What may stand behind FaceNet's trunk, side by side.
        .executableTarget(
            name: "heads-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness, training],
            swiftSettings: strict),
        /// Exact search among a million templates.
        .executableTarget(
            name: "search-benchmark", dependencies: ["BenchmarkSupport", "CMemoryStream", argumentParser, likeness],
            swiftSettings: strict),
        /// A gallery in a file: import, the first search, identification and enrollment; searches among real faces.
        .executableTarget(
            name: "gallery-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// What is done to pixels.
        .executableTarget(
            name: "pixels-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// What training asks of pictures: crops decoded, masks drawn, pictures altered.
        .executableTarget(
            name: "augmentation-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
        /// Steps of training, forward, backward and Adam.
        .executableTarget(
            name: "training-benchmark", dependencies: ["BenchmarkSupport", argumentParser, training],
            swiftSettings: strict),
        /// Curves, intervals, and all pairs of many embeddings.
        .executableTarget(
            name: "evaluation-benchmark", dependencies: ["BenchmarkSupport", argumentParser, likeness],
            swiftSettings: strict),
    ]
)
