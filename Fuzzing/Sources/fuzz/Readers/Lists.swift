import Datasets
import Foundation

extension Reader {
    static let lists = [
        Reader("list", expects: { $0 is DatasetError }) { bytes in
            let text = Array(bytes.dropFirst()).text
            switch (bytes.first ?? 0) % 4 {
            case 0:
                let list = try PairList(text: text)
                _ = list.problems(in: Scratch.folder)
                precondition(list.pairs.allSatisfy { $0.fold >= 0 }, "folds count from 0")
            case 1: _ = try IdentityList(text: text)
            case 2: _ = try LabelledList(text: text, columns: ["age", "gender"])
            default:
                let halves = Array(text.utf8).halves
                let list = try TemplateList(text: Array(halves.0).text)
                _ = list.files
                _ = try list.pairs(text: Array(halves.1).text)
            }
        }
    ]
}
