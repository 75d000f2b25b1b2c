public import LikenessRecords
public import Recognition

extension TimingsRecord {
    /// How long each stage took.
    public init(_ durations: StageDurations) {
        self.init(
            decode: durations.decode, detect: durations.detect, align: durations.align, embed: durations.embed)
    }
}
