import Evaluation
import LikenessCommand
import LikenessRecords

extension FailedImageRecord {
    init(_ value: PairsReport.FailedImage) { self.init(image: value.image, reason: value.reason) }
}
