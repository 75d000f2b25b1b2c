#pragma once

#include "support.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

// Everything that must survive a longjmp is in these two structs. The functions that call setjmp only hold pointers to
// them.

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    codec_result result;
} jpeg_failure;

// Stops decoding or encoding, with the library's error message.
_Noreturn void jpeg_give_up(j_common_ptr info, codec_status status);

// Returns the status for the library's error.
codec_status jpeg_status(j_common_ptr info);
