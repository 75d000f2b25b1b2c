import ArgumentParser
import LikenessCommand

/// `likeness evaluate`
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "evaluate"),
        subcommands: [
            EvaluatePairs.self, EvaluateAllPairs.self, EvaluateIdentify.self, EvaluateClassify.self,
            EvaluateCurves.self, EvaluateGroups.self,
            EvaluateTemplates.self, EvaluateResampling.self, EvaluateThresholds.self, EvaluateDecisions.self,
            EvaluateDetectors.self, EvaluateExplanations.self,
            EvaluateExperiment.self, EvaluateOptimizers.self, EvaluateRuns.self,
        ])
}
