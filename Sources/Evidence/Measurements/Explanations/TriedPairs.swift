import Datasets
import Explanations
import Faces
import LikenessSupport
import Recognition

/// The pairs that have been tested.
struct TriedPairs {
    let test: TruthTest
    let recognizer: Recognizer
    let reading: PictureReading
    private(set) var trials: [TruthTrial] = []
    /// The time taken by each map, in seconds.
    private(set) var times: [Double] = []
    private(set) var failures: [ExplanationsEvaluation.FailedPair] = []
    /// Notes on the pictures.
    private(set) var notes = PictureNotes()
    /// The latest map, and the latest map of a different person.
    private var maps: [(person: String, cells: CellMap)] = []

    init(test: TruthTest, recognizer: Recognizer, reading: PictureReading) {
        (self.test, self.recognizer, self.reading) = (test, recognizer, reading)
    }

    /// Computes the map of a pair's first face and tests it.
    ///
    /// - Returns: Whether that was possible; if not, the pair is added to the failures.
    mutating func add(_ pair: PairList.Pair, index: Int) async throws -> Bool {
        do {
            return try await test(pair, index: index)
        } catch  where !(error is CancellationError) {
            fail(pair, because: ForeignError.translating(error).description)
            return false
        }
    }

    private mutating func test(_ pair: PairList.Pair, index: Int) async throws -> Bool {
        var crops: [AlignedFace] = []
        for image in [pair.imageA, pair.imageB] {
            let picture: AlignedPicture
            do {
                picture = try await recognizer.align(
                    .file(PairList.url(of: image, in: reading.folder)), selecting: reading.selection)
            } catch  where !(error is CancellationError) {
                var found = PictureNotes()
                found.addUnreadable(image, error)
                notes.add(found)
                fail(pair, because: "\(image): \(ForeignError.translating(error).description)")
                return false
            }
            var found = PictureNotes()
            found.add(picture.remarks, on: image)
            notes.add(found)
            guard let face = picture.faces.first else { throw RecognitionError.noFace }
            crops.append(face)
        }
        let face = HidableFace(crops[0])
        guard let other = try await test.explainer.embedder.embeddings(of: [crops[1]]).first else { return false }
        let start = ContinuousClock.now
        let map = try await test.explainer.map(of: face, against: other)
        let taken = ContinuousClock.now - start
        let person = pair.personA ?? pair.imageA
        let foreign = maps.last { $0.person != person }?.cells
        let trial = try await test.trial(
            of: map, face, against: other, foreign: foreign, person: person, index: index)
        trials.append(trial)
        times.append(taken.seconds)
        maps = Array((maps.filter { $0.person != person } + [(person, map.cells)]).suffix(2))
        return true
    }

    private mutating func fail(_ pair: PairList.Pair, because reason: String) {
        failures.append(
            ExplanationsEvaluation.FailedPair(imageA: pair.imageA, imageB: pair.imageB, reason: reason))
    }
}
