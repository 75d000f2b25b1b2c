import ArgumentParser

/// The commands of `likeness-research`, as the list of `likeness --help` shows them.
package enum ResearchCommands {
    static let all: [any ParsableCommand.Type] = [
        Evaluate.self, Calibrate.self, Augment.self, Pack.self, Train.self, Tune.self, Export.self,
    ]

    /// Returns the sentence that `likeness --help` shows for a command; empty if there is no such command.
    package static func abstract(of name: String) -> String {
        all.first { $0._commandName == name }?.configuration.abstract ?? ""
    }

    private struct Evaluate: HandedOver {
        static let configuration = CommandConfiguration(abstract: "Measure models and detectors on pictures.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Calibrate: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Fit a model's thresholds and probabilities on pictures of people, and write them to its card.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Augment: HandedOver {
        static let configuration = CommandConfiguration(
            abstract:
                "Draw masks, glasses, hats and scarves on faces, alter pictures by a policy, or remove masks with a GAN."
        )
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Pack: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Find the faces in pictures, and pack their crops into an archive for training.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Train: HandedOver {
        static let configuration = CommandConfiguration(abstract: "Train a network, as configured in a JSON file.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Tune: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Tune the hyperparameters of a run: hidden neurons, epochs, steps per epoch, or any other.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }

    private struct Export: HandedOver {
        static let configuration = CommandConfiguration(
            abstract: "Convert a trained face network or generator to an installable model: ONNX and card.")
        @Argument(parsing: .captureForPassthrough) var words: [String] = []
    }
}

/// A command that another program has. The words are for that program.
private protocol HandedOver: ParsableCommand {
    var words: [String] { get }
}

extension HandedOver {
    mutating func run() throws { try Handover.replaceProcess() }
}
