internal import COpenVINO

/// The form of a network's input.
public enum InputFormat: Hashable, Sendable {
    /// The file's own input: numbers that are already preprocessed.
    case tensor
    /// Pictures in memory. The network must have one input, with the axes batch, channels, rows and columns.
    case pixels(PixelInput)
}

/// The conversion of pictures' bytes to a network's input.
///
/// The engine does it together with the first layer, which for a picture of 640 × 480 saves about a millisecond. The
/// input becomes bytes of batch × rows × columns × 3: red, green and blue of each pixel.
public struct PixelInput: Hashable, Sendable {
    /// The order of a network's channels.
    public enum Channels: String, Hashable, Codable, Sendable {
        /// Red, green, blue.
        case rgb
        /// Blue, green, red.
        case bgr
    }

    /// The order of the network's channels.
    public var channels: Channels
    /// The numbers subtracted from the red, green and blue bytes (0...255).
    public var mean: [Float]
    /// The factor applied after the subtraction.
    public var scale: Float

    /// Creates a conversion: (byte − mean) × scale, in the order of `channels`.
    ///
    /// - Parameters:
    ///   - channels: The order of the network's channels.
    ///   - mean: One number for each of red, green and blue, whatever the order of `channels`.
    ///   - scale: The factor of the differences, greater than 0.
    public init(channels: Channels, mean: [Float] = [0, 0, 0], scale: Float = 1) {
        precondition(mean.count == 3, "a picture has three channels")
        precondition(scale > 0, "the scale is positive")
        self.channels = channels
        self.mean = mean
        self.scale = scale
    }
}

extension PixelInput {
    /// Returns `model` with its input replaced by the bytes of pictures.
    func applied(to model: Handle, functions: Functions) throws(EngineError) -> Handle {
        let table = functions.table
        let processor = try functions.handle(free: table.preprocess_prepostprocessor_free) {
            table.preprocess_prepostprocessor_create(model.pointer, $0)
        }
        let input = try functions.handle(free: table.preprocess_input_info_free) {
            table.preprocess_prepostprocessor_get_input_info_by_index(processor.pointer, 0, $0)
        }
        try describeBytes(of: input, functions: functions)
        try describeNetwork(of: input, functions: functions)
        try addSteps(to: input, functions: functions)
        return try functions.handle(free: table.model_free) {
            table.preprocess_prepostprocessor_build(processor.pointer, $0)
        }
    }

    private func describeBytes(of input: Handle, functions: Functions) throws(EngineError) {
        let table = functions.table
        let bytes = try functions.handle(free: table.preprocess_input_tensor_info_free) {
            table.preprocess_input_info_get_tensor_info(input.pointer, $0)
        }
        let layout = try functions.handle(free: table.layout_free) { table.layout_create("NHWC", $0) }
        try functions.check(table.preprocess_input_tensor_info_set_element_type(bytes.pointer, ov_element_u8))
        try functions.check(table.preprocess_input_tensor_info_set_layout(bytes.pointer, layout.pointer))
    }

    private func describeNetwork(of input: Handle, functions: Functions) throws(EngineError) {
        let table = functions.table
        let network = try functions.handle(free: table.preprocess_input_model_info_free) {
            table.preprocess_input_info_get_model_info(input.pointer, $0)
        }
        let layout = try functions.handle(free: table.layout_free) { table.layout_create("NCHW", $0) }
        try functions.check(table.preprocess_input_model_info_set_layout(network.pointer, layout.pointer))
    }

    private func addSteps(to input: Handle, functions: Functions) throws(EngineError) {
        let table = functions.table
        let steps = try functions.handle(free: table.preprocess_preprocess_steps_free) {
            table.preprocess_input_info_get_preprocess_steps(input.pointer, $0)
        }
        try functions.check(table.preprocess_preprocess_steps_convert_element_type(steps.pointer, ov_element_f32))
        if mean != [0, 0, 0] {
            try functions.check(table.preprocess_preprocess_steps_mean_multi_channels(steps.pointer, mean, 3))
        }
        if scale != 1 { try functions.check(table.preprocess_preprocess_steps_scale(steps.pointer, 1 / scale)) }
        if channels == .bgr {
            try functions.check(table.preprocess_preprocess_steps_reverse_channels(steps.pointer))
        }
    }
}
