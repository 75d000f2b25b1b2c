extension ModelCard {
    /// The advice for a card that contradicts its weights, its folder or itself, in one clause.
    public static let remedy = "correct the card, or, if the model came with Likeness, run scripts/setup again"

    /// The lengths of embeddings that a card may state.
    public static let dimensions = 1...4096

    /// The first invalid value, in one clause; `nil` if there is none.
    ///
    /// A card describes files in its own folder, so a weights file is a plain name there.
    ///
    /// - Parameter folder: The name of the card's folder, by which `--model` and `--detector` find it.
    public func fault(in folder: String) -> String? {
        guard name == folder else { return "its name is '\(name)', but its folder is called '\(folder)'" }
        guard !version.isEmpty else { return "its version is empty" }
        guard !weights.isEmpty else { return "it names no weights" }
        for file in weights.map(\.file) where file.isEmpty || file == "." || file == ".." || file.contains("/") {
            return "the name of a weights file, '\(file)', is not that of a file in the card's folder"
        }
        for file in weights where !Self.isDigest(file.sha256) {
            return "the sha256 of '\(file.file)' does not have 64 hexadecimal digits, in lower case"
        }
        for file in weights where file.bytes < 1 { return "the length of '\(file.file)' is \(file.bytes) bytes" }
        if let fault = confidences?.fault { return fault }
        if let dimension, !Self.dimensions.contains(dimension) {
            return "its dimension is \(dimension), but embeddings have \(Self.dimensions.lowerBound) to "
                + "\(Self.dimensions.upperBound) numbers"
        }
        return nil
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
