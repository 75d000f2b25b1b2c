import Faces
import Foundation
import Inference
import Pixels

/// The agreement between the embeddings of an exported network and the trained one, in one precision.
public struct ExportAgreement: Codable, Hashable, Sendable {
    /// The precision in which the inference engine computed.
    public let precision: String
    /// The smallest cosine over the faces.
    public let smallestCosine: Double
    /// The mean cosine over the faces.
    public let meanCosine: Double
    /// The value that the smallest cosine must exceed.
    public let required: Double
    /// The number of faces.
    public let faces: Int

    /// Whether the smallest cosine exceeds the required one.
    public var holds: Bool { smallestCosine > required }

    /// The required cosines. The value for int8 is far below what calibrated networks reach and far above what a wrong
    /// range gives (note 0010).
    private static let required: [Precision: Double] = [.f32: 0.99999, .bf16: 0.999, .int8: 0.95]

    /// Returns the agreement in each of `precisions`; nothing if there are no faces.
    ///
    /// - Parameters:
    ///   - file: The exported network.
    ///   - original: The network that was exported.
    ///   - faces: Faces aligned to its template.
    static func all(
        of file: URL, with original: ExportedNetwork, on faces: [AlignedFace], engine: Engine, precisions: [Precision]
    ) throws -> [ExportAgreement] {
        guard !faces.isEmpty else { return [] }
        let given = faces.map { original.inputs.tensors([$0]) }
        let expected = try original.embeddings(given, engine)
        return try precisions.map { precision in
            let exported = try embeddings(of: file, given, engine, precision)
            let cosines = zip(exported.values, expected).map(cosine)
            return ExportAgreement(
                precision: exported.precision.rawValue, smallestCosine: cosines.min() ?? 0,
                meanCosine: cosines.reduce(0, +) / Double(cosines.count), required: required[precision] ?? 1,
                faces: faces.count)
        }
    }

    /// Returns the embeddings by a network in a file, and the precision in which it ran.
    static func embeddings(
        of file: URL, _ given: [[Inference.Tensor]], _ engine: Engine, _ precision: Precision
    ) throws -> (values: [[Float]], precision: Precision) {
        let network = try Network(
            engine: engine, contentsOf: file, inputShapes: given[0].map(\.shape),
            configuration: NetworkConfiguration(precision: .exactly(precision)))
        let values = try given.map { inputs in
            try Task.checkCancellation()
            return try network.run(inputs)[0].values
        }
        return (values, network.precision)
    }

    private static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        func length(_ values: [Float]) -> Double { values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
        return product / (length(a) * length(b))
    }
}
