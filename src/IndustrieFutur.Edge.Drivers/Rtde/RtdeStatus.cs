using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>The status codes of fields that a controller does not give (OPC UA Part 4, 7.39).</summary>
internal static class RtdeStatus
{
    /// <summary>BadNotFound: the controller does not know the field.</summary>
    public const uint NotFound = 0x803E_0000;

    /// <summary>BadResourceUnavailable: another client owns it.</summary>
    public const uint InUse = 0x8004_0000;

    /// <summary>BadTypeMismatch: it is of another type than we know of it, or was told.</summary>
    public const uint OtherType = 0x8074_0000;

    /// <summary>By what the controller answered in the type's place.</summary>
    public static uint Of(string answer) => answer switch
    {
        RtdeRecipeField.NotFound => NotFound,
        RtdeRecipeField.InUse => InUse,
        _ => OtherType,
    };
}
