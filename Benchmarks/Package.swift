// swift-tools-version: 6.2

// What the main job costs, apart from the package so that using Likeness fetches nothing for it.

import PackageDescription

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
        /// Exact search among a million templates.
        .executableTarget(
            name: "search-benchmark",
            dependencies: [
                "CMemoryStream",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Likeness", package: "Likeness"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    ]
)
