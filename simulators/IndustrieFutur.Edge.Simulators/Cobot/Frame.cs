namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Where a link stands and how it is turned: its three axes and its origin, seen from the base.</summary>
internal readonly record struct Frame(Vector3 AxisX, Vector3 AxisY, Vector3 AxisZ, Vector3 Origin)
{
    public static readonly Frame Base = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    /// <summary>A link after Denavit and Hartenberg: turned about z, shifted along z by d and along x by a, turned about x by alpha.</summary>
    public static Frame Link(double theta, double a, double d, double alpha)
    {
        var (sin, cos) = Math.SinCos(theta);
        var (sinAlpha, cosAlpha) = Math.SinCos(alpha);
        return new(
            new(cos, sin, 0),
            new(-sin * cosAlpha, cos * cosAlpha, sinAlpha),
            new(sin * sinAlpha, -cos * sinAlpha, cosAlpha),
            new(a * cos, a * sin, d));
    }

    /// <summary>A frame that is given in this one, seen from the base.</summary>
    public Frame Then(in Frame inner) => new(Turn(inner.AxisX), Turn(inner.AxisY), Turn(inner.AxisZ), Place(inner.Origin));

    /// <summary>A direction of this frame, seen from the base.</summary>
    public Vector3 Turn(in Vector3 v) => (v.X * AxisX) + (v.Y * AxisY) + (v.Z * AxisZ);

    /// <summary>A direction of the base, seen from this frame.</summary>
    public Vector3 TurnBack(in Vector3 v) => new(AxisX.Dot(v), AxisY.Dot(v), AxisZ.Dot(v));

    /// <summary>A point of this frame, seen from the base.</summary>
    public Vector3 Place(in Vector3 point) => Origin + Turn(point);

    /// <summary>Axis times angle, the angle between 0 and pi: by way of the largest part of the quaternion, which is exact at pi too.</summary>
    public Vector3 RotationVector()
    {
        var trace = AxisX.X + AxisY.Y + AxisZ.Z;
        double w;
        Vector3 v;
        if (trace >= AxisX.X && trace >= AxisY.Y && trace >= AxisZ.Z)
        {
            w = Half(1 + trace);
            v = (0.25 / w) * new Vector3(AxisY.Z - AxisZ.Y, AxisZ.X - AxisX.Z, AxisX.Y - AxisY.X);
        }
        else if (AxisX.X >= AxisY.Y && AxisX.X >= AxisZ.Z)
        {
            var x = Half(1 + (2 * AxisX.X) - trace);
            w = (AxisY.Z - AxisZ.Y) / (4 * x);
            v = new(x, (AxisY.X + AxisX.Y) / (4 * x), (AxisZ.X + AxisX.Z) / (4 * x));
        }
        else if (AxisY.Y >= AxisZ.Z)
        {
            var y = Half(1 + (2 * AxisY.Y) - trace);
            w = (AxisZ.X - AxisX.Z) / (4 * y);
            v = new((AxisY.X + AxisX.Y) / (4 * y), y, (AxisZ.Y + AxisY.Z) / (4 * y));
        }
        else
        {
            var z = Half(1 + (2 * AxisZ.Z) - trace);
            w = (AxisX.Y - AxisY.X) / (4 * z);
            v = new((AxisZ.X + AxisX.Z) / (4 * z), (AxisZ.Y + AxisY.Z) / (4 * z), z);
        }

        return Scaled(w, v);
    }

    private static double Half(double square) => Math.Sqrt(Math.Max(0, square)) / 2;

    private static Vector3 Scaled(double w, in Vector3 v)
    {
        var sine = v.Length;
        if (sine == 0)
        {
            return default;
        }

        var angle = 2 * Math.Atan2(sine, Math.Abs(w));
        return (Math.CopySign(angle, w) / sine) * v;
    }
}
