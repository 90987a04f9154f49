using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>Six numbers as the arm's model takes them, from and to what a test can write down.</summary>
internal static class Joints
{
    public static Vector6 Of(params ReadOnlySpan<double> values)
    {
        Vector6 all = default;
        values.CopyTo(all);
        return all;
    }

    public static double[] List(in Vector6 values) => [values[0], values[1], values[2], values[3], values[4], values[5]];

    public static void AssertNear(ReadOnlySpan<double> expected, in Vector6 actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}]: {actual[i]:R} is not {expected[i]:R} within {tolerance:R}");
        }
    }
}
