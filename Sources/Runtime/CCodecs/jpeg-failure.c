#include "jpeg.h"

#include <jerror.h>

_Noreturn void jpeg_give_up(j_common_ptr info, codec_status status) {
    jpeg_failure *failure = (jpeg_failure *)info->err;
    char message[JMSG_LENGTH_MAX];
    failure->manager.format_message(info, message);
    failure->result = codec_failure(status, message);
    longjmp(failure->escape, 1);
}

codec_status jpeg_status(j_common_ptr info) {
    switch (info->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
        return codec_out_of_memory;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_IMAGE_TOO_BIG:
    case JERR_SOF_UNSUPPORTED:
        return codec_unsupported;
    default:
        return codec_corrupt;
    }
}
