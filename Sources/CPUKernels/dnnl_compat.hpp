// oneDNN 2.6 and 3.x spell these differently; nothing else depends on the version.
#pragma once
#include <oneapi/dnnl/dnnl.hpp>

namespace compat {

using Dims = dnnl::memory::dims;
using Desc = dnnl::memory::desc;

struct ConvShape {
    Desc input, kernel, bias, output;   // bias: zero if there is none
    Dims stride, dilation, low, high;
};

#if DNNL_VERSION_MAJOR >= 3

inline dnnl::convolution_forward::primitive_desc forward(const dnnl::engine &engine, const ConvShape &s, const dnnl::primitive_attr &attr) {
    return {engine, dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct, s.input, s.kernel, s.bias, s.output,
            s.stride, s.dilation, s.low, s.high, attr};
}
inline dnnl::convolution_backward_data::primitive_desc inputGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {engine, dnnl::algorithm::convolution_direct, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high, hint, attr};
}
inline dnnl::convolution_backward_weights::primitive_desc kernelGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {engine, dnnl::algorithm::convolution_direct, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high, hint, attr};
}
inline void appendRelu(dnnl::post_ops &ops) { ops.append_eltwise(dnnl::algorithm::eltwise_relu, 0, 0); }

#else

inline dnnl::convolution_forward::primitive_desc forward(const dnnl::engine &engine, const ConvShape &s, const dnnl::primitive_attr &attr) {
    return {{dnnl::prop_kind::forward_training, dnnl::algorithm::convolution_direct, s.input, s.kernel, s.bias, s.output,
             s.stride, s.dilation, s.low, s.high}, attr, engine};
}
inline dnnl::convolution_backward_data::primitive_desc inputGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {{dnnl::algorithm::convolution_direct, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high}, attr, engine, hint};
}
inline dnnl::convolution_backward_weights::primitive_desc kernelGradient(const dnnl::engine &engine, const ConvShape &s, const dnnl::convolution_forward::primitive_desc &hint, const dnnl::primitive_attr &attr) {
    return {{dnnl::algorithm::convolution_direct, s.input, s.kernel, s.output, s.stride, s.dilation, s.low, s.high}, attr, engine, hint};
}
inline void appendRelu(dnnl::post_ops &ops) { ops.append_eltwise(1.0f, dnnl::algorithm::eltwise_relu, 0, 0); }

#endif

}  // namespace compat
