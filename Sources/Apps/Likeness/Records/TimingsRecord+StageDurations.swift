public import LikenessRecords
public import Recognition

extension TimingsRecord {
    /// Creates the record of the duration of each stage, in seconds.
    public init(_ durations: StageDurations) {
        self.init(
            decode: durations.decode, detect: durations.detect, align: durations.align, embed: durations.embed)
    }
}
