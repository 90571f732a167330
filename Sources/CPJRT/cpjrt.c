#include "abi.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define ARGUMENTS(TYPE, NAME, ...) TYPE NAME = {.size = sizeof(TYPE), __VA_ARGS__}

static cpjrt_error *call(const cpjrt_api *api, int function, void *arguments) { return api->functions[function](arguments); }

// ------------------------------------------------------------------------------------------- the plugin

const char *cpjrt_open(const char *path, const cpjrt_api **api) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
    const cpjrt_api *(*get)(void) = (const cpjrt_api *(*)(void))dlsym(library, "GetPjrtApi");
    const char *problem = NULL;
    if (!get) {
        problem = "it exports no function GetPjrtApi";
    } else {
        *api = get();
        if (!*api) problem = "its function GetPjrtApi gives nothing";
    }
    // A library that gave a table stays open: it has threads of its own.
    if (problem) dlclose(library);
    return problem;
}

void cpjrt_version(const cpjrt_api *api, int *major, int *minor, size_t *functions) {
    *major = api->version.major;
    *minor = api->version.minor;
    *functions = api->size < sizeof(cpjrt_api) ? 0 : (api->size - sizeof(cpjrt_api)) / sizeof(abi_function);
}

size_t cpjrt_functions_needed(void) { return FUNCTIONS_NEEDED; }

cpjrt_error *cpjrt_initialize(const cpjrt_api *api) {
    ARGUMENTS(handle_args, args);
    return call(api, PLUGIN_INITIALIZE, &args);
}

// ------------------------------------------------------------------------------------- errors and events

void cpjrt_error_text(const cpjrt_api *api, const cpjrt_error *error, int *code, const char **message, size_t *size) {
    ARGUMENTS(error_message_args, text, .error = (cpjrt_error *)error);
    call(api, ERROR_MESSAGE, &text);
    *message = text.message;
    *size = text.message_size;
    ARGUMENTS(error_code_args, number, .error = (cpjrt_error *)error);
    cpjrt_error *second = call(api, ERROR_GET_CODE, &number);
    if (second) cpjrt_error_destroy(api, second);
    *code = number.code;
}

static void destroy(const cpjrt_api *api, int function, void *handle) {
    ARGUMENTS(handle_args, args, .handle = handle);
    cpjrt_error *error = call(api, function, &args);
    if (error) cpjrt_error_destroy(api, error);
}

void cpjrt_error_destroy(const cpjrt_api *api, cpjrt_error *error) {
    // The one function that gives nothing back: what stands in the result's register is not looked at.
    ARGUMENTS(handle_args, args, .handle = error);
    call(api, ERROR_DESTROY, &args);
}

/// Waits for an event and destroys it.
static cpjrt_error *await(const cpjrt_api *api, cpjrt_event *event) {
    ARGUMENTS(handle_args, args, .handle = event);
    cpjrt_error *error = call(api, EVENT_AWAIT, &args);
    destroy(api, EVENT_DESTROY, event);
    return error;
}

// --------------------------------------------------------------------------------- clients and devices

cpjrt_error *cpjrt_client_create(const cpjrt_api *api, const char *option, int64_t value, cpjrt_client **client) {
    ARGUMENTS(named_value, named, .name = option, .name_size = option ? strlen(option) : 0, .type = 1, .value = value, .value_size = 1);
    ARGUMENTS(client_create_args, args, .options = &named, .option_count = option ? 1 : 0);
    cpjrt_error *error = call(api, CLIENT_CREATE, &args);
    *client = args.client;
    return error;
}

void cpjrt_client_destroy(const cpjrt_api *api, cpjrt_client *client) { destroy(api, CLIENT_DESTROY, client); }

static cpjrt_error *items(const cpjrt_api *api, int function, void *handle, const void **list, size_t *count) {
    ARGUMENTS(items_args, args, .handle = handle);
    cpjrt_error *error = call(api, function, &args);
    *list = error ? NULL : args.items;
    *count = error ? 0 : args.count;
    return error;
}

cpjrt_error *cpjrt_client_platform(const cpjrt_api *api, cpjrt_client *client, const char **name, size_t *size) {
    return items(api, CLIENT_PLATFORM_NAME, client, (const void **)name, size);
}

cpjrt_error *cpjrt_client_platform_version(const cpjrt_api *api, cpjrt_client *client, const char **version, size_t *size) {
    return items(api, CLIENT_PLATFORM_VERSION, client, (const void **)version, size);
}

cpjrt_error *cpjrt_client_devices(const cpjrt_api *api, cpjrt_client *client, cpjrt_device *const **devices, size_t *count) {
    return items(api, CLIENT_ADDRESSABLE_DEVICES, client, (const void **)devices, count);
}

static cpjrt_error *get(const cpjrt_api *api, int function, void *handle, void **result) {
    ARGUMENTS(get_args, args, .handle = handle);
    cpjrt_error *error = call(api, function, &args);
    *result = error ? NULL : args.result;
    return error;
}

cpjrt_error *cpjrt_device_kind(const cpjrt_api *api, cpjrt_device *device, const char **kind, size_t *size) {
    void *description;
    cpjrt_error *error = get(api, DEVICE_GET_DESCRIPTION, device, &description);
    return error ? error : items(api, DEVICE_DESCRIPTION_KIND, description, (const void **)kind, size);
}

// ---------------------------------------------------------------------------------------------- programs

cpjrt_error *cpjrt_compile(
    const cpjrt_api *api, cpjrt_client *client, const char *text, size_t text_size, const char *options, size_t options_size,
    cpjrt_program **program) {
    ARGUMENTS(program_text, source, .code = text, .code_size = text_size, .format = "mlir", .format_size = 4);
    ARGUMENTS(compile_args, args, .client = client, .program = &source, .options = options, .options_size = options_size);
    cpjrt_error *error = call(api, CLIENT_COMPILE, &args);
    *program = error ? NULL : args.result;
    return error;
}

static cpjrt_error *code_of(const cpjrt_api *api, cpjrt_program *program, cpjrt_code **code) {
    return get(api, LOADED_EXECUTABLE_GET_EXECUTABLE, program, (void **)code);
}

cpjrt_error *cpjrt_serialize(
    const cpjrt_api *api, cpjrt_program *program, void (*take)(void *context, const char *bytes, size_t size), void *context) {
    cpjrt_code *code;
    cpjrt_error *error = code_of(api, program, &code);
    if (error) return error;
    ARGUMENTS(serialize_args, args, .code = code);
    error = call(api, EXECUTABLE_SERIALIZE, &args);
    if (!error) {
        take(context, args.bytes, args.bytes_size);
        if (args.delete_owner) args.delete_owner(args.owner);
    }
    destroy(api, EXECUTABLE_DESTROY, code);
    return error;
}

cpjrt_error *cpjrt_deserialize(const cpjrt_api *api, cpjrt_client *client, const char *bytes, size_t size, cpjrt_program **program) {
    ARGUMENTS(deserialize_args, args, .client = client, .bytes = bytes, .bytes_size = size);
    cpjrt_error *error = call(api, EXECUTABLE_DESERIALIZE_AND_LOAD, &args);
    *program = error ? NULL : args.result;
    return error;
}

cpjrt_error *cpjrt_program_output_count(const cpjrt_api *api, cpjrt_program *program, size_t *count) {
    cpjrt_code *code;
    cpjrt_error *error = code_of(api, program, &code);
    if (error) return error;
    void *number;
    error = get(api, EXECUTABLE_NUM_OUTPUTS, code, &number);
    *count = (size_t)number;
    destroy(api, EXECUTABLE_DESTROY, code);
    return error;
}

void cpjrt_program_destroy(const cpjrt_api *api, cpjrt_program *program) { destroy(api, LOADED_EXECUTABLE_DESTROY, program); }

cpjrt_error *cpjrt_execute(
    const cpjrt_api *api, cpjrt_program *program, cpjrt_buffer *const *const *arguments, size_t device_count, size_t argument_count,
    cpjrt_buffer **const *outputs) {
    ARGUMENTS(execute_options, options, .launch = 0);
    ARGUMENTS(execute_args, args, .program = program, .options = &options, .arguments = arguments, .device_count = device_count,
              .argument_count = argument_count, .outputs = outputs);
    return call(api, LOADED_EXECUTABLE_EXECUTE, &args);
}

// ----------------------------------------------------------------------------------------------- buffers

/// What an event's callback needs to give the error back with.
typedef struct {
    const cpjrt_api *api;
    void (*released)(void *);
    void *context;
} pending_release;

static void finish(cpjrt_error *error, void *context) {
    pending_release *pending = context;
    if (error) cpjrt_error_destroy(pending->api, error);
    pending->released(pending->context);
    free(pending);
}

cpjrt_error *cpjrt_buffer_from_host(
    const cpjrt_api *api, cpjrt_client *client, const void *bytes, int type, const int64_t *sizes, size_t rank, cpjrt_device *device,
    void (*released)(void *context), void *context, cpjrt_buffer **buffer) {
    ARGUMENTS(from_host_args, args, .client = client, .bytes = bytes, .type = type, .sizes = sizes, .rank = rank,
              .semantics = IMMUTABLE_ZERO_COPY, .device = device);
    cpjrt_error *error = call(api, BUFFER_FROM_HOST_BUFFER, &args);
    *buffer = error ? NULL : args.buffer;
    if (error || !args.done) {
        released(context);
        return error;
    }
    pending_release *pending = malloc(sizeof *pending);
    *pending = (pending_release){api, released, context};
    ARGUMENTS(on_ready_args, ready, .event = args.done, .callback = finish, .context = pending);
    // Where the event cannot be waited for, the memory stays: better a leak than a read of freed memory.
    error = call(api, EVENT_ON_READY, &ready);
    if (error) cpjrt_error_destroy(api, error);
    destroy(api, EVENT_DESTROY, args.done);
    return NULL;
}

cpjrt_error *cpjrt_buffer_to_host(const cpjrt_api *api, cpjrt_buffer *buffer, void *bytes, size_t size) {
    ARGUMENTS(to_host_args, args, .buffer = buffer, .bytes = bytes, .bytes_size = size);
    cpjrt_error *error = call(api, BUFFER_TO_HOST_BUFFER, &args);
    return error || !args.done ? error : await(api, args.done);
}

cpjrt_error *cpjrt_buffer_wait(const cpjrt_api *api, cpjrt_buffer *buffer) {
    void *event;
    cpjrt_error *error = get(api, BUFFER_READY_EVENT, buffer, &event);
    return error ? error : await(api, event);
}

void cpjrt_buffer_destroy(const cpjrt_api *api, cpjrt_buffer *buffer) { destroy(api, BUFFER_DESTROY, buffer); }
