import Datasets
import Explanations
import Faces
import LikenessSupport
import Recognition

/// The pairs that have been tried.
struct TriedPairs {
    let test: TruthTest
    let recognizer: Recognizer
    let reading: PictureReading
    private(set) var trials: [TruthTrial] = []
    /// Seconds that each map took.
    private(set) var times: [Double] = []
    private(set) var failures: [ExplanationsEvaluation.FailedPair] = []
    /// What is to be said of the pictures.
    private(set) var notes = PictureNotes()
    /// The latest map, and the latest of somebody else.
    private var maps: [(person: String, cells: CellMap)] = []

    init(test: TruthTest, recognizer: Recognizer, reading: PictureReading) {
        (self.test, self.recognizer, self.reading) = (test, recognizer, reading)
    }

    /// Makes the map of a pair's first face and tries it; `false` where a picture has no face.
    mutating func add(_ pair: PairList.Pair, index: Int) async throws -> Bool {
        do {
            let face = HidableFace(try await crop(pair.imageA)), second = try await crop(pair.imageB)
            guard let other = try await test.explainer.embedder.embeddings(of: [second]).first else {
                return false
            }
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
        } catch let error as CancellationError {
            throw error
        } catch {
            failures.append(
                ExplanationsEvaluation.FailedPair(
                    imageA: pair.imageA, imageB: pair.imageB, reason: Reason.text(of: error)))
            return false
        }
    }

    private mutating func crop(_ image: String) async throws -> AlignedFace {
        let picture: AlignedPicture
        do {
            picture = try await recognizer.align(
                .file(PairList.url(of: image, in: reading.folder)), selecting: reading.selection)
        } catch let error as CancellationError {
            throw error
        } catch {
            var found = PictureNotes()
            found.addUnreadable(image, error)
            notes.add(found)
            throw UnreadPicture(image: image, reason: Reason.text(of: error))
        }
        var found = PictureNotes()
        found.add(picture.remarks, on: image)
        notes.add(found)
        guard let face = picture.faces.first else { throw RecognitionError.noFace }
        return face
    }
}

/// A picture of a pair that can't be read.
private struct UnreadPicture: Error, CustomStringConvertible {
    let image: String
    let reason: String

    var description: String { "\(image): \(reason)" }
}
