import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import Inference

struct EngineTests {
    @Test func aMissingEngineNamesTheCommandToRun() throws {
        let folder = URL(filePath: "/nowhere/lib")
        let error = #expect(throws: EngineError.self) { try Engine(libraryDirectory: folder) }
        let text = try #require(error).description
        #expect(text.contains("/nowhere/lib/libopenvino_c"))
        #expect(text.hasSuffix("run scripts/setup"))
    }

    @Test func aLibraryThatIsNoneIsRefused() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["libopenvino_c.so", "libopenvino_c.dylib"] {
            try Data("not a library".utf8).write(to: folder.appending(path: name))
        }
        let error = try #require(throws: EngineError.self) { try Engine(libraryDirectory: folder) }
        guard case .unusable(let path, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(path.hasPrefix(folder.path))
    }

    @Test func messagesLoseThePlacesInTheSource() {
        let message = "Exception from src/core.cpp:97:\nCheck 'x' failed:\n  no such file\n\n"
        #expect(Functions.summary(of: message) == "Check 'x' failed: no such file")
        #expect(Functions.summary(of: "") == "no reason given")
    }

    @Test(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
    func theEngineSaysWhatItIs() throws {
        let engine = try Engine(libraryDirectory: Fixtures.engine)
        #expect(engine.version.hasPrefix("2026."))
        #expect(engine.supportedPrecisions.contains(.f32))
        #expect(try engine.resolve(.exactly(.f32)) == .f32)
        #expect(try engine.resolve(.automatic) == (engine.supportedPrecisions.contains(.bf16) ? .bf16 : .f32))
    }

    @Test("A limit to older instructions excludes bf16", arguments: ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"])
    func limits(_ variable: String) {
        let unlimited = InstructionSets.multiplyBF16([:])
        for limit in ["AVX2", "avx512_core_vnni", "AVX512_CORE"] {
            #expect(!InstructionSets.multiplyBF16([variable: limit]))
        }
        for limit in ["DEFAULT", "AVX512_CORE_BF16", "AVX512_CORE_AMX"] {
            #expect(InstructionSets.multiplyBF16([variable: limit]) == unlimited)
        }
    }
}
