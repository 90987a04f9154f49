namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// What a monitored item is called between the server and us: its place in the plan, and the generation of the session it was made in,
/// so that a late message of an older one is told from the new.
/// </summary>
internal static class OpcUaHandle
{
    private const int PlaceBits = 20;

    /// <summary>A million: a hundred times what a large PLC offers.</summary>
    public const int PlacesMax = 1 << PlaceBits;

    private const uint PlaceMask = PlacesMax - 1;

    /// <summary>A message is late by seconds; 4,096 sessions are never made within those.</summary>
    private const uint GenerationMask = 0xFFF;

    public static uint Of(int place, uint generation) => ((generation & GenerationMask) << PlaceBits) | (uint)place;

    /// <summary>False: of another generation.</summary>
    public static bool TryPlace(uint handle, uint generation, out int place)
    {
        place = (int)(handle & PlaceMask);
        return handle >> PlaceBits == (generation & GenerationMask);
    }
}
