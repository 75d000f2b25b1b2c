// swift-tools-version: 6.2

// Whatever reads bytes, given bytes that nobody meant: libFuzzer with AddressSanitizer. A package of its own, so that
// the product never carries instrumented code; `scripts/fuzz` builds and runs it.

import PackageDescription

let package = Package(
    name: "LikenessFuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Likeness", path: ".."),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // libFuzzer brings `main`.
        .executableTarget(
            name: "fuzz",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "LikenessReaders", package: "Likeness"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error), .unsafeFlags(["-parse-as-library"]),
            ])
    ]
)
