import Faces
import LikenessSupport
import Recognition
import Testing

@Suite("The best faces of a stream") struct BestFacesTests {
    private let model = ModelIdentity(name: "fake", contract: "0/1")

    private func face(
        _ quality: Float?, _ values: [Float] = [1, 0], model: ModelIdentity? = nil
    ) throws -> EmbeddedFace {
        var context = try #require(ContextVector(values: [0, 0, 0, 0.5, 0.2, 0, 0, 0, 20, 100, 0.9, -1]))
        context.quality = quality
        return EmbeddedFace(
            embedding: try Embedding(normalizing: values, model: model ?? self.model), context: context)
    }

    @Test("The kept faces are those that sorting gives, in any order", arguments: 1...40 as ClosedRange<UInt64>)
    func kept(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let count = 1 + Int.random(in: 0..<6, using: &random)
        let qualities = (0..<Int.random(in: 0..<20, using: &random)).map { _ -> Float? in
            // Some are unknown, some equal.
            Bool.random(using: &random) ? nil : Float(Int.random(in: 0..<8, using: &random)) / 8
        }
        var best = BestFaces(count: count)
        let faces = try qualities.enumerated().map { try face($1, [1, Float($0)]) }
        for one in faces { best.add(one) }
        let order = faces.indices.sorted {
            let (a, b) = (qualities[$0] ?? -1, qualities[$1] ?? -1)
            return a == b ? $0 < $1 : a > b
        }
        #expect(best.faces == order.prefix(count).map { faces[$0] })
    }

    @Test("A face that is not among the best is not kept, and the answer says so")
    func answers() throws {
        var best = BestFaces(count: 2)
        let answers = try [0.5, nil, 0.4, 0.3, nil, .nan, 0.4].map { best.add(try face($0)) }
        #expect(answers == [true, true, true, false, false, false, false])
        #expect(best.faces.map(\.context.quality) == [0.5, 0.4])
    }

    @Test("The template is the mean by quality; equal if all qualities are unknown")
    func template() throws {
        var best = BestFaces(count: 3)
        #expect(try best.template() == nil)
        best.add(try face(nil, [1, 0]))
        best.add(try face(nil, [0, 1]))
        let even = try #require(try best.template())
        #expect(even.values[0] == even.values[1] && even.model == model)
        best.add(try face(0.25, [0, 1]))
        #expect(try best.template()?.values == [0, 1])
        best.add(try face(0.75, [1, 0]))
        let both = try #require(try best.template())
        #expect(abs(both.values[0] - 3 * both.values[1]) < 1e-6)
    }

    @Test("Embeddings that can't be joined are an error")
    func mixed() throws {
        var opposite = BestFaces(count: 3)
        opposite.add(try face(0.5, [1, 0]))
        opposite.add(try face(0.5, [-1, 0]))
        #expect(throws: FaceError.self) { try opposite.template() }
        var lengths = BestFaces(count: 3)
        lengths.add(try face(0.5, [1, 0]))
        lengths.add(try face(0.4, [1, 0, 0]))
        #expect(throws: FaceError.self) { try lengths.template() }
        var models = BestFaces(count: 3)
        models.add(try face(0.5))
        let other = ModelIdentity(name: "other", contract: "0/1")
        models.add(try face(0.4, model: other))
        #expect(throws: FaceError.modelMismatch(model, other)) { try models.template() }
    }
}
