using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>The stack light with its lamps from the bottom up, by OPC UA IA (BasicStacklightType).</summary>
internal sealed class StackLightNodes
{
    private const uint BasicStacklightType = 1002;
    private const uint StackElementLightType = 1006;

    /// <summary>StacklightOperationMode: each lamp stands for itself.</summary>
    private const int Segmented = 0;

    /// <summary>SignalModeLight.</summary>
    private const int ContinuousLight = 0;

    /// <summary>The bit of the PLC's word, and the colour by SignalColor.</summary>
    private static readonly (string Name, int Bit, int Colour)[] Lamps = [("Red", 0, 1), ("Yellow", 1, 4), ("Green", 2, 2), ("Blue", 3, 3)];

    private readonly LiveValue<bool>[] _lamps;

    public StackLightNodes(ModelBuilder builder, UaObject conveyor)
    {
        var light = builder.Instance(conveyor, NodeSets.Ia, BasicStacklightType, "Stacklight");
        builder.Fix(light, "StacklightMode", Variant.Of(Segmented));
        _lamps = [.. Lamps.Select((lamp, place) => Lamp(builder, light, lamp.Name, (uint)place, lamp.Colour))];
    }

    public void Show(ushort word, long utc)
    {
        for (var i = 0; i < Lamps.Length; i++)
        {
            _lamps[i].Show((word & (1 << Lamps[i].Bit)) != 0, utc);
        }
    }

    private static LiveValue<bool> Lamp(ModelBuilder builder, UaObject light, string name, uint place, int colour)
    {
        var lamp = builder.Instance(
            light, NodeIds.HasOrderedComponent, builder.Name(name), builder.Id(NodeSets.Ia, StackElementLightType), "SignalOn", "SignalColor", "SignalMode");
        builder.Fix(lamp, "NumberInList", Variant.Of(place));
        builder.Fix(lamp, "SignalColor", Variant.Of(colour));
        builder.Fix(lamp, "SignalMode", Variant.Of(ContinuousLight));
        return builder.Boolean(lamp, "SignalOn");
    }
}
