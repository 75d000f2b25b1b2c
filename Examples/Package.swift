// swift-tools-version: 6.2

// Programs that use Likeness as any app would: a separate package that depends on it by path. `scripts/test` builds and
// runs them.

import PackageDescription

let likeness: Target.Dependency = .product(name: "Likeness", package: "Likeness")
let training: Target.Dependency = .product(name: "LikenessTraining", package: "Likeness")
let testing: Target.Dependency = .product(name: "LikenessTesting", package: "Likeness")
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
    name: "LikenessExamples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Likeness", path: "..")],
    targets: [
        /// The sample code of the README, unchanged.
        .executableTarget(name: "readme", dependencies: [likeness], swiftSettings: strict),
        /// Compares two pictures.
        .executableTarget(name: "verify-two", dependencies: [likeness], swiftSettings: strict),
        /// A door that opens for the people of a gallery.
        .executableTarget(name: "door", dependencies: [likeness], swiftSettings: strict),
        /// Lists the pictures of a folder by person.
        .executableTarget(name: "sort-folder", dependencies: [likeness], swiftSettings: strict),
        /// A custom detector and a custom embedder.
        .executableTarget(name: "own-parts", dependencies: [likeness], swiftSettings: strict),
        /// A gallery store of one's own, and the check of its promises.
        .executableTarget(name: "own-store", dependencies: [likeness, testing], swiftSettings: strict),
        /// Trains a layer over embeddings that distinguishes the people of a folder.
        .executableTarget(name: "train-head", dependencies: [likeness, training], swiftSettings: strict),
    ]
)
