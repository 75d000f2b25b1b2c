public import LikenessSupport

/// An error that says why something can't be measured.
public enum EvaluationError: LikenessError, Hashable {
    /// There is no comparison of two pictures of one person.
    case noMatedPairs
    /// There is no comparison of two people's pictures.
    case noImpostorPairs
    /// A similarity is not a number, or is plus infinity; the comparison's place, from 0.
    case invalidSimilarity(comparison: Int)
    /// A rate or a level that does not lie between 0 and 1.
    case invalidRate(Double)
    /// A false match rate that the impostor pairs can't support.
    case unsupportedRate(Double, impostorPairs: Int, needed: Int)
    /// The pairs are in one fold: there are no others to choose a threshold from.
    case tooFewFolds
    /// Comparisons do not say who is in them, so people can't be drawn.
    case noPeople
    /// An embedding is not of unit length; its row, from 0.
    case invalidEmbedding(row: Int)
    /// A list of values of runs is empty.
    case noRuns
    /// A set of descriptions has fewer than two, or they do not have as many numbers.
    case tooFewDescriptions
    /// Two systems' lists are not of the same pairs; the first place where they differ.
    case differentPairs(comparison: Int)
    /// A gallery has no template.
    case emptyGallery
    /// There is no search for somebody who is enrolled.
    case noMatedSearches
    /// There is no search for somebody who is not enrolled.
    case noNonMatedSearches
    /// A closed set has a search for somebody who is not enrolled.
    case notEnrolled(String)
    /// A false positive identification rate that the searches can't support.
    case unsupportedIdentificationRate(Double, searches: Int, needed: Int)
    /// Nobody has enough pictures to be enrolled and searched for.
    case tooFewPictures(needed: Int)
    /// A picture's weight is negative or not finite; its place, from 0.
    case invalidWeight(picture: Int)
    /// A template has pictures of two people.
    case mixedTemplate(String)
    /// The pictures of a template cancel out.
    case degenerateTemplate(String)
    /// A pair names a template that there is not.
    case unknownTemplate(String)
    /// A sample lacks a score, has one that is not finite, or a class that there is not; its place, from 0.
    case invalidScores(sample: Int)
    /// There are too few samples or people to divide.
    case tooFewSamples(needed: Int)
    /// No comparison has labels of groups.
    case noGroups
    /// A calibration can't be fitted, and why.
    case calibrationFailed(String)

    /// The code of all cases.
    public var code: String { "bad_measurement" }

    /// The data are wrong.
    public var category: ErrorCategory { .badData }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noMatedPairs: "no mated pairs"
        case .noImpostorPairs: "no impostor pairs"
        case .invalidSimilarity(let comparison):
            "the similarity of comparison \(comparison) is not a number: a comparison without a face has none"
        case .invalidRate(let rate): "\(rate) is not a rate"
        case .unsupportedRate(let rate, let pairs, let needed):
            "\(pairs) impostor pairs can't support a false match rate of \(rate): it needs \(needed)"
        case .tooFewFolds:
            "all pairs are in one fold: accuracy needs two, one to choose the threshold and one to measure"
        case .noPeople: "the comparisons do not say who is in the pictures, so people can't be drawn"
        case .invalidEmbedding(let row): "embedding \(row) is not of unit length"
        case .noRuns: "there is no run to sum up"
        case .tooFewDescriptions:
            "a set of descriptions needs two or more, all of one length: they are what its spread is measured by"
        case .differentPairs(let comparison):
            "the lists differ at comparison \(comparison): both systems must compare the same pairs in the same order"
        case .emptyGallery: "the gallery is empty"
        case .noMatedSearches: "no searches for enrolled people"
        case .noNonMatedSearches: "no searches for people who are not enrolled"
        case .notEnrolled(let person): "\(person) is not enrolled: in a closed set everybody is"
        case .unsupportedIdentificationRate(let rate, let searches, let needed):
            "\(searches) searches for people who are not enrolled can't support a false positive identification rate "
                + "of \(rate): it needs \(needed)"
        case .tooFewPictures(let needed):
            "nobody has \(needed) pictures, of which some are enrolled and the others search"
        case .invalidWeight(let picture): "the weight of picture \(picture) is no weight"
        case .mixedTemplate(let template): "template \(template) has pictures of two people"
        case .degenerateTemplate(let template):
            "the pictures of template \(template) cancel out: they have no direction in common"
        case .unknownTemplate(let template): "there is no template \(template), which a pair names"
        case .invalidScores(let sample):
            "sample \(sample) needs a class of the list and a finite score for each class"
        case .tooFewSamples(let needed): "too few to divide: \(needed) or more are needed"
        case .noGroups: "no comparison has labels of both pictures"
        case .calibrationFailed(let reason): "no calibration: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noMatedPairs: "add pairs of pictures that show one person"
        case .noImpostorPairs: "add pairs of pictures that show two people"
        case .invalidRate: "give a number between 0 and 1"
        case .invalidEmbedding: "normalize it"
        case .noRuns: "give one value or more"
        case .emptyGallery: "enroll somebody"
        case .noMatedSearches: "add probes of people in the gallery"
        case .noNonMatedSearches: "add probes of strangers"
        case .notEnrolled: "measure it as an open set"
        case .invalidWeight: "give 0 or more"
        case .noGroups: "give the column of groups"
        default: nil
        }
    }
}
