import Datasets
import Foundation
public import Training

/// The settings of the scenes on which detectors are trained.
public struct SceneSourceSettings: ConfigurationSection, Hashable {
    /// Archives from `likeness pack`, whose faces are pasted on photographs.
    public var archives = [".data/people.archive"]
    /// A folder of photographs with the boxes of all faces in them in `boxes.csv`.
    public var photographs = ".data/street"
    /// A list of the photographs' files that are held out, one name a line: they are only measured, at the end; empty
    /// for none.
    public var heldOut = "Experiments/small-faces/held-out.txt"
    /// A folder of pictures without human faces; empty for none.
    public var faceless = ""
    /// The side of a scene, in pixels.
    public var side = 320
    /// The largest number of faces that are added to a scene.
    public var facesPerScene = 5
    /// The longer side of the smallest face, in pixels; smaller ones are painted over.
    public var smallest = 6.0
    /// The longer side of the largest added face, in pixels.
    public var largest = 400.0
    /// The smallest scale at which photographs are shown.
    public var smallestScale = 0.5
    /// The largest scale at which photographs are shown.
    public var largestScale = 3.0
    /// The largest rotation of an added face, in degrees.
    public var rotation = 45.0
    /// The share of scenes that show a photograph with the faces in it.
    public var photographShare = 0.4
    /// The share of scenes that show a photograph in which some of the faces are exchanged for faces of the archives.
    public var exchangedShare = 0.24
    /// The share of scenes of crops that one face fills.
    public var tightShare = 0.18
    /// The share of these crops that show no face: otherwise, a detector learns that everything within a black margin is
    /// one.
    public var facelessShare = 0.5
    /// The share of scenes without faces. In the rest, faces are pasted anywhere.
    public var emptyShare = 0.08
    /// The share of added faces that the scene's edge may cut off.
    public var cutShare = 0.15
    /// The share of added faces on which a mask is drawn.
    public var maskShare = 0.25

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["archives"].expect(!archives.isEmpty, archives, "one or more folders")
        try fields["side"].expect(
            (64...2048).contains(side) && side % 32 == 0, side, "a multiple of 32 from 64 to 2048")
        try fields["facesPerScene"].expect(facesPerScene, in: 0...100)
        try fields["smallest"].expect(smallest, in: 4...Double(side) / 2)
        try fields["largest"].expect(largest >= smallest && largest <= 4096, largest, "from smallest to 4096")
        try fields["smallestScale"].expect(smallestScale, in: 0.1...10)
        try fields["largestScale"].expect(
            largestScale >= smallestScale && largestScale <= 10, largestScale, "from smallestScale to 10")
        try fields["rotation"].expect(rotation, in: 0...180)
        for (name, share) in [
            ("photographShare", photographShare), ("exchangedShare", exchangedShare), ("tightShare", tightShare),
            ("facelessShare", facelessShare), ("emptyShare", emptyShare), ("cutShare", cutShare),
            ("maskShare", maskShare),
        ] { try fields[name].expect(share, in: 0...1) }
        try fields["tightShare"].expect(
            photographShare + exchangedShare + tightShare + emptyShare <= 1 + 1e-9, tightShare,
            "at most 1 together with photographShare, exchangedShare and emptyShare")
    }

    /// The settings of a composer.
    private var composed: SceneSettings {
        var scenes = SceneSettings()
        (scenes.side, scenes.faces, scenes.rotation) = (side, facesPerScene, Float(rotation))
        scenes.sizes = Float(smallest)...Float(largest)
        scenes.scales = Float(smallestScale)...Float(largestScale)
        (scenes.photographs, scenes.exchanged) = (Float(photographShare), Float(exchangedShare))
        (scenes.tight, scenes.faceless, scenes.empty) = (Float(tightShare), Float(facelessShare), Float(emptyShare))
        (scenes.cut, scenes.masks) = (Float(cutShare), Float(maskShare))
        return scenes
    }

    /// Opens the archives, splits the photographs, and returns what composes scenes of the part that is trained on.
    func open(
        task: String, tell: (String) -> Void
    ) throws -> (composer: SceneComposer, split: PhotographSplit) {
        let archives = try archives.map {
            try FaceArchive(contentsOf: URL(filePath: $0, directoryHint: .isDirectory))
        }
        let pictures = try BoxedPicture.pictures(in: URL(filePath: photographs, directoryHint: .isDirectory))
        let names = heldOut.isEmpty ? [] : try PhotographSplit.names(in: URL(filePath: heldOut))
        let split = PhotographSplit(pictures, heldOut: names, tell: tell)
        let empty =
            try faceless.isEmpty ? [] : BoxedPicture.faceless(in: URL(filePath: faceless, directoryHint: .isDirectory))
        let composer = try SceneComposer(
            archives: archives, photographs: split.training, faceless: empty, settings: composed, task: task)
        tell(
            "\(archives.reduce(0) { $0 + $1.count }) faces to paste, \(split.training.count) photographs to train on, "
                + "\(split.validation.count) for validation, \(split.heldOut.count) held out, "
                + "\(empty.count) pictures without faces")
        return (composer, split)
    }
}
