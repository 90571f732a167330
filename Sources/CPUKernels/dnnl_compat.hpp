// oneDNN 2.6 and 3.x spell these differently; nothing else depends on the version.
#pragma once
#include <oneapi/dnnl/dnnl.hpp>

namespace compat {

using Dims = dnnl::memory::dims;
using Desc = dnnl::memory::desc;

struct ConvShape {
    Desc input, kernel, bias, output;   // bias: zero if there is none
    Dims stride, dilation, low, high;
    dnnl::algorithm algorithm = dnnl::algorithm::convolution_direct;
};

#if DNNL_VERSION_MAJOR >= 3

inline dnnl::convolution_forward::primitive_desc forward(const dnnl::engine &engine, const ConvShape &s, const dnnl::primitive_attr &attr) {
    return {engine, dnnl::prop_kind::forward_inference, s.algorithm, s.input, s.kernel, s.bias, s.output,
            s.stride, s.dilation, s.low, s.high, attr};
}
inline dnnl::convolution_backward_data::primitive_desc inputGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {engine, s.algorithm, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high, hint, attr};
}
inline dnnl::convolution_backward_weights::primitive_desc kernelGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {engine, s.algorithm, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high, hint, attr};
}

#else

inline dnnl::convolution_forward::primitive_desc forward(const dnnl::engine &engine, const ConvShape &s, const dnnl::primitive_attr &attr) {
    return {{dnnl::prop_kind::forward_training, s.algorithm, s.input, s.kernel, s.bias, s.output,
             s.stride, s.dilation, s.low, s.high}, attr, engine};
}
inline dnnl::convolution_backward_data::primitive_desc inputGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {{s.algorithm, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high}, attr, engine, hint};
}
inline dnnl::convolution_backward_weights::primitive_desc kernelGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {{s.algorithm, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high}, attr, engine, hint};
}

#endif

}  // namespace compat
