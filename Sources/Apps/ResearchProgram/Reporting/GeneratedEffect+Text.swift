import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements

extension [GeneratedEffect] {
    /// Returns a remark for each face on which the generator failed.
    func remarks(on picture: String, _ direction: GeneratorDirection) -> [String] {
        enumerated().compactMap { index, effect in
            guard effect.hasFailed(direction) else { return nil }
            let name = count > 1 ? "\(picture), face \(index + 1)" : picture
            let change = String(decimal(effect.lowerFaceChange * 100, 1)) + " %"
            let probability =
                "probability of a mask \(decimal(effect.maskProbabilityBefore, 2)) before and "
                + "\(decimal(effect.maskProbabilityAfter, 2)) after; the lower face changed by \(change)"
            return switch direction {
            case .unmask: "\(name): the mask stays: \(probability)"
            case .mask: "\(name): no mask was generated: \(probability)"
            }
        }
    }
}

extension AlteredRecord {
    /// Adds the effects of a generator, in numbers and in words.
    mutating func add(_ effects: [GeneratedEffect], of direction: GeneratorDirection) {
        generated = effects.map { GeneratedFaceRecord($0) }
        let bare = effects.count { direction == .unmask && $0.wasBare }
        if bare > 0 {
            steps.append("no mask was found" + (effects.count > 1 ? " on \(bare) of \(effects.count) faces" : ""))
        }
        let failed = effects.count { $0.hasFailed(direction) }
        guard failed > 0 else { return }
        let share = effects.count > 1 ? " on \(failed) of \(effects.count) faces" : ""
        steps.append((direction == .unmask ? "the mask stays" : "no mask was generated") + share)
    }
}
