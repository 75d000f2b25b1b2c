internal import CTorch

extension Tensor {
    private func unary(_ operation: ctorch_unary, _ name: String) -> Tensor {
        let result = Self.make { $0.unary(operation, handle, &$1) }
        return Tensor(handle: result, traced: traced?.then(name, [self]))
    }

    private static func binary(_ operation: ctorch_binary, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
        let result = make { $0.binary(operation, a.handle, b.handle, &$1) }
        return Tensor(handle: result, traced: (a.traced ?? b.traced)?.then(name, [a, b]))
    }

    private static func binary(_ operation: ctorch_binary, _ name: String, _ a: Tensor, _ b: Double) -> Tensor {
        let result = make { $0.with_scalar(operation, a.handle, b, &$1) }
        let traced = a.traced?.then(name, [a, full(b, shape: [], element: a.element)])
        return Tensor(handle: result, traced: traced)
    }

    // MARK: Two tensors with broadcasting; a tensor and a number

    /// Returns the elementwise sum of two tensors.
    public static func + (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_add, "Add", a, b) }
    /// Returns the elementwise difference of two tensors.
    public static func - (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_subtract, "Sub", a, b) }
    /// Returns the elementwise product of two tensors.
    public static func * (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_multiply, "Mul", a, b) }
    /// Returns the elementwise quotient of two tensors.
    public static func / (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_divide, "Div", a, b) }
    /// Adds `b` to each element.
    public static func + (a: Tensor, b: Double) -> Tensor { binary(ctorch_add, "Add", a, b) }
    /// Subtracts `b` from each element.
    public static func - (a: Tensor, b: Double) -> Tensor { binary(ctorch_subtract, "Sub", a, b) }
    /// Multiplies each element by `b`.
    public static func * (a: Tensor, b: Double) -> Tensor { binary(ctorch_multiply, "Mul", a, b) }
    /// Divides each element by `b`.
    public static func / (a: Tensor, b: Double) -> Tensor { binary(ctorch_divide, "Div", a, b) }
    /// Adds `a` to each element.
    public static func + (a: Double, b: Tensor) -> Tensor { b + a }
    /// Multiplies each element by `a`.
    public static func * (a: Double, b: Tensor) -> Tensor { b * a }
    /// Subtracts each element from `a`.
    public static func - (a: Double, b: Tensor) -> Tensor { -b + a }
    /// Negates each element.
    public static prefix func - (a: Tensor) -> Tensor { a.unary(ctorch_negate, "Neg") }

    /// Returns the matrix product over the last two axes; the other axes are broadcast.
    public func matmul(_ other: Tensor) -> Tensor { Self.binary(ctorch_matmul, "MatMul", self, other) }

    /// Raises each element to this power.
    public func pow(_ exponent: Double) -> Tensor { Self.binary(ctorch_power, "Pow", self, exponent) }

    /// Returns the elementwise maximum of two tensors.
    public func maximum(_ other: Tensor) -> Tensor { Self.binary(ctorch_maximum, "Max", self, other) }

    /// Returns the larger of each element and `bound`.
    public func maximum(_ bound: Double) -> Tensor { Self.binary(ctorch_maximum, "Max", self, bound) }

    /// Returns the elementwise minimum of two tensors.
    public func minimum(_ other: Tensor) -> Tensor { Self.binary(ctorch_minimum, "Min", self, other) }

    /// Returns the smaller of each element and `bound`.
    public func minimum(_ bound: Double) -> Tensor { Self.binary(ctorch_minimum, "Min", self, bound) }

    /// Limits each element to `range`.
    public func clamped(to range: ClosedRange<Double>) -> Tensor {
        let result = Self.make { $0.clamp(handle, range.lowerBound, range.upperBound, &$1) }
        let bounds = [range.lowerBound, range.upperBound].map { Self.full($0, shape: [], element: element) }
        return Tensor(handle: result, traced: traced?.then("Clip", [self] + bounds))
    }

    // MARK: Comparing

    /// Returns whether the elements are equal, element by element.
    public static func .== (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_equal, "Equal", a, b) }
    /// Returns whether the elements differ, element by element.
    public static func .!= (a: Tensor, b: Tensor) -> Tensor { !(a .== b) }
    /// Returns whether each element of the first tensor is larger.
    public static func .> (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_greater, "Greater", a, b) }
    /// Returns whether each element of the first tensor is smaller.
    public static func .< (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_less, "Less", a, b) }
    /// Returns whether each element is larger than `b`.
    public static func .> (a: Tensor, b: Double) -> Tensor { binary(ctorch_greater, "Greater", a, b) }
    /// Returns whether each element is smaller than `b`.
    public static func .< (a: Tensor, b: Double) -> Tensor { binary(ctorch_less, "Less", a, b) }
    /// Returns whether each element is at least `b`.
    public static func .>= (a: Tensor, b: Double) -> Tensor { binary(ctorch_greater_equal, "GreaterOrEqual", a, b) }
    /// Returns whether each element is at most `b`.
    public static func .<= (a: Tensor, b: Double) -> Tensor { binary(ctorch_less_equal, "LessOrEqual", a, b) }
    /// Returns the elementwise logical AND.
    public static func .& (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_and, "And", a, b) }
    /// Returns the elementwise logical OR.
    public static func .| (a: Tensor, b: Tensor) -> Tensor { binary(ctorch_or, "Or", a, b) }
    /// Returns the elementwise logical NOT.
    public static prefix func ! (a: Tensor) -> Tensor { a.unary(ctorch_logical_not, "Not") }

    /// Returns the elements of `a` at the positions where this tensor is true, and those of `b` everywhere else.
    public func select(_ a: Tensor, _ b: Tensor) -> Tensor {
        let result = Self.make { $0.select(handle, a.handle, b.handle, &$1) }
        return Tensor(
            handle: result,
            traced: (traced ?? a.traced ?? b.traced)?.then("Where", [self, a, b]))
    }

    // MARK: Elementwise functions

    /// The absolute value of each element.
    public var magnitude: Tensor { unary(ctorch_abs, "Abs") }
    /// e to the power of each element.
    public var exponential: Tensor { unary(ctorch_exp, "Exp") }
    /// The natural logarithm of each element.
    public var logarithm: Tensor { unary(ctorch_log, "Log") }
    /// The square root of each element.
    public var squareRoot: Tensor { unary(ctorch_sqrt, "Sqrt") }
    /// The cosine of each element, an angle in radians.
    public var cosine: Tensor { unary(ctorch_cosine, "Cos") }
    /// The arc cosine of each element, in radians from 0 to π.
    public var arcCosine: Tensor { unary(ctorch_arc_cosine, "Acos") }
    /// The square of each element.
    public var squared: Tensor {
        let result = Self.make { $0.unary(ctorch_square, handle, &$1) }
        return Tensor(handle: result, traced: traced?.then("Mul", [self, self]))
    }

    fileprivate func rectified() -> Tensor { unary(ctorch_relu, "Relu") }
    fileprivate func logistic() -> Tensor { unary(ctorch_sigmoid, "Sigmoid") }
    fileprivate func hyperbolicTangent() -> Tensor { unary(ctorch_tanh, "Tanh") }
    fileprivate func softPlus() -> Tensor { unary(ctorch_softplus, "Softplus") }
}

/// Returns the positive part of each element (rectifier).
public func relu(_ x: Tensor) -> Tensor { x.rectified() }

/// Returns the logistic function of each element, from 0 to 1.
public func sigmoid(_ x: Tensor) -> Tensor { x.logistic() }

/// Returns the hyperbolic tangent of each element, from −1 to 1.
public func tanh(_ x: Tensor) -> Tensor { x.hyperbolicTangent() }

/// Returns log(1 + eˣ) of each element, a smooth positive part.
public func softplus(_ x: Tensor) -> Tensor { x.softPlus() }

/// Returns x · sigmoid(x) (Ramachandran et al., 2017, arXiv:1710.05941).
public func silu(_ x: Tensor) -> Tensor { x * sigmoid(x) }
