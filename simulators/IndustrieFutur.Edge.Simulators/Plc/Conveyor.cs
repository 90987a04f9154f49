namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>The belt and what lies on it: parts enter, pass the two photo-eyes and are counted when they leave.</summary>
internal sealed class Conveyor(Random random)
{
    private const double BeltMillimetres = 1000;
    private const double PartMillimetres = 100;
    private const double GapMillimetresMin = 180;
    private const double GapMillimetresMax = 420;

    /// <summary>Two parts of a hundred are bad: often enough to be seen, seldom enough to be believed.</summary>
    private const double RejectShare = 0.02;

    /// <summary>Where the front of each part is; at most eight fit between the eyes.</summary>
    private readonly List<double> _fronts = [0];
    private double _nextGap = GapMillimetresMin;

    public uint Total { get; private set; }

    public uint Good { get; private set; }

    public uint Rejected { get; private set; }

    public int Parts => _fronts.Count;

    public bool AtEntry => IsCovered(PartMillimetres);

    public bool AtExit => IsCovered(BeltMillimetres);

    /// <summary>A controller that was exchanged, or whose counter somebody set.</summary>
    public void SetCounters(uint good, uint rejected)
    {
        Total = unchecked(good + rejected);
        Good = good;
        Rejected = rejected;
    }

    /// <param name="millimetres">How far the belt goes.</param>
    /// <param name="isStarved">No part comes from before it.</param>
    public void Move(double millimetres, bool isStarved)
    {
        for (var i = 0; i < _fronts.Count; i++)
        {
            _fronts[i] += millimetres;
        }

        if (!isStarved && (_fronts.Count == 0 || _fronts[^1] >= PartMillimetres + _nextGap))
        {
            _fronts.Add(0);
            _nextGap = GapMillimetresMin + (random.NextDouble() * (GapMillimetresMax - GapMillimetresMin));
        }

        if (_fronts.Count > 0 && _fronts[0] > BeltMillimetres + PartMillimetres)
        {
            _fronts.RemoveAt(0);
            Count();
        }
    }

    private bool IsCovered(double place) => _fronts.Exists(front => front >= place && front <= place + PartMillimetres);

    private void Count()
    {
        Total++;
        if (random.NextDouble() < RejectShare)
        {
            Rejected++;
            return;
        }

        Good++;
    }
}
