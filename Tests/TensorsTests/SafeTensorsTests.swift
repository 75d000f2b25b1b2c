import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct SafeTensorsTests {
    /// One tensor of each type, an empty one and a scalar.
    private var everything: SafeTensors {
        var tensors = [
            "scalar": Tensor([2.5], shape: []), "empty": Tensor([Float](), shape: [0, 4]), "a \"ü\"": vector(1, 2),
        ]
        for (index, element) in Tensor.Element.allCases.enumerated() {
            tensors["\(element)"] = Tensor([0, 1, 1], shape: [3, 1]).to(element) * (element == .bool ? 1 : 0)
            tensors["t\(index)"] = vector(0, 1, 1).to(element)
        }
        return SafeTensors(tensors, metadata: ["made by": "tests", "ü": "\"\\"])
    }

    private func file(_ header: String, _ elements: [UInt8] = []) -> Data {
        var data = Data()
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
        return data + Data(header.utf8) + Data(elements)
    }

    @Test func thereAndBack() throws {
        let data = try everything.serialized()
        let back = try SafeTensors(data)
        #expect(back.metadata == everything.metadata)
        #expect(Set(back.tensors.keys) == Set(everything.tensors.keys))
        for (name, tensor) in everything.tensors {
            let other = try back.tensors.named(name)
            #expect(other.element == tensor.element && other.shape == tensor.shape && other.data == tensor.data)
        }
        #expect(try back.serialized() == data, "the same bytes every time")
        let shifted = (Data([1, 2, 3]) + data).dropFirst(3)
        #expect(try SafeTensors(shifted).tensors.count == back.tensors.count, "wherever the bytes lie")
    }

    @Test func extremeNumbersKeepTheirBits() throws {
        let values: [Float] = [.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        let back = try SafeTensors(SafeTensors(["x": Tensor(values, shape: [6])]).serialized())
        #expect(try back.tensors.named("x").floats.map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test func asThePythonPackageWritesIt() throws {
        let file = try SafeTensors(Golden.file("python.safetensors"))
        #expect(file.metadata == ["made by": "safetensors, the package"])
        let tensors = file.tensors
        #expect(tensors.count == 10)
        expect(try tensors.named("weights"), [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25])
        expect(try tensors.named("brain"), [2], [1.5, -2])
        expect(try tensors.named("half"), [1, 1], [0.5])
        expect(try tensors.named("byte"), [3], [0, 255, 3])
        expect(try tensors.named("truth"), [3], [1, 0, 1])
        expect(try tensors.named("scalar"), [], [2.5])
        #expect(try tensors.named("double").data == withUnsafeBytes(of: 1.0 / 3) { Data($0) })
        #expect(try tensors.named("long").integers == [-(1 << 40), 7])
        #expect(try tensors.named("int").integers == [1 << 30, -1] && tensors.named("int").element == .int32)
        #expect(try tensors.named("empty").shape == [0, 4])
    }

    @Test func byHand() throws {
        let data = file(
            #"{"b":{"dtype":"F32","shape":[2],"data_offsets":[1,9]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
            [7, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
        let tensors = try SafeTensors(data).tensors
        expect(try tensors.named("b"), [2], [1, -2])
        expect(try tensors.named("a"), [1], [7])
        #expect(try SafeTensors(file("{}")).tensors.isEmpty)
        let written = try SafeTensors(["x": vector(1)]).serialized()
        #expect(written.prefix(8) == Data([56, 0, 0, 0, 0, 0, 0, 0]) && written.count == 8 + 56 + 4)
    }

    @Test func elementsLieAtMultiplesOfTheirSize() throws {
        let data = try SafeTensors(["a": Tensor(bytes: [1], shape: [1]), "b": vector(1), "c": Tensor([1])]).serialized()
        let length = Int(data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        #expect(length % 8 == 0)
        let header = try JSON.object(of: data[8..<8 + length])
        for (name, size) in [("a", 1.0), ("b", 4), ("c", 8)] {
            let offsets = try JSON.object(header[name])["data_offsets"] as? [any Sendable]
            #expect((offsets?.first as? Double)?.truncatingRemainder(dividingBy: size) == 0)
        }
    }

    @Test func cutOffAnywhere() throws {
        let data = try everything.serialized()
        for length in 0..<data.count {
            #expect(throws: SafeTensorsError.self, "\(length) of \(data.count) bytes") {
                try SafeTensors(data.prefix(length))
            }
        }
        #expect(throws: SafeTensorsError.self) { try SafeTensors(data + [0]) }
    }

    @Test func wrongBytesNeverCrash() throws {
        let data = try everything.serialized()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            var damaged = data
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                // Mostly in the header, where it matters.
                let place = Int.random(in: 0..<(Bool.random() ? 8 : data.count), using: &generator)
                damaged[place] = UInt8.random(in: 0...255, using: &generator)
            }
            do throws(SafeTensorsError) {
                for tensor in try SafeTensors(damaged).tensors.values { _ = tensor.data }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test(arguments: [
        ("[]", "not a JSON object"), ("{", "not a JSON object"),
        (#"{"a":{"dtype":"F32","shape":[1]}}"#, "a is incomplete"),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, "not match F32 [-1]"),
        (#"{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,2]}}"#, "a is incomplete"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, "a is incomplete"),
        (#"{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}"#, "unknown type F8_E4M3"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "ends before it begins"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, "ends before it begins"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "4 bytes"),
        (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, "0 bytes"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "within its last tensor"),
        (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, "after its last tensor"),
        (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, "not start where the tensor before"),
        (
            #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
            "not start where the tensor before"
        ),
        (#"{"a":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}"#, "neither 0 nor 1"),
    ])
    func headersThatAreWrong(header: String, reason: String) {
        #expect {
            try SafeTensors(file(header, [1, 2, 3, 4]), name: "x.safetensors")
        } throws: { error in
            let description = (error as? SafeTensorsError)?.description ?? ""
            return description.contains(reason) && description.hasPrefix("x.safetensors")
        }
    }

    @Test func filesOnTheDisk() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "weights.safetensors")
        try SafeTensors(["x": vector(1)]).write(to: url)
        try SafeTensors(["x": vector(2)]).write(to: url)
        #expect(try SafeTensors(contentsOf: url).tensors.named("x").floats == [2])
        #expect(try folder.names() == ["weights.safetensors"])
        try folder.file("bad", Data("x".utf8))
        #expect {
            try SafeTensors(contentsOf: folder.url.appending(path: "bad"))
        } throws: {
            ($0 as? SafeTensorsError)?.name == folder.path("bad")
        }
        #expect(throws: (any Error).self) { try SafeTensors(contentsOf: folder.url.appending(path: "none")) }
    }
}
