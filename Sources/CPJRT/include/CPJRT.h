// The part of the PJRT C interface that the XLA engine uses, as plain functions.
//
// PJRT is the interface under which XLA is compiled into a shared library, a "plugin". Its table of functions and its
// argument structures are ABI facts; they are written down in abi.h, not copied from a header.
// A function that can fail gives an error, which its caller reads and destroys, or null.

#ifndef CPJRT_H
#define CPJRT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cpjrt_api cpjrt_api;
typedef struct cpjrt_error cpjrt_error;
typedef struct cpjrt_client cpjrt_client;
typedef struct cpjrt_device cpjrt_device;
typedef struct cpjrt_event cpjrt_event;
typedef struct cpjrt_buffer cpjrt_buffer;
typedef struct cpjrt_program cpjrt_program;  // loaded, ready to run
typedef struct cpjrt_code cpjrt_code;        // compiled, ready to be written to a file

/// Element types.
enum {
    CPJRT_PRED = 1, CPJRT_S8, CPJRT_S16, CPJRT_S32, CPJRT_S64, CPJRT_U8, CPJRT_U16, CPJRT_U32, CPJRT_U64,
    CPJRT_F16, CPJRT_F32, CPJRT_F64, CPJRT_BF16
};

/// Codes of errors that callers tell apart.
enum { CPJRT_RESOURCE_EXHAUSTED = 8, CPJRT_UNIMPLEMENTED = 12 };

/// Opens a plugin and finds its table.
///
/// @return null, or what the dynamic linker says is wrong.
const char *cpjrt_open(const char *path, const cpjrt_api **api);

/// The interface's version, and how many functions the table has.
void cpjrt_version(const cpjrt_api *api, int *major, int *minor, size_t *functions);
/// How many functions are needed at least.
size_t cpjrt_functions_needed(void);
cpjrt_error *cpjrt_initialize(const cpjrt_api *api);

/// The message lives as long as the error.
void cpjrt_error_text(const cpjrt_api *api, const cpjrt_error *error, int *code, const char **message, size_t *size);
void cpjrt_error_destroy(const cpjrt_api *api, cpjrt_error *error);

/// @param option the name of a whole-number option, or null.
cpjrt_error *cpjrt_client_create(const cpjrt_api *api, const char *option, int64_t value, cpjrt_client **client);
void cpjrt_client_destroy(const cpjrt_api *api, cpjrt_client *client);
/// Text that lives as long as the client.
cpjrt_error *cpjrt_client_platform(const cpjrt_api *api, cpjrt_client *client, const char **name, size_t *size);
cpjrt_error *cpjrt_client_platform_version(const cpjrt_api *api, cpjrt_client *client, const char **version, size_t *size);
cpjrt_error *cpjrt_client_devices(const cpjrt_api *api, cpjrt_client *client, cpjrt_device *const **devices, size_t *count);
cpjrt_error *cpjrt_device_kind(const cpjrt_api *api, cpjrt_device *device, const char **kind, size_t *size);

/// @param options a serialized CompileOptionsProto; one that names no replicas and partitions ends the process.
cpjrt_error *cpjrt_compile(
    const cpjrt_api *api, cpjrt_client *client, const char *text, size_t text_size, const char *options, size_t options_size,
    cpjrt_program **program);
/// @param take gets the bytes, which live during the call.
cpjrt_error *cpjrt_serialize(
    const cpjrt_api *api, cpjrt_program *program, void (*take)(void *context, const char *bytes, size_t size), void *context);
cpjrt_error *cpjrt_deserialize(const cpjrt_api *api, cpjrt_client *client, const char *bytes, size_t size, cpjrt_program **program);
/// The number of results of each device.
cpjrt_error *cpjrt_program_output_count(const cpjrt_api *api, cpjrt_program *program, size_t *count);
void cpjrt_program_destroy(const cpjrt_api *api, cpjrt_program *program);
/// @param arguments `device_count` lists of `argument_count` buffers.
/// @param outputs `device_count` lists that are filled with buffers.
cpjrt_error *cpjrt_execute(
    const cpjrt_api *api, cpjrt_program *program, cpjrt_buffer *const *const *arguments, size_t device_count, size_t argument_count,
    cpjrt_buffer **const *outputs);

/// Copies dense host memory, or uses it in place where the device can. `bytes` must stay as they are until `released` has
/// been called (once, on any thread, also if this gives an error); it gets `context`.
cpjrt_error *cpjrt_buffer_from_host(
    const cpjrt_api *api, cpjrt_client *client, const void *bytes, int type, const int64_t *sizes, size_t rank, cpjrt_device *device,
    void (*released)(void *context), void *context, cpjrt_buffer **buffer);
/// Waits for the numbers and copies them in row-major order.
cpjrt_error *cpjrt_buffer_to_host(const cpjrt_api *api, cpjrt_buffer *buffer, void *bytes, size_t size);
/// Waits for the numbers.
cpjrt_error *cpjrt_buffer_wait(const cpjrt_api *api, cpjrt_buffer *buffer);
void cpjrt_buffer_destroy(const cpjrt_api *api, cpjrt_buffer *buffer);

#endif
