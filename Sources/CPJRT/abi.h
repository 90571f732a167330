// PJRT's table and argument structures, as far as they are used. All begin with their size and a pointer to extensions.
//
// A structure that is longer than a plugin knows is accepted, one that is shorter is refused. So each ends with zeros in
// reserve, and plugins may grow.

#ifndef CPJRT_ABI_H
#define CPJRT_ABI_H

#include "CPJRT.h"

typedef cpjrt_error *(*abi_function)(void *arguments);

struct cpjrt_api {
    size_t size;
    void *extension;
    struct { size_t size; void *extension; int major, minor; } version;
    abi_function functions[];
};

enum {
    ERROR_DESTROY = 0, ERROR_MESSAGE = 1, ERROR_GET_CODE = 2, PLUGIN_INITIALIZE = 3,
    EVENT_DESTROY = 5, EVENT_AWAIT = 8, EVENT_ON_READY = 9,
    CLIENT_CREATE = 10, CLIENT_DESTROY = 11, CLIENT_PLATFORM_NAME = 12, CLIENT_PLATFORM_VERSION = 14, CLIENT_ADDRESSABLE_DEVICES = 16,
    CLIENT_COMPILE = 20, BUFFER_FROM_HOST_BUFFER = 22, DEVICE_DESCRIPTION_KIND = 26, DEVICE_GET_DESCRIPTION = 29,
    EXECUTABLE_DESTROY = 40, EXECUTABLE_NUM_OUTPUTS = 44, EXECUTABLE_SERIALIZE = 49,
    LOADED_EXECUTABLE_DESTROY = 50, LOADED_EXECUTABLE_GET_EXECUTABLE = 51, LOADED_EXECUTABLE_EXECUTE = 55,
    EXECUTABLE_DESERIALIZE_AND_LOAD = 56, BUFFER_DESTROY = 58, BUFFER_TO_HOST_BUFFER = 70,
    BUFFER_READY_EVENT = 72, FUNCTIONS_NEEDED = 73
};

#define HEAD size_t size; void *extension
#define RESERVE uint64_t reserve[8]

typedef struct { HEAD; cpjrt_error *error; const char *message; size_t message_size; RESERVE; } error_message_args;
typedef struct { HEAD; cpjrt_error *error; int code; RESERVE; } error_code_args;
/// Destroying and waiting: a handle and nothing more.
typedef struct { HEAD; void *handle; RESERVE; } handle_args;
typedef struct { HEAD; cpjrt_event *event; void (*callback)(cpjrt_error *, void *); void *context; RESERVE; } on_ready_args;

typedef struct {
    HEAD;
    const char *name;
    size_t name_size;
    int type;  // 1: a whole number
    int64_t value;
    size_t value_size;
} named_value;

typedef struct {
    HEAD;
    const named_value *options;
    size_t option_count;
    void *get, *get_context, *put, *put_context;
    cpjrt_client *client;
    void *try_get, *try_get_context;
    RESERVE;
} client_create_args;

/// Gives a text or a list of something.
typedef struct { HEAD; void *handle; const void *items; size_t count; RESERVE; } items_args;
/// Gives a handle or a number of something.
typedef struct { HEAD; void *handle; void *result; RESERVE; } get_args;

typedef struct { HEAD; const char *code; size_t code_size; const char *format; size_t format_size; RESERVE; } program_text;
typedef struct {
    HEAD;
    cpjrt_client *client;
    const program_text *program;
    const char *options;
    size_t options_size;
    cpjrt_program *result;
    RESERVE;
} compile_args;

typedef struct {
    HEAD;
    cpjrt_code *code;
    const char *bytes;
    size_t bytes_size;
    void *owner;
    void (*delete_owner)(void *);
    RESERVE;
} serialize_args;
typedef struct {
    HEAD;
    cpjrt_client *client;
    const char *bytes;
    size_t bytes_size;
    cpjrt_program *result;
    const char *options;
    size_t options_size;
    RESERVE;
} deserialize_args;

typedef struct {
    HEAD;
    void *send, *receive;
    size_t send_count, receive_count;
    int launch;
    const int64_t *kept_arguments;
    size_t kept_count;
    void *context;
    const char *call_location;
    size_t task_count;
    int *tasks;
    int64_t *incarnations;
    RESERVE;
} execute_options;
typedef struct {
    HEAD;
    cpjrt_program *program;
    execute_options *options;
    cpjrt_buffer *const *const *arguments;
    size_t device_count, argument_count;
    cpjrt_buffer **const *outputs;
    cpjrt_event **done;
    cpjrt_device *device;
    RESERVE;
} execute_args;

typedef struct {
    HEAD;
    cpjrt_client *client;
    const void *bytes;
    int type;
    const int64_t *sizes;
    size_t rank;
    const int64_t *strides;
    size_t stride_count;
    int semantics;
    cpjrt_device *device;
    void *memory, *layout;
    cpjrt_event *done;
    cpjrt_buffer *buffer;
    RESERVE;
} from_host_args;
/// The host's memory is not changed, and used in place where it suits the device.
enum { IMMUTABLE_ZERO_COPY = 2 };

typedef struct { HEAD; cpjrt_buffer *buffer; void *layout; void *bytes; size_t bytes_size; cpjrt_event *done; RESERVE; } to_host_args;

#endif
