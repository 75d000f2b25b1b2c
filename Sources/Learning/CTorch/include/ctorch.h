// The C interface of the training engine: libtorch behind a small shim (Shims/Torch/shim.cpp), which a script builds
// and the program opens at run time. Compiling this needs nothing of libtorch.
//
// Every function returns 0 on success, or -1 and leaves a message for the calling thread. The caller owns the tensors.
// Gradients and autocast are switched on and off for the calling thread only.

#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __clang__
#pragma clang assume_nonnull begin
#else
#define _Nonnull
#define _Nullable
#endif

/// Raised whenever this file changes: a shim of another version is rejected.
#define CTORCH_VERSION 3

typedef struct ctorch_tensor ctorch_tensor;
typedef ctorch_tensor *_Nullable ctorch_tensor_or_none;
typedef ctorch_tensor *_Nonnull ctorch_ref;
typedef ctorch_tensor_or_none *_Nonnull ctorch_out;
typedef const int64_t *_Nonnull ctorch_ints;
typedef const ctorch_tensor_or_none *_Nonnull ctorch_list;
typedef const char *_Nonnull ctorch_text;

typedef enum { ctorch_cpu = 0, ctorch_cuda = 1 } ctorch_device;

typedef enum {
    ctorch_float32 = 0,
    ctorch_bfloat16 = 1,
    ctorch_float16 = 2,
    ctorch_float64 = 3,
    ctorch_int64 = 4,
    ctorch_int32 = 5,
    ctorch_uint8 = 6,
    ctorch_bool = 7,
} ctorch_type;

typedef enum {
    ctorch_negate, ctorch_abs, ctorch_exp, ctorch_log, ctorch_sqrt, ctorch_square, ctorch_cosine, ctorch_arc_cosine,
    ctorch_relu, ctorch_sigmoid, ctorch_tanh, ctorch_softplus, ctorch_logical_not,
} ctorch_unary;

typedef enum {
    ctorch_add, ctorch_subtract, ctorch_multiply, ctorch_divide, ctorch_power, ctorch_maximum, ctorch_minimum,
    ctorch_equal, ctorch_less, ctorch_less_equal, ctorch_greater, ctorch_greater_equal, ctorch_and, ctorch_or,
    ctorch_matmul,
} ctorch_binary;

typedef enum {
    ctorch_sum, ctorch_mean, ctorch_max, ctorch_min, ctorch_log_sum_exp, ctorch_norm,
} ctorch_reduction;

typedef enum { ctorch_adam = 0, ctorch_adam_w = 1 } ctorch_adaptive;

/// Stride, padding, dilation and groups of a 2-D convolution.
typedef struct {
    int64_t stride[2], padding[2], dilation[2], groups;
} ctorch_convolution;

typedef struct {
    int32_t version;
    ctorch_text (*_Nonnull message)(void);
    ctorch_text (*_Nonnull torch_version)(void);
    bool (*has_cuda)(void);

    // The thread and the process
    int32_t (*set_threads)(int32_t count);
    int32_t (*seed)(uint64_t seed);
    int32_t (*set_gradients)(bool enabled, bool *was_enabled);
    int32_t (*set_autocast)(ctorch_device device, bool enabled, ctorch_type type, bool *was_enabled);

    // Creating and reading
    int32_t (*from_bytes)(const void *bytes, ctorch_type type, ctorch_ints shape, int32_t rank, ctorch_device device,
                          ctorch_out out);
    int32_t (*full)(double value, ctorch_type type, ctorch_ints shape, int32_t rank, ctorch_device device,
                    ctorch_out out);
    // Random numbers on the CPU. With a seed they depend on it alone; without one they come from the process's
    // generator.
    int32_t (*uniform)(double low, double high, const uint64_t *_Nullable seed, ctorch_ints shape, int32_t rank,
                       ctorch_out out);
    int32_t (*normal)(double mean, double deviation, const uint64_t *_Nullable seed, ctorch_ints shape, int32_t rank,
                      ctorch_out out);
    int32_t (*range)(int64_t count, ctorch_device device, ctorch_out out);
    void (*release)(ctorch_ref tensor);
    int32_t (*rank)(ctorch_ref tensor);
    void (*shape)(ctorch_ref tensor, int64_t *shape);
    int32_t (*type)(ctorch_ref tensor);
    int32_t (*device)(ctorch_ref tensor);
    int32_t (*read)(ctorch_ref tensor, ctorch_type type, void *bytes, int64_t count);
    int32_t (*to)(ctorch_ref tensor, ctorch_type type, ctorch_device device, ctorch_out out);
    int32_t (*channels_last)(ctorch_ref tensor, ctorch_out out);
    int32_t (*copy)(ctorch_ref into, ctorch_ref from);
    int32_t (*fill)(ctorch_ref into, double value);

    // Gradients
    int32_t (*detach)(ctorch_ref tensor, ctorch_out out);
    int32_t (*clone)(ctorch_ref tensor, ctorch_out out);
    int32_t (*require_gradient)(ctorch_ref tensor, bool required);
    bool (*requires_gradient)(ctorch_ref tensor);
    int32_t (*backward)(ctorch_ref tensor);
    int32_t (*gradient)(ctorch_ref tensor, ctorch_out out);
    int32_t (*clear_gradient)(ctorch_ref tensor);

    // Arithmetic
    int32_t (*unary)(ctorch_unary operation, ctorch_ref x, ctorch_out out);
    int32_t (*binary)(ctorch_binary operation, ctorch_ref a, ctorch_ref b, ctorch_out out);
    int32_t (*with_scalar)(ctorch_binary operation, ctorch_ref a, double b, ctorch_out out);
    int32_t (*clamp)(ctorch_ref x, double low, double high, ctorch_out out);
    int32_t (*reduce)(ctorch_reduction operation, ctorch_ref x, ctorch_ints axes, int32_t count, bool keep,
                      ctorch_out out);
    int32_t (*arg_max)(ctorch_ref x, int64_t axis, ctorch_out out);
    int32_t (*softmax)(ctorch_ref x, int64_t axis, bool logarithm, ctorch_out out);
    int32_t (*select)(ctorch_ref condition, ctorch_ref a, ctorch_ref b, ctorch_out out);

    // Shape
    int32_t (*reshape)(ctorch_ref x, ctorch_ints shape, int32_t rank, ctorch_out out);
    int32_t (*permute)(ctorch_ref x, ctorch_ints axes, int32_t rank, ctorch_out out);
    int32_t (*expand)(ctorch_ref x, ctorch_ints shape, int32_t rank, ctorch_out out);
    int32_t (*concatenate)(ctorch_list tensors, int32_t count, int64_t axis, ctorch_out out);
    int32_t (*slice)(ctorch_ref x, int64_t axis, int64_t start, int64_t end, int64_t step, ctorch_out out);
    int32_t (*flip)(ctorch_ref x, int64_t axis, ctorch_out out);
    int32_t (*take)(ctorch_ref x, int64_t axis, ctorch_ref indices, ctorch_out out);
    int32_t (*gather)(ctorch_ref x, int64_t axis, ctorch_ref indices, ctorch_out out);

    // Layers
    int32_t (*linear)(ctorch_ref x, ctorch_ref weight, ctorch_tensor_or_none bias, ctorch_out out);
    int32_t (*convolve)(ctorch_ref x, ctorch_ref weight, ctorch_tensor_or_none bias, const ctorch_convolution *how,
                        ctorch_out out);
    int32_t (*convolve_transposed)(ctorch_ref x, ctorch_ref weight, ctorch_tensor_or_none bias,
                                   const ctorch_convolution *how, ctorch_out out);
    int32_t (*batch_norm)(ctorch_ref x, ctorch_tensor_or_none weight, ctorch_tensor_or_none bias, ctorch_ref mean,
                          ctorch_ref variance, bool training, double momentum, double epsilon, ctorch_out out);
    int32_t (*layer_norm)(ctorch_ref x, ctorch_ref weight, ctorch_ref bias, double epsilon, ctorch_out out);
    // One slope per channel, in a tensor of any shape.
    int32_t (*rectify)(ctorch_ref x, ctorch_ref slope, ctorch_out out);
    int32_t (*max_pool)(ctorch_ref x, int64_t kernel, int64_t stride, int64_t padding, ctorch_out out);
    int32_t (*average_pool)(ctorch_ref x, int64_t kernel, int64_t stride, int64_t padding, ctorch_out out);
    int32_t (*resize)(ctorch_ref x, int64_t height, int64_t width, ctorch_out out);
    int32_t (*dropout)(ctorch_ref x, double probability, bool training, ctorch_out out);

    // Optimizers: in place, over whole lists of parameters
    int32_t (*clip_gradients)(ctorch_list parameters, int32_t count, double largest, double *norm);
    int32_t (*adaptive_step)(ctorch_adaptive kind, ctorch_list parameters,
                             ctorch_list first, ctorch_list second, int32_t count,
                             int64_t step, double rate, double beta1, double beta2, double epsilon, double decay);
    int32_t (*momentum_step)(ctorch_list parameters, ctorch_list momenta,
                             int32_t count, double rate, double momentum, double decay, bool nesterov);
} ctorch_api;

/// The symbol that the shim exports is `likeness_torch_api`, a function of this type.
typedef const ctorch_api *_Nonnull ctorch_table;
typedef ctorch_table (*_Nonnull ctorch_entry)(void);

/// Opens the shim at `path`. On failure, returns `NULL` and writes the reason into `reason`.
const ctorch_api *_Nullable ctorch_open(const char *path, char *reason, int64_t capacity);

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

#ifdef __cplusplus
}
#endif

#endif
