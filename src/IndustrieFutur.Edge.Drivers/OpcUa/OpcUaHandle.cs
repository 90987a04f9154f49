namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// What a monitored item is called between the server and us: its place in the plan, and how often it was made, so that a late message
/// for an older one is told from the new.
/// </summary>
internal static class OpcUaHandle
{
    private const int PlaceBits = 20;

    /// <summary>A million: a hundred times what a large PLC offers.</summary>
    public const int PlacesMax = 1 << PlaceBits;

    private const uint PlaceMask = PlacesMax - 1;

    /// <summary>A message is late by seconds; an item is not made anew 4,096 times within those.</summary>
    private const uint GenerationMask = 0xFFF;

    public static uint Of(int place, uint generation) => ((generation & GenerationMask) << PlaceBits) | (uint)place;

    public static int PlaceOf(uint handle) => (int)(handle & PlaceMask);
}
