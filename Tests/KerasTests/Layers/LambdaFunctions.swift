@testable import Keras

/// The functions that the Lambda rows of the layer table name, in Swift.
enum LambdaFunctions {
    static func register() {
        Lambda.register("twice_plus_one") { x in try x * 2 + 1 }
        Lambda.register("scaled_in_training") { x, call in call.training ? try x * call.arguments.double("factor") : x }
        Lambda.register(ofList: "product_of_two") { inputs in try inputs[0] * inputs[1] }
        _ = Lambda.Mask("first_mask") { _, masks in masks.first ?? nil }
    }
}
