// The part of OpenVINO's C interface that this package uses, declared by hand, so that building needs no header or
// library of OpenVINO. The functions are looked up when the library is opened. Names, types and the order of arguments
// are those of OpenVINO 2026 (openvino/c/*.h, Apache-2.0).

#ifndef COPENVINO_H
#define COPENVINO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// MARK: OpenVINO's types

/// 0 for success; otherwise, get_last_err_msg gives details.
typedef int32_t ov_status;

typedef struct ov_core ov_core_t;
typedef struct ov_model ov_model_t;
typedef struct ov_compiled_model ov_compiled_model_t;
typedef struct ov_infer_request ov_infer_request_t;
typedef struct ov_tensor ov_tensor_t;
typedef struct ov_output_const_port ov_output_const_port_t;
typedef struct ov_layout ov_layout_t;
typedef struct ov_preprocess_prepostprocessor ov_preprocess_prepostprocessor_t;
typedef struct ov_preprocess_input_info ov_preprocess_input_info_t;
typedef struct ov_preprocess_input_tensor_info ov_preprocess_input_tensor_info_t;
typedef struct ov_preprocess_input_model_info ov_preprocess_input_model_info_t;
typedef struct ov_preprocess_preprocess_steps ov_preprocess_preprocess_steps_t;

typedef struct {
    const char *_Nullable build_number;
    const char *_Nullable description;
} ov_version_t;

typedef struct {
    int64_t rank;
    int64_t *_Nullable dims;
} ov_shape_t;

/// A dimension between min and max. A max of −1 means any size.
typedef struct {
    int64_t min;
    int64_t max;
} ov_dimension_t;

typedef struct {
    ov_dimension_t rank;
    ov_dimension_t *_Nullable dims;
} ov_partial_shape_t;

typedef struct {
    const char *key;
    const void *value;
} ov_property_t;

/// The two values of ov_element_type_e that are used.
static const uint32_t ov_element_f32 = 4;
static const uint32_t ov_element_u8 = 16;

// MARK: The functions

/// The library's functions that are used. If copenvino_open has returned NULL, all pointers are set.
typedef struct {
    const char *_Nullable (*_Nonnull get_last_err_msg)(void);
    void (*_Nonnull free)(const char *_Nullable content);

    ov_status (*_Nonnull get_openvino_version)(ov_version_t *version);
    void (*_Nonnull version_free)(ov_version_t *version);

    ov_status (*_Nonnull core_create)(ov_core_t *_Nullable *_Nonnull core);
    void (*_Nonnull core_free)(ov_core_t *core);
    ov_status (*_Nonnull core_get_property)(
        const ov_core_t *core, const char *device, const char *key, char *_Nullable *_Nonnull value);
    ov_status (*_Nonnull core_read_model)(
        const ov_core_t *core, const char *path, const char *_Nullable weights, ov_model_t *_Nullable *_Nonnull model);
    ov_status (*_Nonnull core_compile_model_props)(
        const ov_core_t *core, const ov_model_t *model, const char *device, size_t count,
        const ov_property_t *_Nullable properties, ov_compiled_model_t *_Nullable *_Nonnull compiled);

    ov_status (*_Nonnull core_set_properties)(
        const ov_core_t *core, const char *device, size_t count, const ov_property_t *_Nullable properties);
    ov_status (*_Nonnull core_import_model)(
        const ov_core_t *core, const char *content, size_t size, const char *device,
        ov_compiled_model_t *_Nullable *_Nonnull compiled);

    void (*_Nonnull model_free)(ov_model_t *model);
    ov_status (*_Nonnull model_reshape_by_port_indexes)(
        const ov_model_t *model, const size_t *indexes, const ov_partial_shape_t *shapes, size_t count);

    ov_status (*_Nonnull layout_create)(const char *description, ov_layout_t *_Nullable *_Nonnull layout);
    void (*_Nonnull layout_free)(ov_layout_t *layout);
    ov_status (*_Nonnull preprocess_prepostprocessor_create)(
        const ov_model_t *model, ov_preprocess_prepostprocessor_t *_Nullable *_Nonnull processor);
    ov_status (*_Nonnull preprocess_prepostprocessor_get_input_info_by_index)(
        const ov_preprocess_prepostprocessor_t *processor, size_t index,
        ov_preprocess_input_info_t *_Nullable *_Nonnull input);
    ov_status (*_Nonnull preprocess_prepostprocessor_build)(
        const ov_preprocess_prepostprocessor_t *processor, ov_model_t *_Nullable *_Nonnull model);
    void (*_Nonnull preprocess_prepostprocessor_free)(ov_preprocess_prepostprocessor_t *processor);
    ov_status (*_Nonnull preprocess_input_info_get_tensor_info)(
        const ov_preprocess_input_info_t *input, ov_preprocess_input_tensor_info_t *_Nullable *_Nonnull tensor);
    ov_status (*_Nonnull preprocess_input_info_get_model_info)(
        const ov_preprocess_input_info_t *input, ov_preprocess_input_model_info_t *_Nullable *_Nonnull model);
    ov_status (*_Nonnull preprocess_input_info_get_preprocess_steps)(
        const ov_preprocess_input_info_t *input, ov_preprocess_preprocess_steps_t *_Nullable *_Nonnull steps);
    void (*_Nonnull preprocess_input_info_free)(ov_preprocess_input_info_t *input);
    ov_status (*_Nonnull preprocess_input_tensor_info_set_element_type)(
        ov_preprocess_input_tensor_info_t *tensor, uint32_t type);
    ov_status (*_Nonnull preprocess_input_tensor_info_set_layout)(
        ov_preprocess_input_tensor_info_t *tensor, ov_layout_t *layout);
    void (*_Nonnull preprocess_input_tensor_info_free)(ov_preprocess_input_tensor_info_t *tensor);
    ov_status (*_Nonnull preprocess_input_model_info_set_layout)(
        ov_preprocess_input_model_info_t *model, ov_layout_t *layout);
    void (*_Nonnull preprocess_input_model_info_free)(ov_preprocess_input_model_info_t *model);
    ov_status (*_Nonnull preprocess_preprocess_steps_convert_element_type)(
        ov_preprocess_preprocess_steps_t *steps, uint32_t type);
    ov_status (*_Nonnull preprocess_preprocess_steps_mean_multi_channels)(
        ov_preprocess_preprocess_steps_t *steps, const float *values, int32_t count);
    ov_status (*_Nonnull preprocess_preprocess_steps_scale)(ov_preprocess_preprocess_steps_t *steps, float divisor);
    ov_status (*_Nonnull preprocess_preprocess_steps_reverse_channels)(ov_preprocess_preprocess_steps_t *steps);
    void (*_Nonnull preprocess_preprocess_steps_free)(ov_preprocess_preprocess_steps_t *steps);

    ov_status (*_Nonnull compiled_model_inputs_size)(const ov_compiled_model_t *compiled, size_t *count);
    ov_status (*_Nonnull compiled_model_outputs_size)(const ov_compiled_model_t *compiled, size_t *count);
    ov_status (*_Nonnull compiled_model_input_by_index)(
        const ov_compiled_model_t *compiled, size_t index, ov_output_const_port_t *_Nullable *_Nonnull port);
    ov_status (*_Nonnull compiled_model_output_by_index)(
        const ov_compiled_model_t *compiled, size_t index, ov_output_const_port_t *_Nullable *_Nonnull port);
    ov_status (*_Nonnull compiled_model_get_property)(
        const ov_compiled_model_t *compiled, const char *key, char *_Nullable *_Nonnull value);
    ov_status (*_Nonnull compiled_model_create_infer_request)(
        const ov_compiled_model_t *compiled, ov_infer_request_t *_Nullable *_Nonnull request);
    ov_status (*_Nonnull compiled_model_export_model)(const ov_compiled_model_t *compiled, const char *path);
    void (*_Nonnull compiled_model_free)(ov_compiled_model_t *compiled);

    ov_status (*_Nonnull port_get_any_name)(const ov_output_const_port_t *port, char *_Nullable *_Nonnull name);
    ov_status (*_Nonnull port_get_partial_shape)(const ov_output_const_port_t *port, ov_partial_shape_t *shape);
    ov_status (*_Nonnull port_get_element_type)(const ov_output_const_port_t *port, uint32_t *type);
    void (*_Nonnull output_const_port_free)(ov_output_const_port_t *port);

    void (*_Nonnull partial_shape_free)(ov_partial_shape_t *shape);
    ov_status (*_Nonnull shape_free)(ov_shape_t *shape);

    ov_status (*_Nonnull infer_request_get_input_tensor_by_index)(
        const ov_infer_request_t *request, size_t index, ov_tensor_t *_Nullable *_Nonnull tensor);
    ov_status (*_Nonnull infer_request_get_output_tensor_by_index)(
        const ov_infer_request_t *request, size_t index, ov_tensor_t *_Nullable *_Nonnull tensor);
    ov_status (*_Nonnull infer_request_get_tensor)(
        const ov_infer_request_t *request, const char *name, ov_tensor_t *_Nullable *_Nonnull tensor);
    ov_status (*_Nonnull infer_request_infer)(ov_infer_request_t *request);
    void (*_Nonnull infer_request_free)(ov_infer_request_t *request);

    ov_status (*_Nonnull tensor_set_shape)(ov_tensor_t *tensor, ov_shape_t shape);
    ov_status (*_Nonnull tensor_get_shape)(const ov_tensor_t *tensor, ov_shape_t *shape);
    ov_status (*_Nonnull tensor_data)(const ov_tensor_t *tensor, void *_Nullable *_Nonnull data);
    void (*_Nonnull tensor_free)(ov_tensor_t *tensor);
} copenvino_functions;

// MARK: Opening

/// Opens the library at `path` and fills `functions`. The library stays open until the process ends.
///
/// Returns NULL on success, otherwise an error message that the caller frees.
char *_Nullable copenvino_open(const char *path, copenvino_functions *functions);

// MARK: The CPU

/// Returns whether the CPU has instructions that multiply 16-bit numbers of the range of floats: AVX-512 BF16 or AMX.
bool copenvino_cpu_multiplies_bf16(void);

#pragma clang assume_nonnull end

#endif
