/// An embedder that `export` has written.
public struct ExportRecord: Codable, Hashable, Sendable {
    /// How well the exported network agrees with the trained one.
    public struct Agreement: Codable, Hashable, Sendable {
        /// The numbers in which the inference engine computed.
        public var precision: String
        /// The smallest cosine over the faces.
        public var smallestCosine: Double
        /// The mean cosine over the faces.
        public var meanCosine: Double
        /// What the smallest must be above.
        public var required: Double
        /// How many faces.
        public var faces: Int

        /// A record from its parts.
        public init(precision: String, smallestCosine: Double, meanCosine: Double, required: Double, faces: Int) {
            self.precision = precision
            self.smallestCosine = smallestCosine
            self.meanCosine = meanCosine
            self.required = required
            self.faces = faces
        }
    }

    /// The model's name.
    public var model: String
    /// Where it was written.
    public var folder: String
    /// The network, with its paper.
    public var architecture: String
    /// The numbers that it can run in.
    public var precisions: [String]
    /// How many products were quantized to int8.
    public var quantizedProducts: Int
    /// Bytes of the weights.
    public var bytes: Int
    /// In each precision; empty without `--check`.
    public var agreements: [Agreement]

    /// A record from its parts.
    public init(
        model: String, folder: String, architecture: String, precisions: [String], quantizedProducts: Int, bytes: Int,
        agreements: [Agreement]
    ) {
        self.model = model
        self.folder = folder
        self.architecture = architecture
        self.precisions = precisions
        self.quantizedProducts = quantizedProducts
        self.bytes = bytes
        self.agreements = agreements
    }
}

/// A generator that `export` has written.
public struct GeneratorExportRecord: Codable, Hashable, Sendable {
    /// How well the exported generator agrees with the trained one.
    public struct Agreement: Codable, Hashable, Sendable {
        /// The numbers in which the inference engine computed.
        public var precision: String
        /// The mean difference of the pictures' numbers, of 2.
        public var meanDifference: Double
        /// What the difference must be under.
        public var required: Double
        /// How many faces.
        public var faces: Int

        /// A record from its parts.
        public init(precision: String, meanDifference: Double, required: Double, faces: Int) {
            self.precision = precision
            self.meanDifference = meanDifference
            self.required = required
            self.faces = faces
        }
    }

    /// The model's name.
    public var model: String
    /// Where it was written.
    public var folder: String
    /// The network, with its paper.
    public var architecture: String
    /// Bytes of the weights.
    public var bytes: Int
    /// In each precision; empty without `--check`.
    public var agreements: [Agreement]

    /// A record from its parts.
    public init(model: String, folder: String, architecture: String, bytes: Int, agreements: [Agreement]) {
        self.model = model
        self.folder = folder
        self.architecture = architecture
        self.bytes = bytes
        self.agreements = agreements
    }
}
