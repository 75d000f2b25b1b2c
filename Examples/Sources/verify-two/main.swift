// verify-two A B: says whether two pictures show the same person. Exit status 0 if they do, 1 if not, 2 after an error.

import Foundation
import Likeness

guard CommandLine.arguments.count == 3 else {
    print("usage: verify-two PICTURE PICTURE")
    exit(2)
}
let pictures = CommandLine.arguments.dropFirst().map { PictureSource.file(URL(filePath: $0)) }

do {
    let answer = try await FaceService().verify(pictures[0], pictures[1], by: .falseMatchRate(1e-3))
    let decision = answer.decision
    print(decision.isMatch ? "the same person" : "two people", "- similarity \(decision.similarity), \(decision.basis)")
    if let probability = decision.probability { print("probability \(probability) at a prior of \(answer.prior)") }
    if let remark = decision.remark { print(remark) }
    exit(decision.isMatch ? 0 : 1)
} catch {
    // Every error is a sentence, and most also say what to do.
    print(error)
    exit(2)
}
