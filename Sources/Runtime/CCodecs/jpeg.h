#pragma once

#include "support.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

// Everything that must survive a longjmp lives in these two structs, which the functions that call setjmp only point to.

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    codec_result result;
} jpeg_failure;

// Ends what is being done, with the library's message.
_Noreturn void jpeg_give_up(j_common_ptr info, codec_status status);

// What the library's error means here.
codec_status jpeg_status(j_common_ptr info);
