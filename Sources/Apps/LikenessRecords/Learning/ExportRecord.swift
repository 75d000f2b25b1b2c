/// An embedder written by `export`.
public struct ExportRecord: Codable, Hashable, Sendable {
    /// The agreement of the exported network with the trained one.
    public struct Agreement: Codable, Hashable, Sendable {
        /// The precision with which the inference engine computed.
        public var precision: String
        /// The smallest cosine similarity of the two embeddings of a face.
        public var smallestCosine: Double
        /// The mean cosine similarity of the two embeddings of a face.
        public var meanCosine: Double
        /// The value that the smallest must exceed.
        public var required: Double
        /// The number of faces.
        public var faces: Int

        /// Creates a record from its parts.
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
    /// The folder that was written.
    public var folder: String
    /// The network's architecture, with its paper.
    public var architecture: String
    /// The precisions in which it can run.
    public var precisions: [String]
    /// The number of matrix products quantized to int8.
    public var quantizedProducts: Int
    /// The size of the weights, in bytes.
    public var bytes: Int
    /// The agreement in each precision; empty without `--check`.
    public var agreements: [Agreement]

    /// Creates a record from its parts.
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

/// A generator written by `export`.
public struct GeneratorExportRecord: Codable, Hashable, Sendable {
    /// The agreement of the exported generator with the trained one.
    public struct Agreement: Codable, Hashable, Sendable {
        /// The precision with which the inference engine computed.
        public var precision: String
        /// The mean absolute difference of the pictures' values, which have a range of 2.
        public var meanDifference: Double
        /// The limit of the mean difference.
        public var required: Double
        /// The number of faces.
        public var faces: Int

        /// Creates a record from its parts.
        public init(precision: String, meanDifference: Double, required: Double, faces: Int) {
            self.precision = precision
            self.meanDifference = meanDifference
            self.required = required
            self.faces = faces
        }
    }

    /// The model's name.
    public var model: String
    /// The folder that was written.
    public var folder: String
    /// The network's architecture, with its paper.
    public var architecture: String
    /// The size of the weights, in bytes.
    public var bytes: Int
    /// The agreement in each precision; empty without `--check`.
    public var agreements: [Agreement]

    /// Creates a record from its parts.
    public init(model: String, folder: String, architecture: String, bytes: Int, agreements: [Agreement]) {
        self.model = model
        self.folder = folder
        self.architecture = architecture
        self.bytes = bytes
        self.agreements = agreements
    }
}
