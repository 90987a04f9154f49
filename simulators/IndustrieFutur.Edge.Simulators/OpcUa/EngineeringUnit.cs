using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>A unit of measurement by its common code in UNECE Recommendation 20, as OPC UA Part 8, 5.6.4 makes a number of it.</summary>
internal sealed record EngineeringUnit(string Code, string Symbol, string Name)
{
    private const string Cefact = "http://www.opcfoundation.org/UA/units/un/cefact";

    public static readonly EngineeringUnit Radian = new("C81", "rad", "radian");
    public static readonly EngineeringUnit RadianPerSecond = new("2A", "rad/s", "radian per second");
    public static readonly EngineeringUnit RadianPerSecondSquared = new("2B", "rad/s²", "radian per second squared");
    public static readonly EngineeringUnit DegreeCelsius = new("CEL", "°C", "degree Celsius");
    public static readonly EngineeringUnit Kilogram = new("KGM", "kg", "kilogram");
    public static readonly EngineeringUnit Joule = new("JOU", "J", "joule");
    public static readonly EngineeringUnit Ampere = new("AMP", "A", "ampere");
    public static readonly EngineeringUnit MillimetrePerSecond = new("C16", "mm/s", "millimetre per second");

    public static readonly EngineeringUnit Piece = new("H87", "pcs", "piece");

    /// <summary>The letters of the code, the first in the highest byte.</summary>
    private int UnitId => Code.Aggregate(0, static (id, letter) => (id << 8) | letter);

    public Variant Value => Variant.Of(ExtensionObject.Of(Information));

    private EUInformation Information => new()
    {
        NamespaceUri = Cefact,
        UnitId = UnitId,
        DisplayName = new LocalizedText("en", Symbol),
        Description = new LocalizedText("en", Name),
    };

    /// <summary>As a field of another structure.</summary>
    public void Write(ref UaWriter writer) => Information.Encode(ref writer);
}
