// swift-tools-version: 6.2

// Fuzzing of all code that reads external bytes, with libFuzzer and AddressSanitizer. It is a separate package, so that
// the product never contains instrumented code; `scripts/fuzz` builds and runs it.

import PackageDescription

let package = Package(
    name: "LikenessFuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Likeness", path: ".."),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // libFuzzer provides `main`.
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
