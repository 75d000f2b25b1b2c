import Evaluation
import LikenessCommand
import LikenessRecords

extension ClassificationRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> ClassificationEvaluationRecord {
        ClassificationEvaluationRecord(
            people: people, pictures: pictures, leftOutImages: leftOutImages, failedImages: failedImages,
            testImages: testImages, failedTestImages: failedTestImages, trainingShare: trainingShare, folds: folds,
            seeds: seeds, ridges: ridges, methods: methods.map { ClassificationEvaluationRecord.Method($0) },
            difference: DifferenceRecord(difference), runs: runs.map { ClassificationEvaluationRecord.Run($0) },
            conditions: conditions)
    }
}

extension ClassificationEvaluationRecord.Method {
    fileprivate init(_ method: ClassificationRecord.Method) {
        self.init(
            method: method.method.rawValue,
            measures: method.measures.map { ClassificationEvaluationRecord.Measure($0) },
            confusions: method.confusions.map { ClassificationEvaluationRecord.Confusion($0) })
    }
}

extension ClassificationEvaluationRecord.Run {
    fileprivate init(_ run: ClassificationRecord.Run) {
        self.init(
            seed: run.seed, tested: run.tested, ridges: run.ridges,
            softmax: ClassificationEvaluationRecord.Rates(run.softmax),
            nearestMean: ClassificationEvaluationRecord.Rates(run.nearestMean), mcNemar: McNemarRecord(run.mcNemar))
    }
}

extension ClassificationEvaluationRecord.Rates {
    fileprivate init(_ rates: ClassificationRecord.Rates) {
        self.init(accuracy: ObservedRateRecord(rates.accuracy), top5: rates.top5.map { ObservedRateRecord($0) })
    }
}
