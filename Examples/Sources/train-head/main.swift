// train-head PEOPLE: trains a layer over embeddings that distinguishes the people of a folder. PEOPLE has a folder of
// pictures for each person. Needs `scripts/setup --training`.

import Foundation
import Likeness
import Tensors
import Training

guard let folder = CommandLine.arguments.dropFirst().first.map({ URL(filePath: $0) }) else {
    print("usage: train-head PEOPLE")
    exit(2)
}

do {
    // The embeddings of all faces, and the number of the person of each.
    let recognizer = try await FaceService().recognizer()
    var values: [Float] = [], labels: [Int] = []
    let people = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for (label, person) in people.enumerated() {
        let pictures = PictureList([folder.appending(path: person).path]) { [] }.sources
        for try await (_, result) in recognizer.analyses(of: pictures, selecting: .center) {
            guard let face = try result.get().faces.first else { continue }
            values += face.embedding.values
            labels.append(label)
        }
    }

    try TrainingEngine.open(library: Installation.locateTrainingEngine())
    let dimension = recognizer.embedder.dimension
    let store = ParameterStore(seed: 1)
    let layer = try Linear(store.root["layer"], in: dimension, out: 64)
    let head = try ArcFaceHead(store.root["head"], dimension: 64, classes: people.count, scale: 16, margin: 0.3)
    let optimizer = Optimizer(.adam(), store)
    let embeddings = Tensor(values, shape: [labels.count, dimension]), truth = Tensor(labels)
    for step in 1...100 {
        store.clearGradients()
        let result = head.loss(layer(embeddings), labels: truth)
        result.loss.backward()
        optimizer.step(rate: 0.01)
        if step % 20 == 0 { print("step \(step): loss \(result.loss.scalar), accuracy \(result.accuracy.scalar)") }
    }
} catch {
    print(error)
    exit(2)
}
