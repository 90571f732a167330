// libpng's simple interface, behind functions that hide its structure and its macros.
#pragma once

#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// What a picture is read as: one byte a channel.
static inline uint32_t cpng_format(int channels) {
    return channels == 1 ? PNG_FORMAT_GRAY : channels == 2 ? PNG_FORMAT_GA : channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
}

typedef struct {
    uint32_t width, height;
    /// 1 grey, 2 grey with alpha, 3 RGB, 4 RGBA.
    int channels;
    char message[64];
    png_image *image;
} cpng_picture;

static inline int cpng_note(cpng_picture *picture, png_image *image, int fine) {
    if (!fine) strncpy(picture->message, image->message, sizeof picture->message - 1);
    return fine;
}

/// Reads the header of a file in memory, which must stay where it is until `cpng_close`. 0: failed, with a message.
static inline int cpng_open(cpng_picture *picture, const void *bytes, size_t size) {
    memset(picture, 0, sizeof *picture);
    png_image *image = (png_image *)calloc(1, sizeof *image);
    if (!image) return 0;
    image->version = PNG_IMAGE_VERSION;
    picture->image = image;
    if (!cpng_note(picture, image, png_image_begin_read_from_memory(image, bytes, size))) return 0;
    picture->width = image->width;
    picture->height = image->height;
    picture->channels = ((image->format & PNG_FORMAT_FLAG_COLOR) ? 3 : 1) + ((image->format & PNG_FORMAT_FLAG_ALPHA) ? 1 : 0);
    return 1;
}

/// Reads the numbers, `height · width · channels` bytes. 0: failed, with a message.
static inline int cpng_read(cpng_picture *picture, int channels, void *target) {
    png_image *image = picture->image;
    // Linear light plays no part: eight-bit numbers stay as they stand in the file.
    image->format = cpng_format(channels);
    image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    return cpng_note(picture, image, png_image_finish_read(image, NULL, target, 0, NULL));
}

static inline void cpng_close(cpng_picture *picture) {
    if (!picture->image) return;
    png_image_free(picture->image);
    free(picture->image);
    picture->image = NULL;
}

/// Writes a picture; 0: failed, with a message of at most 64 bytes.
static inline int cpng_write(const char *path, const void *bytes, uint32_t width, uint32_t height, int channels, char *message) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = cpng_format(channels);
    int fine = png_image_write_to_file(&image, path, 0, bytes, 0, NULL);
    if (!fine) strncpy(message, image.message, 63);
    png_image_free(&image);
    return fine;
}
