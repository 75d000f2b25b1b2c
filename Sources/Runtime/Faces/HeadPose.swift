import Foundation
import Pixels

/// The head's rotation, estimated from five landmarks under scaled orthographic projection.
///
/// DeMenthon and Davis, *Model-based object pose in 25 lines of code*, 1995: the first (linear) step. The rows of the
/// rotation are the least-squares solution of landmark ≈ scale · (row · model point) + translation.
struct HeadPose {
    /// The rotation about the vertical axis, in degrees; positive if the face looks to the image's right.
    let yaw: Float
    /// The rotation about the horizontal axis, in degrees; positive if the face looks up.
    let pitch: Float
    /// The rotation in the image plane, in degrees; positive if the head leans clockwise as seen.
    let roll: Float

    /// The landmarks of an average adult face in millimeters: x to the image's right, y down, z towards the camera, the
    /// origin midway between the eyes.
    ///
    /// Distances after Farkas, *Anthropometry of the Head and Face*, 1994: eye centers 64 apart, mouth corners 52 apart
    /// and 68 below them, the nose tip 42 below and 30 in front.
    private static let model: [(x: Double, y: Double, z: Double)] = [
        (-32, 0, 0), (32, 0, 0), (0, 42, 30), (-26, 68, 2), (26, 68, 2),
    ]

    init(of landmarks: Landmarks) {
        let points = landmarks.points.map { (x: Double($0.x), y: Double($0.y)) }
        let horizontal = Self.row(points.map(\.x))
        let vertical = Self.row(points.map(\.y))
        let across = Self.length(horizontal), down = Self.length(vertical)
        guard across > 1e-9, down > 1e-9 else {
            (yaw, pitch, roll) = (0, 0, 0)
            return
        }
        let first = (horizontal.0 / across, horizontal.1 / across, horizontal.2 / across)
        let second = (vertical.0 / down, vertical.1 / down, vertical.2 / down)
        // (first.z, second.z) is the image of the model's forward axis, the direction of the nose.
        yaw = Self.degrees(asin(min(max(first.2, -1), 1)))
        pitch = -Self.degrees(asin(min(max(second.2, -1), 1)))
        // The angle of the eye line, not of the fit, because alignment makes the eye line horizontal.
        roll = Self.degrees(atan2(points[1].y - points[0].y, points[1].x - points[0].x))
    }

    private static func length(_ row: (Double, Double, Double)) -> Double {
        (row.0 * row.0 + row.1 * row.1 + row.2 * row.2).squareRoot()
    }

    private static func degrees(_ radians: Double) -> Float { Float(radians * 180 / .pi) }

    /// Solves values ≈ row · model + constant in the least-squares sense.
    ///
    /// The model is symmetric about x = 0, so x is uncorrelated with y and z, and the normal equations separate into
    /// one equation for x and a 2 × 2 system for y and z.
    private static func row(_ values: [Double]) -> (Double, Double, Double) {
        let count = Double(model.count)
        let mean = values.reduce(0, +) / count
        let my = model.reduce(0) { $0 + $1.y } / count
        let mz = model.reduce(0) { $0 + $1.z } / count
        var xx = 0.0, xv = 0.0, yy = 0.0, yz = 0.0, zz = 0.0, yv = 0.0, zv = 0.0
        for (point, value) in zip(model, values) {
            let y = point.y - my, z = point.z - mz, v = value - mean
            xx += point.x * point.x
            xv += point.x * v
            yy += y * y
            yz += y * z
            zz += z * z
            yv += y * v
            zv += z * v
        }
        let determinant = yy * zz - yz * yz
        return (xv / xx, (yv * zz - zv * yz) / determinant, (zv * yy - yv * yz) / determinant)
    }
}

extension Landmarks {
    /// The roll of the head: the angle of the line through the eyes, in degrees, −180...180, positive clockwise as
    /// seen.
    public var roll: Float { HeadPose(of: self).roll }
}
