namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>How the simulated controller names itself, the same on every server.</summary>
internal static class CobotIdentity
{
    public const int Major = 5;

    public const int Minor = 25;

    public const int Bugfix = 1;

    public const int Build = 0;

    public const string Version = "5.25.1.0";

    public const string Model = "UR5";
}
