#pragma once

#include "ccodecs.h"

codec_result codec_success(void);

codec_result codec_failure(codec_status status, const char *message);

// Red, green, blue and straight alpha of `count` pixels over white; `rgb` may not overlap `rgba`.
void codec_composite_on_white(const uint8_t *rgba, size_t count, uint8_t *rgb);
