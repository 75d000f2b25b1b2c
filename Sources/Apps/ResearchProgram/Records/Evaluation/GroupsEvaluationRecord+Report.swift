import Evaluation
import LikenessCommand
import LikenessRecords

extension GroupsEvaluationRecord.Label {
    /// Creates the record of the groups of one column, or of a combination of columns.
    init(_ errors: GroupErrors, label: String) {
        self.init(
            label: label, threshold: errors.threshold,
            groups: errors.groups.map { GroupsEvaluationRecord.Group($0) },
            acrossGroups: errors.acrossGroups.map { ObservedRateRecord($0) },
            fmrInequity: errors.falseMatchInequity.map { GroupsEvaluationRecord.Inequity($0) },
            fnmrInequity: errors.falseNonMatchInequity.map { GroupsEvaluationRecord.Inequity($0) },
            bootstrapRounds: errors.bootstrapRounds)
    }
}

extension GroupsEvaluationRecord.Size {
    init(_ value: GroupErrors.Size) {
        self.init(people: value.people, pictures: value.pictures, failedPictures: value.failedPictures)
    }
}

extension GroupsEvaluationRecord.Group {
    init(_ value: GroupErrors.Group) {
        self.init(
            name: value.name, fmr: value.falseMatchRate.map { ObservedRateRecord($0) },
            fnmr: value.falseNonMatchRate.map { ObservedRateRecord($0) },
            size: value.size.map { GroupsEvaluationRecord.Size($0) },
            fmrByPeople: value.falseMatchInterval.map { IntervalRecord($0) },
            fnmrByPeople: value.falseNonMatchInterval.map { IntervalRecord($0) })
    }
}

extension GroupsEvaluationRecord.Inequity {
    init(_ value: GroupErrors.Inequity) {
        self.init(
            worst: value.worst, best: value.best, ratioToBest: value.ratioToBest,
            ratioToGeometricMean: value.ratioToGeometricMean,
            ratioToBestInterval: value.ratioToBestInterval.map { IntervalRecord($0) },
            ratioToGeometricMeanInterval: value.ratioToGeometricMeanInterval.map { IntervalRecord($0) })
    }
}
