// libtorch behind the C interface of Sources/Learning/CTorch/include/ctorch.h, built by scripts/setup --training. No
// exception leaves this file.

#include "ctorch.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <torch/headeronly/version.h>

#include <cstring>
#include <string>
#include <vector>

namespace {

thread_local std::string last_message;

template <class Body>
int32_t guarded(Body body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error &error) {
        last_message = error.what_without_backtrace();
    } catch (const std::exception &error) {
        last_message = error.what();
    } catch (...) {
        last_message = "an unknown failure";
    }
    return -1;
}

at::Tensor &tensor(ctorch_tensor *handle) { return *reinterpret_cast<at::Tensor *>(handle); }

std::optional<at::Tensor> optional(ctorch_tensor *handle) {
    if (!handle) return std::nullopt;
    return tensor(handle);
}

/// Runs a body that creates a tensor, and hands the tensor over to the caller.
template <class Body>
int32_t making(ctorch_tensor **out, Body body) noexcept {
    return guarded([&] { *out = reinterpret_cast<ctorch_tensor *>(new at::Tensor(body())); });
}

at::IntArrayRef ints(const int64_t *values, int32_t count) { return {values, static_cast<size_t>(count)}; }

std::vector<at::Tensor> list(ctorch_tensor *const *handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; ++i) tensors.push_back(tensor(handles[i]));
    return tensors;
}

constexpr at::ScalarType types[] = {at::kFloat, at::kBFloat16, at::kHalf, at::kDouble,
                                    at::kLong,  at::kInt,      at::kByte, at::kBool};

at::Device device(ctorch_device kind) { return kind == ctorch_cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU); }

at::TensorOptions options(ctorch_type type, ctorch_device kind) {
    return at::TensorOptions().dtype(types[type]).device(device(kind));
}

// MARK: The thread and the process

const char *message() { return last_message.c_str(); }
const char *torch_version() { return TORCH_VERSION; }
bool has_cuda() { return at::hasCUDA(); }

int32_t set_threads(int32_t count) {
    return guarded([&] { at::set_num_threads(count); });
}

int32_t seed(uint64_t value) {
    return guarded([&] {
        // Sets the seed before the first random number, so that no run depends on the random numbers of another.
        auto generator = at::detail::getDefaultCPUGenerator();
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(value);
        if (at::hasCUDA()) {
            auto cuda = at::globalContext().defaultGenerator(at::Device(at::kCUDA, 0));
            std::lock_guard<std::mutex> cuda_lock(cuda.mutex());
            cuda.set_current_seed(value);
        }
    });
}

int32_t set_gradients(bool enabled, bool *was_enabled) {
    return guarded([&] {
        *was_enabled = c10::GradMode::is_enabled();
        c10::GradMode::set_enabled(enabled);
    });
}

int32_t set_autocast(ctorch_device kind, bool enabled, ctorch_type type, bool *was_enabled) {
    return guarded([&] {
        auto where = device(kind).type();
        *was_enabled = at::autocast::is_autocast_enabled(where);
        at::autocast::set_autocast_enabled(where, enabled);
        if (enabled) {
            at::autocast::set_autocast_dtype(where, types[type]);
        } else {
            at::autocast::clear_cache();
        }
    });
}

// MARK: Creating and reading

int32_t from_bytes(const void *bytes, ctorch_type type, const int64_t *shape, int32_t rank, ctorch_device kind,
                   ctorch_tensor **out) {
    return making(out, [&] {
        // Copies byte by byte, because the data of a file may not be aligned for its type.
        auto values = at::empty(ints(shape, rank), options(type, ctorch_cpu));
        memcpy(values.data_ptr(), bytes, values.nbytes());
        return values.to(device(kind));
    });
}

int32_t full(double value, ctorch_type type, const int64_t *shape, int32_t rank, ctorch_device kind,
             ctorch_tensor **out) {
    return making(out, [&] { return at::full(ints(shape, rank), value, options(type, kind)); });
}

/// Returns a new generator with this seed, or nothing for the process's own.
std::optional<at::Generator> generator(const uint64_t *seed) {
    if (!seed) return std::nullopt;
    return at::detail::createCPUGenerator(*seed);
}

int32_t uniform(double low, double high, const uint64_t *seed, const int64_t *shape, int32_t rank,
                ctorch_tensor **out) {
    return making(out, [&] { return at::empty(ints(shape, rank), at::kFloat).uniform_(low, high, generator(seed)); });
}

int32_t normal(double mean, double deviation, const uint64_t *seed, const int64_t *shape, int32_t rank,
               ctorch_tensor **out) {
    return making(
        out, [&] { return at::empty(ints(shape, rank), at::kFloat).normal_(mean, deviation, generator(seed)); });
}

int32_t range(int64_t count, ctorch_device kind, ctorch_tensor **out) {
    return making(out, [&] { return at::arange(count, options(ctorch_int64, kind)); });
}

void release(ctorch_tensor *handle) { delete &tensor(handle); }

int32_t rank(ctorch_tensor *handle) { return static_cast<int32_t>(tensor(handle).dim()); }

void shape(ctorch_tensor *handle, int64_t *out) {
    int64_t axis = 0;
    for (auto extent : tensor(handle).sizes()) out[axis++] = extent;
}

int32_t type(ctorch_tensor *handle) {
    for (int32_t i = 0; i < 8; ++i) {
        if (types[i] == tensor(handle).scalar_type()) return i;
    }
    return -1;
}

int32_t device_of(ctorch_tensor *handle) { return tensor(handle).is_cuda() ? ctorch_cuda : ctorch_cpu; }

int32_t read(ctorch_tensor *handle, ctorch_type type, void *bytes, int64_t count) {
    return guarded([&] {
        auto values = tensor(handle).detach().to(options(type, ctorch_cpu)).contiguous();
        TORCH_CHECK(static_cast<int64_t>(values.nbytes()) == count, "expected ", values.nbytes(), " bytes");
        memcpy(bytes, values.data_ptr(), values.nbytes());
    });
}

int32_t to(ctorch_tensor *handle, ctorch_type type, ctorch_device kind, ctorch_tensor **out) {
    return making(out, [&] { return tensor(handle).to(options(type, kind)); });
}

int32_t channels_last(ctorch_tensor *handle, ctorch_tensor **out) {
    return making(out, [&] { return tensor(handle).contiguous(at::MemoryFormat::ChannelsLast); });
}

int32_t copy(ctorch_tensor *into, ctorch_tensor *from) {
    return guarded([&] {
        c10::AutoGradMode off(false);
        tensor(into).copy_(tensor(from));
    });
}

int32_t fill(ctorch_tensor *into, double value) {
    return guarded([&] {
        c10::AutoGradMode off(false);
        tensor(into).fill_(value);
    });
}

// MARK: Gradients

int32_t detach(ctorch_tensor *x, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).detach(); });
}

int32_t clone(ctorch_tensor *x, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).clone(); });
}

int32_t require_gradient(ctorch_tensor *x, bool required) {
    return guarded([&] { tensor(x).requires_grad_(required); });
}

bool requires_gradient(ctorch_tensor *x) { return tensor(x).requires_grad(); }

int32_t backward(ctorch_tensor *x) {
    return guarded([&] { tensor(x).backward(); });
}

int32_t gradient(ctorch_tensor *x, ctorch_tensor **out) {
    return guarded([&] {
        const auto &gradient = tensor(x).grad();
        *out = gradient.defined() ? reinterpret_cast<ctorch_tensor *>(new at::Tensor(gradient)) : nullptr;
    });
}

int32_t clear_gradient(ctorch_tensor *x) {
    return guarded([&] { tensor(x).mutable_grad().reset(); });
}

// MARK: Arithmetic

at::Tensor applied(ctorch_unary operation, const at::Tensor &x) {
    switch (operation) {
        case ctorch_negate: return x.neg();
        case ctorch_abs: return x.abs();
        case ctorch_exp: return x.exp();
        case ctorch_log: return x.log();
        case ctorch_sqrt: return x.sqrt();
        case ctorch_square: return x.square();
        case ctorch_cosine: return x.cos();
        case ctorch_arc_cosine: return x.acos();
        case ctorch_relu: return x.relu();
        case ctorch_sigmoid: return x.sigmoid();
        case ctorch_tanh: return x.tanh();
        case ctorch_softplus: return at::softplus(x);
        case ctorch_logical_not: return x.logical_not();
    }
    TORCH_CHECK(false, "no such operation");
}

template <class Second>
at::Tensor compared(ctorch_binary operation, const at::Tensor &a, const Second &b) {
    switch (operation) {
        case ctorch_add: return a.add(b);
        case ctorch_subtract: return a.sub(b);
        case ctorch_multiply: return a.mul(b);
        case ctorch_divide: return a.div(b);
        case ctorch_power: return a.pow(b);
        case ctorch_equal: return a.eq(b);
        case ctorch_less: return a.lt(b);
        case ctorch_less_equal: return a.le(b);
        case ctorch_greater: return a.gt(b);
        case ctorch_greater_equal: return a.ge(b);
        default: TORCH_CHECK(false, "no such operation");
    }
}

at::Tensor applied(ctorch_binary operation, const at::Tensor &a, const at::Tensor &b) {
    switch (operation) {
        case ctorch_maximum: return at::maximum(a, b);
        case ctorch_minimum: return at::minimum(a, b);
        case ctorch_and: return at::logical_and(a, b);
        case ctorch_or: return at::logical_or(a, b);
        case ctorch_matmul: return at::matmul(a, b);
        default: return compared(operation, a, b);
    }
}

int32_t unary(ctorch_unary operation, ctorch_tensor *x, ctorch_tensor **out) {
    return making(out, [&] { return applied(operation, tensor(x)); });
}

int32_t binary(ctorch_binary operation, ctorch_tensor *a, ctorch_tensor *b, ctorch_tensor **out) {
    return making(out, [&] { return applied(operation, tensor(a), tensor(b)); });
}

int32_t with_scalar(ctorch_binary operation, ctorch_tensor *a, double b, ctorch_tensor **out) {
    return making(out, [&]() -> at::Tensor {
        switch (operation) {
            case ctorch_maximum: return tensor(a).clamp_min(b);
            case ctorch_minimum: return tensor(a).clamp_max(b);
            default: return compared(operation, tensor(a), at::Scalar(b));
        }
    });
}

int32_t clamp(ctorch_tensor *x, double low, double high, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).clamp(low, high); });
}

int32_t reduce(ctorch_reduction operation, ctorch_tensor *handle, const int64_t *axes, int32_t count, bool keep,
               ctorch_tensor **out) {
    return making(out, [&]() -> at::Tensor {
        const auto &x = tensor(handle);
        std::vector<int64_t> every;
        auto over = ints(axes, count);
        if (count == 0) {
            for (int64_t axis = 0; axis < x.dim(); ++axis) every.push_back(axis);
            over = every;
        }
        switch (operation) {
            case ctorch_sum: return x.sum(over, keep);
            case ctorch_mean: return x.mean(over, keep);
            case ctorch_max: return x.amax(over, keep);
            case ctorch_min: return x.amin(over, keep);
            case ctorch_log_sum_exp: return x.logsumexp(over, keep);
            case ctorch_norm: return at::linalg_vector_norm(x, 2, over, keep);
        }
        TORCH_CHECK(false, "no such reduction");
    });
}

int32_t arg_max(ctorch_tensor *x, int64_t axis, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).argmax(axis); });
}

int32_t softmax(ctorch_tensor *x, int64_t axis, bool logarithm, ctorch_tensor **out) {
    return making(out, [&] { return logarithm ? tensor(x).log_softmax(axis) : tensor(x).softmax(axis); });
}

int32_t select(ctorch_tensor *condition, ctorch_tensor *a, ctorch_tensor *b, ctorch_tensor **out) {
    return making(out, [&] { return at::where(tensor(condition), tensor(a), tensor(b)); });
}

// MARK: Shape

int32_t reshape(ctorch_tensor *x, const int64_t *shape, int32_t rank, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).reshape(ints(shape, rank)); });
}

int32_t permute(ctorch_tensor *x, const int64_t *axes, int32_t rank, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).permute(ints(axes, rank)); });
}

int32_t expand(ctorch_tensor *x, const int64_t *shape, int32_t rank, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).expand(ints(shape, rank)); });
}

int32_t concatenate(ctorch_tensor *const *tensors, int32_t count, int64_t axis, ctorch_tensor **out) {
    return making(out, [&] { return at::cat(list(tensors, count), axis); });
}

int32_t slice(ctorch_tensor *x, int64_t axis, int64_t start, int64_t end, int64_t step, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).slice(axis, start, end, step); });
}

int32_t flip(ctorch_tensor *x, int64_t axis, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).flip({axis}); });
}

int32_t take(ctorch_tensor *x, int64_t axis, ctorch_tensor *indices, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).index_select(axis, tensor(indices)); });
}

int32_t gather(ctorch_tensor *x, int64_t axis, ctorch_tensor *indices, ctorch_tensor **out) {
    return making(out, [&] { return tensor(x).gather(axis, tensor(indices)); });
}

// MARK: Layers

int32_t linear(ctorch_tensor *x, ctorch_tensor *weight, ctorch_tensor *bias, ctorch_tensor **out) {
    return making(out, [&] { return at::linear(tensor(x), tensor(weight), optional(bias)); });
}

int32_t convolve(ctorch_tensor *x, ctorch_tensor *weight, ctorch_tensor *bias, const ctorch_convolution *how,
                 ctorch_tensor **out) {
    return making(out, [&] {
        return at::conv2d(tensor(x), tensor(weight), optional(bias), how->stride, how->padding, how->dilation,
                          how->groups);
    });
}

int32_t convolve_transposed(ctorch_tensor *x, ctorch_tensor *weight, ctorch_tensor *bias,
                            const ctorch_convolution *how, ctorch_tensor **out) {
    return making(out, [&] {
        return at::conv_transpose2d(tensor(x), tensor(weight), optional(bias), how->stride, how->padding, 0,
                                    how->groups, how->dilation);
    });
}

int32_t batch_norm(ctorch_tensor *x, ctorch_tensor *weight, ctorch_tensor *bias, ctorch_tensor *mean,
                   ctorch_tensor *variance, bool training, double momentum, double epsilon, ctorch_tensor **out) {
    return making(out, [&] {
        return at::batch_norm(tensor(x), optional(weight), optional(bias), tensor(mean), tensor(variance), training,
                              momentum, epsilon, true);
    });
}

int32_t layer_norm(ctorch_tensor *x, ctorch_tensor *weight, ctorch_tensor *bias, double epsilon, ctorch_tensor **out) {
    return making(out, [&] {
        return at::layer_norm(tensor(x), tensor(weight).sizes(), tensor(weight), tensor(bias), epsilon);
    });
}

int32_t rectify(ctorch_tensor *x, ctorch_tensor *slope, ctorch_tensor **out) {
    return making(out, [&] { return at::prelu(tensor(x), tensor(slope).flatten()); });
}

int32_t max_pool(ctorch_tensor *x, int64_t kernel, int64_t stride, int64_t padding, ctorch_tensor **out) {
    return making(out, [&] { return at::max_pool2d(tensor(x), kernel, stride, padding); });
}

int32_t average_pool(ctorch_tensor *x, int64_t kernel, int64_t stride, int64_t padding, ctorch_tensor **out) {
    return making(out, [&] { return at::avg_pool2d(tensor(x), kernel, stride, padding, false, false); });
}

int32_t resize(ctorch_tensor *x, int64_t height, int64_t width, ctorch_tensor **out) {
    return making(out, [&] { return at::upsample_bilinear2d(tensor(x), {height, width}, false); });
}

int32_t dropout(ctorch_tensor *x, double probability, bool training, ctorch_tensor **out) {
    return making(out, [&] { return at::dropout(tensor(x), probability, training); });
}

// MARK: Optimizers

std::vector<at::Tensor> gradients(const std::vector<at::Tensor> &parameters) {
    std::vector<at::Tensor> gradients;
    gradients.reserve(parameters.size());
    for (const auto &parameter : parameters) {
        TORCH_CHECK(parameter.grad().defined(), "a parameter has no gradient");
        gradients.push_back(parameter.grad());
    }
    return gradients;
}

int32_t clip_gradients(ctorch_tensor *const *parameters, int32_t count, double largest, double *norm) {
    return guarded([&] {
        c10::AutoGradMode off(false);
        auto all = gradients(list(parameters, count));
        auto total = at::linalg_vector_norm(at::stack(at::_foreach_norm(all, 2)), 2).item<double>();
        *norm = total;
        if (total > largest) at::_foreach_mul_(all, largest / (total + 1e-6));
    });
}

int32_t adaptive_step(ctorch_adaptive kind, ctorch_tensor *const *handles, ctorch_tensor *const *first,
                      ctorch_tensor *const *second, int32_t count, int64_t step, double rate, double beta1,
                      double beta2, double epsilon, double decay) {
    return guarded([&] {
        c10::AutoGradMode off(false);
        auto parameters = list(handles, count);
        auto grads = gradients(parameters);
        auto means = list(first, count), squares = list(second, count);
        // Each parameter has its own counter in libtorch; all have the same step here.
        std::vector<at::Tensor> steps;
        for (const auto &parameter : parameters) {
            steps.push_back(at::full({}, static_cast<double>(step), parameter.options().dtype(at::kFloat)));
        }
        if (kind == ctorch_adam) {
            at::_fused_adam_(parameters, grads, means, squares, {}, steps, rate, beta1, beta2, decay, epsilon, false,
                             false);
        } else {
            at::_fused_adamw_(parameters, grads, means, squares, {}, steps, rate, beta1, beta2, decay, epsilon, false,
                              false);
        }
    });
}

int32_t momentum_step(ctorch_tensor *const *handles, ctorch_tensor *const *momenta, int32_t count, double rate,
                      double momentum, double decay, bool nesterov) {
    return guarded([&] {
        c10::AutoGradMode off(false);
        auto parameters = list(handles, count);
        auto grads = gradients(parameters);
        // Momenta start at zero, so that the first step needs no special case. Without momentum there are none.
        auto buffers = momentum == 0 ? std::vector<at::Tensor>() : list(momenta, count);
        at::_fused_sgd_(parameters, grads, buffers, decay, momentum, rate, 0, nesterov, false, false);
    });
}

const ctorch_api api = {
    .version = CTORCH_VERSION,
    .message = message,
    .torch_version = torch_version,
    .has_cuda = has_cuda,
    .set_threads = set_threads,
    .seed = seed,
    .set_gradients = set_gradients,
    .set_autocast = set_autocast,
    .from_bytes = from_bytes,
    .full = full,
    .uniform = uniform,
    .normal = normal,
    .range = range,
    .release = release,
    .rank = rank,
    .shape = shape,
    .type = type,
    .device = device_of,
    .read = read,
    .to = to,
    .channels_last = channels_last,
    .copy = copy,
    .fill = fill,
    .detach = detach,
    .clone = clone,
    .require_gradient = require_gradient,
    .requires_gradient = requires_gradient,
    .backward = backward,
    .gradient = gradient,
    .clear_gradient = clear_gradient,
    .unary = unary,
    .binary = binary,
    .with_scalar = with_scalar,
    .clamp = clamp,
    .reduce = reduce,
    .arg_max = arg_max,
    .softmax = softmax,
    .select = select,
    .reshape = reshape,
    .permute = permute,
    .expand = expand,
    .concatenate = concatenate,
    .slice = slice,
    .flip = flip,
    .take = take,
    .gather = gather,
    .linear = linear,
    .convolve = convolve,
    .convolve_transposed = convolve_transposed,
    .batch_norm = batch_norm,
    .layer_norm = layer_norm,
    .rectify = rectify,
    .max_pool = max_pool,
    .average_pool = average_pool,
    .resize = resize,
    .dropout = dropout,
    .clip_gradients = clip_gradients,
    .adaptive_step = adaptive_step,
    .momentum_step = momentum_step,
};

}  // namespace

extern "C" const ctorch_api *likeness_torch_api() { return &api; }
