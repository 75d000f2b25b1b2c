/// A fast 64-bit checksum that detects damage, but not manipulation.
///
/// It applies FNV-1a's step to eight words in parallel and is limited only by the speed of memory. Each step is a
/// bijection, so a flipped bit always changes the result.
enum Checksum {
    static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var lanes = SIMD8<UInt64>(repeating: seed ^ offset) &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
        let block = MemoryLayout<SIMD8<UInt64>>.size, blocks = bytes.count / block
        for index in 0..<blocks {
            lanes = mixed(lanes ^ bytes.loadUnaligned(fromByteOffset: index * block, as: SIMD8<UInt64>.self))
        }
        var result = UInt64(bytes.count)
        for lane in lanes.indices { result = (result ^ lanes[lane]) &* prime }
        for byte in bytes[(blocks * block)...] { result = (result ^ UInt64(byte)) &* prime }
        return result ^ result >> 32
    }

    static func of(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { of(UnsafeRawBufferPointer($0), seed: 0) }
    }

    /// Multiplication carries bits only upwards; the shift brings the upper bits down.
    private static func mixed(_ lanes: SIMD8<UInt64>) -> SIMD8<UInt64> {
        let product = lanes &* prime
        return product ^ product &>> 29
    }

    private static let offset: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01b3
}
