namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>How a link moves, seen from the base: its origin's speed and acceleration, its turning and the change of that.</summary>
internal readonly record struct LinkMotion(Vector3 Origin, Vector3 Speed, Vector3 Acceleration, Vector3 Turning, Vector3 TurningChange)
{
    /// <summary>The same link after its joint has added its own turning about an axis through the origin.</summary>
    public LinkMotion Turned(in Vector3 axis, double qd, double qdd) => this with
    {
        Turning = Turning + (qd * axis),
        TurningChange = TurningChange + (qdd * axis) + (qd * Turning.Cross(axis)),
    };

    /// <summary>What moves with the link, at another point of it.</summary>
    public LinkMotion At(in Vector3 point)
    {
        var arm = point - Origin;
        var round = Turning.Cross(arm);
        return this with
        {
            Origin = point,
            Speed = Speed + round,
            Acceleration = Acceleration + TurningChange.Cross(arm) + Turning.Cross(round),
        };
    }
}
