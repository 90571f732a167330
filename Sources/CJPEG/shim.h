// libjpeg behind functions that return instead of ending the program or jumping.
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <setjmp.h>

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf back;
    char *message;
} cjpeg_errors;

static inline void cjpeg_fail(j_common_ptr info) {
    cjpeg_errors *errors = (cjpeg_errors *)info->err;
    errors->base.format_message(info, errors->message);
    longjmp(errors->back, 1);
}

/// Warnings are about pictures that are damaged but can be shown.
static inline void cjpeg_ignore(j_common_ptr info, int level) {
    (void)info;
    (void)level;
}

static inline struct jpeg_error_mgr *cjpeg_start(cjpeg_errors *errors, char *message) {
    errors->message = message;
    jpeg_std_error(&errors->base);
    errors->base.error_exit = cjpeg_fail;
    errors->base.emit_message = cjpeg_ignore;
    return &errors->base;
}

/// The bytes that a message needs.
static inline size_t cjpeg_message_size(void) { return JMSG_LENGTH_MAX; }

/// Width, height and channels (1 or 3) of a file in memory. 0: failed, with a message.
static inline int cjpeg_header(
    const void *bytes, size_t size, uint32_t *width, uint32_t *height, int *channels, char *message
) {
    struct jpeg_decompress_struct info;
    cjpeg_errors errors;
    info.err = cjpeg_start(&errors, message);
    if (setjmp(errors.back)) {
        jpeg_destroy_decompress(&info);
        return 0;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, (const unsigned char *)bytes, size);
    jpeg_read_header(&info, TRUE);
    *width = info.image_width;
    *height = info.image_height;
    *channels = info.jpeg_color_space == JCS_GRAYSCALE ? 1 : 3;
    jpeg_destroy_decompress(&info);
    return 1;
}

/// Reads a file in memory as grey (1 channel) or RGB (3) into `height · width · channels` bytes. 0: failed, with a message.
static inline int cjpeg_read(const void *bytes, size_t size, int channels, void *target, size_t target_size, char *message) {
    struct jpeg_decompress_struct info;
    cjpeg_errors errors;
    info.err = cjpeg_start(&errors, message);
    if (setjmp(errors.back)) {
        jpeg_destroy_decompress(&info);
        return 0;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, (const unsigned char *)bytes, size);
    jpeg_read_header(&info, TRUE);
    info.out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(&info);
    size_t row = (size_t)info.output_width * (size_t)channels;
    if (info.output_components != channels || row * info.output_height != target_size) {
        strcpy(message, "its size is not that of its header");
        jpeg_destroy_decompress(&info);
        return 0;
    }
    while (info.output_scanline < info.output_height) {
        JSAMPROW line = (JSAMPROW)target + (size_t)info.output_scanline * row;
        jpeg_read_scanlines(&info, &line, 1);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return 1;
}

/// Writes grey (1 channel) or RGB (3) numbers. 0: failed, with a message.
static inline int cjpeg_write(
    const char *path, const void *bytes, uint32_t width, uint32_t height, int channels, int quality, char *message
) {
    FILE *file = fopen(path, "wb");
    if (!file) {
        strcpy(message, "it cannot be opened for writing");
        return 0;
    }
    struct jpeg_compress_struct info;
    cjpeg_errors errors;
    info.err = cjpeg_start(&errors, message);
    if (setjmp(errors.back)) {
        jpeg_destroy_compress(&info);
        fclose(file);
        return 0;
    }
    jpeg_create_compress(&info);
    jpeg_stdio_dest(&info, file);
    info.image_width = width;
    info.image_height = height;
    info.input_components = channels;
    info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW line = (JSAMPROW)bytes + (size_t)info.next_scanline * width * (size_t)channels;
        jpeg_write_scanlines(&info, &line, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    if (fclose(file) != 0) {
        strcpy(message, "it cannot be written whole");
        return 0;
    }
    return 1;
}
