/// The picture sizes at which a detector's behavior changes, for tests that sweep them.
package enum CriticalSides {
    /// The critical sides in pixels, ascending: those of canvases and views, with and without a border, and those from
    /// which a second search is done.
    package static var all: [Int] {
        let yunet = YuNetConfiguration(), retinaFace = RetinaFaceConfiguration(), mtcnn = MTCNNConfiguration()
        let views = [
            yunet.longestSide, yunet.fineSide, yunet.longestSide * 3 / 2, retinaFace.longestSide, mtcnn.longestSide,
        ].compactMap(\.self)
        let sides = Canvas.sides + views
        let bordered = sides.flatMap { side in
            [yunet.border, retinaFace.border, mtcnn.border].map { Int(Float(side) / (1 + 2 * $0)) }
        }
        let quarters = sides.flatMap { side in (1...3).map { side * $0 / 4 } }
        let smallest = [1, 12, mtcnn.minimumFaceSize, Canvas.step]
        return Set(sides + bordered + quarters + smallest).sorted()
    }
}
