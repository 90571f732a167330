// libhdf5 with plain functions in place of what Swift cannot see: macros, and functions that changed between 1.10 and 1.14.
#pragma once

// Debian keeps the serial library's headers in a folder of their own; pkg-config names it too.
#if __has_include(<hdf5.h>)
#include <hdf5.h>
#else
#include <hdf5/serial/hdf5.h>
#endif
#include <stdio.h>
#include <string.h>

/// The library's own printing off, and no code loaded as a filter.
static inline void chdf5_quiet(void) {
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
}

/// The texts of the last failure: what was tried, and the innermost cause.
typedef struct {
    char outer[512];
    char inner[512];
} chdf5_failure;

static inline herr_t chdf5_take_failure(unsigned level, const H5E_error2_t *error, void *data) {
    chdf5_failure *failure = (chdf5_failure *)data;
    const char *text = error->desc ? error->desc : "";
    if (level == 0) snprintf(failure->inner, sizeof failure->inner, "%s", text);
    snprintf(failure->outer, sizeof failure->outer, "%s", text);
    return 0;
}

static inline void chdf5_last_failure(chdf5_failure *failure) {
    memset(failure, 0, sizeof *failure);
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, chdf5_take_failure, failure);
    H5Eclear2(H5E_DEFAULT);
}

static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }

// The library's own property lists and types, which are macros with a call in them.
static inline hid_t chdf5_file_access(void) { return H5Pcreate(H5P_FILE_ACCESS); }
static inline hid_t chdf5_dataset_create(void) { return H5Pcreate(H5P_DATASET_CREATE); }

static inline hid_t chdf5_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t chdf5_int16(void) { return H5T_NATIVE_INT16; }
static inline hid_t chdf5_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_uint16(void) { return H5T_NATIVE_UINT16; }
static inline hid_t chdf5_uint32(void) { return H5T_NATIVE_UINT32; }
static inline hid_t chdf5_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_float32(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_float64(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline size_t chdf5_variable(void) { return H5T_VARIABLE; }

/// A floating-point type of two bytes: IEEE half precision (5 bits of exponent) or bfloat16 (8).
static inline hid_t chdf5_two_byte_float(int exponent_bits) {
    hid_t type = H5Tcopy(H5T_NATIVE_FLOAT);
    size_t mantissa = 15 - (size_t)exponent_bits;
    if (type < 0) return type;
    // Fields first: a size that cuts off fields is refused.
    if (H5Tset_fields(type, 15, mantissa, (size_t)exponent_bits, 0, mantissa) < 0 || H5Tset_size(type, 2) < 0
        || H5Tset_ebias(type, ((size_t)1 << (exponent_bits - 1)) - 1) < 0) {
        H5Tclose(type);
        return -1;
    }
    return type;
}

/// Writing to file systems that know no locks.
static inline void chdf5_ignore_missing_locks(hid_t access) {
#if H5_VERSION_GE(1, 12, 1) || (H5_VERS_MAJOR == 1 && H5_VERS_MINOR == 10 && H5_VERS_RELEASE >= 7)
    H5Pset_file_locking(access, 1, 1);
#else
    (void)access;
#endif
}

/// Closes all groups, data sets, attributes and types that were opened through a file.
static inline void chdf5_close_parts(hid_t file) {
    hid_t parts[64];
    ssize_t count;
    while ((count = H5Fget_obj_ids(file, (H5F_OBJ_ALL & ~(unsigned)H5F_OBJ_FILE) | H5F_OBJ_LOCAL, 64, parts)) > 0) {
        int closed = 0;
        for (ssize_t i = 0; i < count && i < 64; i++) {
            herr_t status = H5Iget_type(parts[i]) == H5I_ATTR ? H5Aclose(parts[i]) : H5Oclose(parts[i]);
            closed += status >= 0;
        }
        if (closed == 0) return;
    }
}
