import Foundation
import Tensors
import Training

/// Trains the toy task, and prints each step when it is done.
///
/// ```
/// TrainingHelper ENGINE CONFIGURATION FOLDER
/// ```
@main
struct TrainingHelper {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            FileHandle.standardError.write(Data("usage: TrainingHelper ENGINE CONFIGURATION FOLDER\n".utf8))
            exit(64)
        }
        try TrainingEngine.open(library: URL(filePath: arguments[1]))
        let run = try TrainingRun(
            Data(contentsOf: URL(filePath: arguments[2])), tasks: [ToyTask.self], folder: URL(filePath: arguments[3]))
        _ = try await run.run(
            .resumingWherePossible,
            observe: { seed, event in
                switch event {
                case .started(let step, _): say("started \(seed) \(step)")
                case .step(let record, _): say("step \(seed) \(record.step) \(record.loss)")
                case .note(let text): say("note \(text)")
                case .validated: break
                }
            }, shouldStop: { false })
        say("done")
    }

    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
