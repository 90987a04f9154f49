namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>A point, a direction, a force or a speed in space. RTDE calls it VECTOR3D.</summary>
internal readonly record struct Vector3(double X, double Y, double Z)
{
    public const int Count = 3;

    public double Length => Math.Sqrt(Dot(this));

    public double this[int axis] => axis switch
    {
        0 => X,
        1 => Y,
        2 => Z,
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "A vector in space has three parts."),
    };

    public static Vector3 operator +(in Vector3 a, in Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3 operator -(in Vector3 a, in Vector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3 operator *(double k, in Vector3 a) => new(k * a.X, k * a.Y, k * a.Z);

    public double Dot(in Vector3 b) => (X * b.X) + (Y * b.Y) + (Z * b.Z);

    public Vector3 Cross(in Vector3 b) => new((Y * b.Z) - (Z * b.Y), (Z * b.X) - (X * b.Z), (X * b.Y) - (Y * b.X));
}
