namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>One step of the way to a server's values: it needs what the steps below it found, and finds what those above need.</summary>
internal interface IRung
{
    /// <summary>One word, for the person and for the script.</summary>
    string Name { get; }

    /// <summary>What broke may also be thrown as a <see cref="IndustrieFutur.Edge.OpcUa.Types.UaException"/>; the ladder then knows the next step.</summary>
    RungAnswer Try(ProbeState state, CancellationToken cancellationToken);
}
