/// Limits how often each caller may send requests, by a bucket of tokens that fills steadily.
actor RateLimiter {
    private struct Bucket {
        var tokens: Double
        var moment: ContinuousClock.Instant
    }

    private let rate: Double
    private let burst: Double
    private var buckets: [String: Bucket] = [:]
    private let clock = ContinuousClock()
    /// More callers than this are forgotten, the fullest buckets first, so that addresses can't fill the memory.
    private static let mostCallers = 10_000

    /// Creates a limiter.
    ///
    /// - Parameters:
    ///   - rate: Requests per second; above 0.
    ///   - burst: Requests at once; at least 1.
    init(rate: Double, burst: Double) { (self.rate, self.burst) = (rate, max(burst, 1)) }

    /// Takes a token.
    ///
    /// - Throws: ``ServerError/tooManyRequests(retryAfter:)`` if there is none.
    func take(for caller: String) throws(ServerError) {
        let now = clock.now
        var bucket = buckets[caller] ?? Bucket(tokens: burst, moment: now)
        let elapsed = bucket.moment.duration(to: now)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        bucket.tokens = min(bucket.tokens + seconds * rate, burst)
        bucket.moment = now
        let isAllowed = bucket.tokens >= 1
        if isAllowed { bucket.tokens -= 1 }
        buckets[caller] = bucket
        if buckets.count > Self.mostCallers { forget() }
        guard isAllowed else {
            throw .tooManyRequests(retryAfter: max(1, Int(((1 - bucket.tokens) / rate).rounded(.up))))
        }
    }

    private func forget() {
        let kept = buckets.sorted { $0.value.moment > $1.value.moment }.prefix(Self.mostCallers / 2)
        buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
