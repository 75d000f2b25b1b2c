// swift-tools-version: 6.2

// Face recognition over HTTP: a package of its own, so that users of the library do not fetch its dependencies.

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let likeness: Target.Dependency = .product(name: "Likeness", package: "Likeness")
let records: Target.Dependency = .product(name: "LikenessRecords", package: "Likeness")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let tls: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "LikenessServer",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "LikenessServer", targets: ["LikenessServer"]),
        .executable(name: "likeness-server", targets: ["ServerProgram"]),
    ],
    dependencies: [
        .package(name: "Likeness", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        /// Routes, keys, limits and metrics around `FaceService`.
        .target(
            name: "LikenessServer",
            dependencies: [
                coreMetrics, grdb, httpTypes, hummingbird, likeness, logging, metrics, nio, records,
            ],
            resources: [.copy("Resources/openapi.json")], swiftSettings: strict),
        /// `likeness-server`, to which `likeness serve` and `likeness keys` hand over.
        .executableTarget(
            name: "ServerProgram",
            dependencies: [
                "LikenessServer", argumentParser, hummingbird, hummingbirdCore, likeness, lifecycle, logging, nio,
                nioSSL, tls,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LikenessServerTests",
            dependencies: [
                "LikenessServer", httpTypes, hummingbird, hummingbirdTesting, likeness, logging, nio, records,
            ],
            swiftSettings: strict),
    ]
)
