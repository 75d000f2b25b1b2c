import Foundation
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

@Suite struct PeopleHeadSettingsTests {
    private func settings(_ json: String) throws -> FaceEmbeddingSettings {
        let file = #"{"task": "face-embedding", "settings": \#(json)}"#
        return try RunConfiguration(Data(file.utf8)).settings(FaceEmbeddingSettings.self)
    }

    private func message(_ json: String) -> String {
        do {
            _ = try settings(json)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func theHeadIsArcFaceUnlessAnotherIsNamed() throws {
        #expect(try settings("{}").head == .arcface)
        for head in PeopleHead.allCases { #expect(try settings(#"{"head": "\#(head.rawValue)"}"#).head == head) }
        #expect(message(#"{"head": "sphereface"}"#).contains("arcface, cosface, adacos, softmax"))
    }

    @Test func aMarginMustBeOneOfTheHeads() {
        #expect(message(#"{"head": "arcface", "margin": 1.2}"#) == "none")
        #expect(message(#"{"head": "cosface", "margin": 1.2}"#).contains("settings.margin"))
        #expect(message(#"{"head": "cosface", "margin": 0.35}"#) == "none")
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct PeopleHeadTests {
    private let labels = [0, 1, 2, 3, 0, 1]

    private var embeddings: Tensor { Tensor.normal(shape: [labels.count, 8], seed: 6).normalized() }

    private func head(_ kind: PeopleHead, _ store: ParameterStore, classes: Int = 4) throws -> any ClassificationHead {
        try kind.make(store.root["people"], dimension: 8, classes: classes, scale: 16, margin: 0.4)
    }

    private func loss(_ head: some ClassificationHead) -> Float {
        head.loss(embeddings, labels: Tensor(labels)).loss.scalar
    }

    @Test func eachNameMakesItsHeadWithScaleAndMargin() throws {
        func root() -> Parameters { ParameterStore(seed: 1).root["people"] }
        func made(_ kind: PeopleHead) throws -> Float { loss(try head(kind, ParameterStore(seed: 1))) }
        let heads: [any ClassificationHead] = [
            try ArcFaceHead(root(), dimension: 8, classes: 4, scale: 16, margin: 0.4),
            try CosFaceHead(root(), dimension: 8, classes: 4, scale: 16, margin: 0.4),
            try AdaCosHead(root(), dimension: 8, classes: 4),
            try SoftmaxHead(root(), dimension: 8, classes: 4),
        ]
        let losses = try PeopleHead.allCases.map(made)
        #expect(losses == heads.map { loss($0) })
        #expect(Set(losses).count == 4)
    }

    @Test(arguments: PeopleHead.allCases)
    func aHeadLearns(kind: PeopleHead) throws {
        let store = ParameterStore(seed: 2)
        let head = try head(kind, store)
        #expect(store.entries.allSatisfy { $0.name.hasPrefix("people.") }, "what is not written with the network")
        let optimizer = Optimizer(.adam(), store)
        let first = loss(head)
        for _ in 0..<30 {
            store.clearGradients()
            head.loss(embeddings, labels: Tensor(labels)).loss.backward()
            optimizer.step(rate: 0.05)
        }
        #expect(loss(head) < first)
        #expect(store.trainable.allSatisfy { $0.tensor.gradient != nil })
    }

    @Test func adaCosNeedsThreePeople() throws {
        #expect(throws: FaceTrainingError.tooFewPeople(2, needed: 3)) {
            try head(.adacos, ParameterStore(seed: 1), classes: 2)
        }
        let five = loss(try head(.adacos, ParameterStore(seed: 1), classes: 5))
        #expect(five.isFinite)
    }
}
