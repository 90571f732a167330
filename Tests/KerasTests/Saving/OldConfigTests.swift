import Testing

@testable import Keras

/// Architectures as Keras 2 wrote them.
@Suite(.ownSession) struct OldConfigTests {
    /// Calls as lists, `batch_input_shape`, a model inside whose calls are counted from 1, axes in a list, keyword tensors.
    @Test func graph() throws {
        let dense = #"{"units": 3, "activation": "relu", "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}, "dtype": "float32", "trainable": true, "name": "#
        let input = #"{"batch_input_shape": [null, 3], "dtype": "float32", "sparse": false, "ragged": false, "name": "#
        let inner = """
            {"class_name": "Functional", "name": "inner", "config": {"name": "inner", "trainable": true, "layers": [
              {"class_name": "InputLayer", "config": \(input)"input_2"}, "name": "input_2", "inbound_nodes": []},
              {"class_name": "Dense", "config": \(dense)"a"}, "name": "a", "inbound_nodes": [[["input_2", 0, 0, {}]]]}],
              "input_layers": [["input_2", 0, 0]], "output_layers": [["a", 0, 0]]},
             "inbound_nodes": [[["input_1", 0, 0, {}]], [["inner", 1, 0, {}]]]}
            """
        let json = """
            {"class_name": "Functional", "keras_version": "2.15.0", "backend": "tensorflow", "config": {"name": "model", "trainable": true, "layers": [
              {"class_name": "InputLayer", "config": \(input)"input_1"}, "name": "input_1", "inbound_nodes": []},
              \(inner),
              {"class_name": "BatchNormalization", "config": {"name": "norm", "trainable": true, "dtype": "float32", "axis": [1]},
               "name": "norm", "inbound_nodes": [[["inner", 2, 0, {}]]]},
              {"class_name": "Add", "config": {"name": "add", "trainable": true, "dtype": "float32"}, "name": "add",
               "inbound_nodes": [[["norm", 0, 0, {}], ["inner", 1, 0, {}]]]}],
              "input_layers": [["input_1", 0, 0]], "output_layers": [["add", 0, 0]]}}
            """
        let model = try Model.fromJSON(json)
        #expect(model.layers.map(\.name) == ["input_1", "inner", "norm", "add"])
        #expect(model.output.shape == [nil, 3])
        #expect(try model.layer(named: "inner").inboundNodes.count == 2)
        // Today's form of it is the same model.
        #expect(try Model.fromJSON(model.json()).json() == model.json())
    }

    /// The shape of a stack's first layer; states after the inputs of a recurrent one.
    @Test func stackAndStates() throws {
        let stack = try Model.fromJSON("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Dense", "config": {"name": "d", "trainable": true, "batch_input_shape": [null, 4], "dtype": "float32", "units": 2}}]}}
            """)
        #expect(stack.inputs.map(\.shape) == [[nil, 4]] && stack.built)
        let input = #""sparse": false, "ragged": false, "dtype": "float32""#
        let model = try Model.fromJSON("""
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 5, 2], \(input), "name": "x"}, "name": "x", "inbound_nodes": []},
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 3], \(input), "name": "h"}, "name": "h", "inbound_nodes": []},
              {"class_name": "GRU", "config": {"name": "g", "trainable": true, "dtype": "float32", "units": 3}, "name": "g",
               "inbound_nodes": [[["x", 0, 0, {}], ["h", 0, 0, {}]]]}],
              "input_layers": [["x", 0, 0], ["h", 0, 0]], "output_layers": [["g", 0, 0]]}}
            """)
        #expect(model.output.shape == [nil, 3])
        #expect(model.json().contains("initial_state"))
    }

    @Test func codeOfLambda() throws {
        let json = """
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Lambda", "config": {"name": "half", "trainable": true, "dtype": "float32", "batch_input_shape": [null, 4],
               "function": ["4wEAAAAA", null, null], "function_type": "lambda", "module": "__main__"}}]}}
            """
        #expect(message { _ = try Model.fromJSON(json) }.contains("Lambda \"half\" cannot be made from a config: its function is Python code"))
    }
}
