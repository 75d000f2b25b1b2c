public import LikenessSupport

/// An error that prevents a measurement.
public enum EvaluationError: LikenessError, Hashable {
    /// There is no mated comparison, of two pictures of one person.
    case noMatedPairs
    /// There is no impostor comparison, of pictures of two people.
    case noImpostorPairs
    /// A similarity is not a number, or is plus infinity; the value is the comparison's index, from 0.
    case invalidSimilarity(comparison: Int)
    /// A rate or a level is not between 0 and 1.
    case invalidRate(Double)
    /// There are too few impostor pairs to support a false match rate.
    case unsupportedRate(Double, impostorPairs: Int, needed: Int)
    /// All pairs are in one fold, so there are no others on which a threshold could be chosen.
    case tooFewFolds
    /// Comparisons do not name the people in them, so people can't be resampled.
    case noPeople
    /// An embedding does not have unit length; the value is its row, from 0.
    case invalidEmbedding(row: Int)
    /// A list of results of runs is empty.
    case noRuns
    /// A set of feature vectors has fewer than two, or they have different lengths.
    case tooFewDescriptions
    /// The lists of two systems contain different pairs; the value is the first index at which they differ.
    case differentPairs(comparison: Int)
    /// A gallery has no templates.
    case emptyGallery
    /// There is no search for a person who is enrolled.
    case noMatedSearches
    /// There is no search for a person who is not enrolled.
    case noNonMatedSearches
    /// A search in a closed set is for a person who is not enrolled.
    case notEnrolled(String)
    /// There are too few searches to support a false positive identification rate.
    case unsupportedIdentificationRate(Double, searches: Int, needed: Int)
    /// No one has enough pictures to be both enrolled and searched for.
    case tooFewPictures(needed: Int)
    /// A picture's weight is negative or not finite; the value is its index, from 0.
    case invalidWeight(picture: Int)
    /// A template has pictures of two people.
    case mixedTemplate(String)
    /// The pictures of a template cancel each other out.
    case degenerateTemplate(String)
    /// A pair names a template that does not exist.
    case unknownTemplate(String)
    /// A sample has a missing or non-finite score, or an unknown class; the value is its index, from 0.
    case invalidScores(sample: Int)
    /// There are too few samples or people to divide.
    case tooFewSamples(needed: Int)
    /// No comparison has group labels for both pictures.
    case noGroups
    /// A calibration can't be fitted; the value is the reason.
    case calibrationFailed(String)

    /// The code of all cases.
    public var code: String { "bad_measurement" }

    /// The category of all cases.
    public var category: ErrorCategory { .badData }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noMatedPairs: "no mated pairs"
        case .noImpostorPairs: "no impostor pairs"
        case .invalidSimilarity(let comparison):
            "the similarity of comparison \(comparison) is not a number; a comparison without a face must have no "
                + "similarity"
        case .invalidRate(let rate): "\(rate) is not between 0 and 1"
        case .unsupportedRate(let rate, let pairs, let needed):
            "\(pairs) impostor pairs can't support a false match rate of \(rate): it needs \(needed)"
        case .tooFewFolds:
            "all pairs are in one fold: accuracy needs at least two, one to choose the threshold and one to measure"
        case .noPeople: "the comparisons do not name the people in the pictures, so people can't be resampled"
        case .invalidEmbedding(let row): "embedding \(row) does not have unit length"
        case .noRuns: "there are no runs to summarize"
        case .tooFewDescriptions:
            "a set needs at least two feature vectors, all of the same length"
        case .differentPairs(let comparison):
            "the lists differ at comparison \(comparison): both systems must compare the same pairs in the same order"
        case .emptyGallery: "the gallery is empty"
        case .noMatedSearches: "no searches for enrolled people"
        case .noNonMatedSearches: "no searches for people who are not enrolled"
        case .notEnrolled(let person): "\(person) is not enrolled, as everyone in a closed set must be"
        case .unsupportedIdentificationRate(let rate, let searches, let needed):
            "\(searches) searches for people who are not enrolled can't support a false positive identification rate "
                + "of \(rate): it needs \(needed)"
        case .tooFewPictures(let needed):
            "no one has \(needed) pictures, enough to enroll some and search for the others"
        case .invalidWeight(let picture): "the weight of picture \(picture) is negative or not finite"
        case .mixedTemplate(let template): "template \(template) has pictures of two people"
        case .degenerateTemplate(let template):
            "the pictures of template \(template) cancel each other out"
        case .unknownTemplate(let template): "a pair names the template \(template), which does not exist"
        case .invalidScores(let sample):
            "sample \(sample) needs a known class, and a finite score for each class"
        case .tooFewSamples(let needed): "there are too few to divide: at least \(needed) are needed"
        case .noGroups: "no comparison has labels of both pictures"
        case .calibrationFailed(let reason): "the calibration failed: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noMatedPairs: "add pairs of pictures that show one person"
        case .noImpostorPairs: "add pairs of pictures that show two people"
        case .invalidRate: "use a number between 0 and 1"
        case .invalidEmbedding: "normalize it"
        case .noRuns: "add at least one value"
        case .emptyGallery: "enroll a person"
        case .noMatedSearches: "add probes of people in the gallery"
        case .noNonMatedSearches: "add probes of people who are not enrolled"
        case .notEnrolled: "evaluate it as an open set"
        case .invalidWeight: "use a weight of 0 or more"
        case .noGroups: "specify the column of groups"
        default: nil
        }
    }
}
