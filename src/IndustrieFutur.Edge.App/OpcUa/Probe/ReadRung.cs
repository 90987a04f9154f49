using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Reads the server's time, and the first value of its own that it shows.</summary>
internal sealed class ReadRung : IRung
{
    private const uint SeverityMask = 0xC0000000;

    public string Name => "read";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var time = ProbeReading.One(state, new NodeId(0, NodeIds.ServerStatusCurrentTime));
        if ((time.Status & SeverityMask) != 0)
        {
            return RungAnswer.Broken(
                ExitCode.FoundProblems,
                $"the server does not let us read its own time ({StatusCodes.NameOf(time.Status)})",
                $"let {state.Request.Who} read values in the user settings of the server",
                new RungFact("i=2258", StatusCodes.NameOf(time.Status)));
        }

        var clock = new RungFact("i=2258", Text(time));
        return FirstVariable.Find(state, cancellationToken) is { } found
            ? RungAnswer.Ok("values can be read", clock, new RungFact($"{found.Path} ({found.Id})", Text(ProbeReading.One(state, found.Node))))
            : RungAnswer.Doubt("the server's time can be read, but no value of its own was found near the top", "look for it with \"ifedge browse\"", clock);
    }

    private static string Text(DataValue value)
    {
        var text = ServerWords.Plain(value.Value.ToString());
        return value.Status == 0 ? text : $"{text} ({StatusCodes.NameOf(value.Status)})";
    }
}
