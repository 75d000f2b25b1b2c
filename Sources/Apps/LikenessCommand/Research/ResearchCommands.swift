import ArgumentParser

/// The commands of `likeness-research`, for the list in `likeness --help`.
package enum ResearchCommands {
    static let all: [any ParsableCommand.Type] = [
        Evaluate.self, Calibrate.self, Augment.self, Pack.self, Train.self, Tune.self, Export.self,
    ]

    /// Returns the sentence that `likeness --help` shows for a command; empty if there is no such command.
    package static func abstract(of name: String) -> String {
        all.first { $0._commandName == name }?.configuration.abstract ?? ""
    }

    private struct Evaluate: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Measure and compare the accuracy of models and detectors.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Calibrate: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Fit a model's thresholds and probabilities to labeled pictures, and write them to its card.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Augment: HandedOver {
        static let configuration = CommandConfiguration(
            abstract:
                "Draw masks, sunglasses, hats and scarves on faces, distort pictures, or remove masks with a GAN."
        )
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Pack: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Find the faces in pictures, and store their crops in an archive for training.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Train: HandedOver {
        static let configuration = CommandConfiguration(abstract: "Train a network as configured in a JSON file.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Tune: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Search for the best hyperparameters of a training run.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Export: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Convert a trained network to an installable model: an ONNX file and a model card.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }
}

/// A command of another program, which gets the arguments unparsed.
private protocol HandedOver: ParsableCommand {
    var words: [String] { get }
}

extension HandedOver {
    mutating func run() throws { try Handover.replaceProcess() }
}
