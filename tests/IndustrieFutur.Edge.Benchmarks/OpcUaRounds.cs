namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The rounds of two clients that took turns: each is busy in one and idle in the other, and the medians are compared.</summary>
internal sealed class OpcUaRounds(int pairsMax)
{
    private readonly List<OpcUaReading> _ours = new(pairsMax);
    private readonly List<OpcUaReading> _theirs = new(pairsMax);
    private readonly List<double> _oursIdle = new(pairsMax);
    private readonly List<double> _theirsIdle = new(pairsMax);

    public double OursIdle => Median(_oursIdle);

    public double TheirsIdle => Median(_theirsIdle);

    public double OursMicros => Median(_ours.ConvertAll(round => round.MicrosPerValue(OursIdle)));

    public double TheirsMicros => Median(_theirs.ConvertAll(round => round.MicrosPerValue(TheirsIdle)));

    public double Ratio => TheirsMicros / OursMicros;

    public void Add((OpcUaReading Busy, OpcUaReading Idle) ours, (OpcUaReading Busy, OpcUaReading Idle) theirs)
    {
        _ours.Add(ours.Busy);
        _theirsIdle.Add(ours.Idle.Load);
        _theirs.Add(theirs.Busy);
        _oursIdle.Add(theirs.Idle.Load);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
