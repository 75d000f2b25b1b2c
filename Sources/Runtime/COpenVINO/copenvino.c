#include "copenvino.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name;
    size_t offset;
} entry;

#define ENTRY(name) {"ov_" #name, offsetof(copenvino_functions, name)}

static const entry entries[] = {
    ENTRY(get_last_err_msg),
    ENTRY(free),
    ENTRY(get_openvino_version),
    ENTRY(version_free),
    ENTRY(core_create),
    ENTRY(core_free),
    ENTRY(core_get_property),
    ENTRY(core_read_model),
    ENTRY(core_compile_model_props),
    ENTRY(core_set_properties),
    ENTRY(core_import_model),
    ENTRY(model_free),
    ENTRY(model_reshape_by_port_indexes),
    ENTRY(layout_create),
    ENTRY(layout_free),
    ENTRY(preprocess_prepostprocessor_create),
    ENTRY(preprocess_prepostprocessor_get_input_info_by_index),
    ENTRY(preprocess_prepostprocessor_build),
    ENTRY(preprocess_prepostprocessor_free),
    ENTRY(preprocess_input_info_get_tensor_info),
    ENTRY(preprocess_input_info_get_model_info),
    ENTRY(preprocess_input_info_get_preprocess_steps),
    ENTRY(preprocess_input_info_free),
    ENTRY(preprocess_input_tensor_info_set_element_type),
    ENTRY(preprocess_input_tensor_info_set_layout),
    ENTRY(preprocess_input_tensor_info_free),
    ENTRY(preprocess_input_model_info_set_layout),
    ENTRY(preprocess_input_model_info_free),
    ENTRY(preprocess_preprocess_steps_convert_element_type),
    ENTRY(preprocess_preprocess_steps_mean_multi_channels),
    ENTRY(preprocess_preprocess_steps_scale),
    ENTRY(preprocess_preprocess_steps_reverse_channels),
    ENTRY(preprocess_preprocess_steps_free),
    ENTRY(compiled_model_inputs_size),
    ENTRY(compiled_model_outputs_size),
    ENTRY(compiled_model_input_by_index),
    ENTRY(compiled_model_output_by_index),
    ENTRY(compiled_model_get_property),
    ENTRY(compiled_model_create_infer_request),
    ENTRY(compiled_model_export_model),
    ENTRY(compiled_model_free),
    ENTRY(port_get_any_name),
    ENTRY(port_get_partial_shape),
    ENTRY(port_get_element_type),
    ENTRY(output_const_port_free),
    ENTRY(partial_shape_free),
    ENTRY(shape_free),
    ENTRY(infer_request_get_input_tensor_by_index),
    ENTRY(infer_request_get_output_tensor_by_index),
    ENTRY(infer_request_get_tensor),
    ENTRY(infer_request_infer),
    ENTRY(infer_request_free),
    ENTRY(tensor_set_shape),
    ENTRY(tensor_get_shape),
    ENTRY(tensor_data),
    ENTRY(tensor_free),
};

static char *failure(const char *reason) { return strdup(reason ? reason : "no reason given"); }

char *copenvino_open(const char *path, copenvino_functions *functions) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        return failure(dlerror());
    }
    // The library stays open even on failure: OpenVINO starts threads, and code that a thread runs must not be
    // unmapped.
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        void *symbol = dlsym(library, entries[i].name);
        if (!symbol) {
            char reason[128];
            snprintf(reason, sizeof reason, "it has no function %s", entries[i].name);
            return failure(reason);
        }
        memcpy((char *)functions + entries[i].offset, &symbol, sizeof symbol);
    }
    return NULL;
}

bool copenvino_cpu_multiplies_bf16(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") || __builtin_cpu_supports("amx-bf16");
#else
    return false;
#endif
}
