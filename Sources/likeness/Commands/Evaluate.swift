import ArgumentParser

/// `likeness evaluate`
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a model on pictures whose people are known.",
        subcommands: [EvaluatePairs.self, EvaluateThresholds.self])
}
