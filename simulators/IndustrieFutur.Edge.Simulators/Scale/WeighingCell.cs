namespace IndustrieFutur.Edge.Simulators.Scale;

/// <summary>What the load does to the sensor: it follows with a lag, trembles, and is stable when it has not moved for a while.</summary>
internal sealed class WeighingCell(Random noise)
{
    private const double LagSeconds = 0.15;
    private const double NoiseGrams = 0.02;

    /// <summary>Within it for so long, the weight counts as stable.</summary>
    private const double StableGrams = 0.1;
    private const double StableSeconds = 0.4;

    private double _grams;
    private double _anchorGrams;
    private double _quietSeconds;
    private double _driftGrams;

    public double LoadGrams { get; set; }

    /// <summary>What it measures, noise and drift included.</summary>
    public double Grams { get; private set; }

    public bool IsStable => _quietSeconds >= StableSeconds;

    public void Scan(double noiseFactor, double driftGramsPerMinute)
    {
        const double Scan = 1.0 / MettlerScale.ScansPerSecond;
        var tremble = NoiseGrams * noiseFactor * ((2 * noise.NextDouble()) - 1);
        _driftGrams = driftGramsPerMinute == 0 ? 0 : _driftGrams + (driftGramsPerMinute * Scan / 60);
        _grams += (LoadGrams - _grams) * Scan / LagSeconds;
        Grams = _grams + _driftGrams + tremble;
        _quietSeconds += Scan;
        if (Math.Abs(Grams - _anchorGrams) > StableGrams)
        {
            _anchorGrams = Grams;
            _quietSeconds = 0;
        }
    }
}
