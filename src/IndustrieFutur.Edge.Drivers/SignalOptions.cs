using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>What an integrator may say of any signal; each driver adds where to find it.</summary>
public abstract class SignalOptions
{
    [Description("The signal's name, as operators read it.")]
    public LocalizedName? Name { get; init; }

    [MaxLength(32)]
    [Description("Engineering unit, such as \"m/s\" or \"degC\".")]
    public string Unit { get; init; } = "";

    [Description("value = raw * scale + offset; the result is a floating point number.")]
    public double Scale { get; init; } = 1;

    [Description("value = raw * scale + offset.")]
    public double Offset { get; init; }

    [Description("What the value may be; outside it is marked Uncertain, or dropped.")]
    public RangeOptions? Range { get; init; }

    [Description("How much the value must change before it is sent again; without it every sample is sent.")]
    public DeadbandOptions? Deadband { get; init; }

    [Description("Send fewer points, and yet enough to draw the curve again within a deviation. Either this or \"deadband\".")]
    public SwingingDoorOptions? SwingingDoor { get; init; }

    [Description("How fast the value can change at most; what changes faster is marked Uncertain, or dropped.")]
    public RateOfChangeOptions? RateOfChange { get; init; }

    [Description("Send it. false keeps it for derived signals and the table of latest values, and nothing of it is stored.")]
    public bool Publish { get; init; } = true;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    [Description("After so long without a sample the last value is marked Uncertain.")]
    public TimeSpan? StaleAfter { get; init; }

    [Range(1, 1024)]
    [Description("Longest text in bytes; longer ones are cut. Only for text.")]
    public int TextBytes { get; init; } = 64;

    /// <summary>How the driver delivers the value.</summary>
    public abstract ValueKind RawKind { get; }

    /// <summary>The rules between the keys that any signal has.</summary>
    internal void CheckFilters(Mistakes mistakes)
    {
        Refuse(Scale == 0, mistakes, "a scale of 0 makes every value the same; write what one raw unit is worth, or remove it", "scale");
        Refuse(
            Deadband?.Percent is not null && (Range?.Low is null || Range.High is null),
            mistakes, "a percentage is one of the range, and the signal has none; add \"range\": { \"low\": ..., \"high\": ... }, or write \"absolute\"", "deadband", "percent");
        Refuse(
            Deadband is not null && SwingingDoor is not null,
            mistakes, "the signal has a \"deadband\" and a \"swingingDoor\"; either holds back what the other should see, remove one", "swingingDoor");
        Refuse(
            !Publish && SwingingDoor is not null,
            mistakes, "the signal is not sent, so there is nothing to hold back; remove it, or \"publish\"", "swingingDoor");
    }

    /// <summary>Filters that count with the value, at a signal whose value is no number: told when its kind is known.</summary>
    public void CheckNumeric(ValueKind kind, Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (kind is not (ValueKind.Boolean or ValueKind.Text))
        {
            return;
        }

        var what = kind == ValueKind.Text ? "a text" : "true or false";
        Refuse(SwingingDoor is not null, mistakes, $"the value is {what}, and no line can be drawn through it; write \"deadband\": {{ \"absolute\": 0 }}", "swingingDoor");
        Refuse(RateOfChange is not null, mistakes, $"the value is {what}, which does not change by so much a second; remove it", "rateOfChange");
        Refuse(Deadband?.Percent is not null, mistakes, $"the value is {what}; write \"absolute\": 0 to send each change", "deadband", "percent");
    }

    private static void Refuse(bool isWrong, Mistakes mistakes, string message, params string[] path)
    {
        if (isWrong)
        {
            mistakes.Add(message, path);
        }
    }
}
