import ArgumentParser
import LikenessCommand

/// `likeness evaluate`
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "evaluate"),
        discussion: """
            Terms, as in ISO/IEC 19795: a mated pair shows one person, an impostor pair shows two.
              FMR    false match rate: the share of impostor pairs that match
              FNMR   false non-match rate: the share of mated pairs that don't match
              TAR    true accept rate: 1 - FNMR
              EER    equal error rate: FMR and FNMR at the threshold that makes them equal
              AUC    area under the curve of TAR over FMR; 1 is best, 0.5 is guessing
              DET    detection error tradeoff: the curve of FNMR over FMR
              FPIR   false positive identification rate: the share of searches for
                     people outside the gallery that find somebody
              FNIR   false negative identification rate: the share of searches for
                     people in the gallery that don't find them
              ECE    expected calibration error: the mean difference of stated and
                     observed probabilities
            """,
        subcommands: [
            EvaluatePairs.self, EvaluateAllPairs.self, EvaluateIdentify.self, EvaluateClassify.self,
            EvaluateCurves.self, EvaluateGroups.self,
            EvaluateTemplates.self, EvaluateResampling.self, EvaluateThresholds.self, EvaluateDecisions.self,
            EvaluateDetectors.self, EvaluateQuality.self, EvaluateExplanations.self,
            EvaluateExperiment.self, EvaluateOptimizers.self, EvaluateRuns.self,
        ])
}
