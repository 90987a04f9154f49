namespace IndustrieFutur.Edge.App.Commands;

/// <summary>How this run treats commands, whatever the configuration says.</summary>
/// <param name="IsSafeMode">Off until a start without.</param>
/// <param name="IsSimulated">All devices are simulators of this process.</param>
internal sealed record CommandTerms(bool IsSafeMode, bool IsSimulated)
{
    public static CommandTerms Usual { get; } = new(false, false);
}
