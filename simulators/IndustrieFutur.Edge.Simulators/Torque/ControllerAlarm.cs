namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>Something that the controller tells about itself: an alarm that came, or that somebody acknowledged at its panel.</summary>
/// <param name="Code">Four characters, such as E404.</param>
/// <param name="IsAcknowledged">It was acknowledged, not raised.</param>
/// <param name="Time">The controller's clock.</param>
internal sealed record ControllerAlarm(string Code, bool IsAcknowledged, string Time);
