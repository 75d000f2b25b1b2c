import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import Inference

struct QuantizedFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func message(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] { [field << 3 | 2, UInt8(bytes.count)] + bytes }

    /// Returns a model with one operation, in the format of onnx.proto, preceded by a number and a float as other
    /// fields.
    private func model(_ operation: String) -> Data {
        let node = message(1, message(1, Array("x".utf8)) + message(4, Array(operation.utf8)))
        return Data([0x08, 0x88, 0x01, 0x15, 0, 0, 0x80, 0x3F] + message(7, message(2, [0x6E]) + node))
    }

    private func isQuantized(_ data: Data) throws -> Bool {
        QuantizedFile(try folder.file("model.onnx", data)).isQuantized
    }

    @Test func theOperationsTell() throws {
        #expect(try isQuantized(model("QuantizeLinear")))
        #expect(try isQuantized(model("DequantizeLinear")))
        #expect(try !isQuantized(model("Conv")))
        #expect(try !isQuantized(model("QuantizeLinearly")))
    }

    @Test func whatIsNoModelIsNotQuantized() throws {
        let whole = model("QuantizeLinear")
        for length in 0..<whole.count { #expect(try !isQuantized(whole.prefix(length))) }
        #expect(try !isQuantized(Data("no network".utf8)))
        #expect(try !isQuantized(Data(repeating: 0xFF, count: 64)))
        #expect(!QuantizedFile(folder.url.appending(path: "none")).isQuantized)
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)")) func aPrecisionThatIsNotTheFilesIsRefused() throws {
        let engine = try Engine(libraryDirectory: Fixtures.engine)
        let error = try #require(throws: EngineError.self) {
            try Network(
                engine: engine, contentsOf: Fixtures.model("yunet"),
                configuration: NetworkConfiguration(precision: .exactly(.int8)))
        }
        #expect(error.description.contains("not quantized"))
        let model = try Model(
            engine: engine, contentsOf: folder.file("model.onnx", model("QuantizeLinear")), input: .tensor)
        #expect(throws: EngineError.self) { try model.precision(.exactly(.f32)) }
        guard engine.supportedPrecisions.contains(.int8) else { return }
        #expect(try model.precision(.automatic) == .int8)
        #expect(Precision.int8.floatingPoint == .f32 && Precision.bf16.floatingPoint == .bf16)
    }
}
