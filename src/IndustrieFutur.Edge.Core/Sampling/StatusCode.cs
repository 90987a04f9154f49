namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>The OPC UA status codes this product writes itself (Part 4, 7.39 and Part 8, 6.3). Codes from devices are kept as they came.</summary>
[HotPath]
public static class StatusCode
{
    public const uint Good = 0;
    public const uint Uncertain = 0x4000_0000;

    /// <summary>The last value, kept because nothing newer came.</summary>
    public const uint UncertainLastUsableValue = 0x4090_0000;

    /// <summary>The last value, kept because the link to its source is lost.</summary>
    public const uint UncertainNoCommunicationLastUsableValue = 0x408F_0000;

    /// <summary>The value lies outside the range that its plan declares.</summary>
    public const uint UncertainEngineeringUnitsExceeded = 0x4094_0000;

    /// <summary>The value changed faster than its plan believes.</summary>
    public const uint UncertainSensorNotAccurate = 0x4093_0000;

    /// <summary>Made of values some of which were not to be used (Part 13, 5.3).</summary>
    public const uint UncertainDataSubNormal = 0x40A4_0000;

    public const uint Bad = 0x8000_0000;
    public const uint BadNoCommunication = 0x8031_0000;
    public const uint BadWaitingForInitialData = 0x8032_0000;
    public const uint BadDecodingError = 0x8007_0000;
    public const uint BadConfigurationError = 0x8089_0000;
    public const uint BadDeviceFailure = 0x808B_0000;
    public const uint BadNodeIdUnknown = 0x8034_0000;

    /// <summary>Nothing to make a value of (Part 13, 5.3).</summary>
    public const uint BadNoData = 0x809B_0000;

    /// <summary>Not a number, or beyond what the type can carry.</summary>
    public const uint BadOutOfRange = 0x803C_0000;

    /// <summary>Severity 0: the value may be used.</summary>
    public static bool IsGood(uint status) => status >> 30 == 0;

    /// <summary>Severity 2 or 3: there is no value.</summary>
    public static bool IsBad(uint status) => status >> 31 != 0;

    /// <summary>The one of higher severity; of two alike the first.</summary>
    public static uint Worse(uint first, uint second) => second >> 30 > first >> 30 ? second : first;

    /// <summary>Says that nothing is known of the source just now, and so nothing of the source's clock either.</summary>
    public static bool IsMark(uint status) =>
        (status & 0xFFFF_0000) is UncertainLastUsableValue or UncertainNoCommunicationLastUsableValue or BadNoCommunication;

    /// <summary>The short name for people and logs.</summary>
    public static string Name(uint status) => (status & 0xFFFF_0000) switch
    {
        Good => "Good",
        UncertainLastUsableValue => "UncertainLastUsableValue",
        UncertainNoCommunicationLastUsableValue => "UncertainNoCommunicationLastUsableValue",
        UncertainEngineeringUnitsExceeded => "UncertainEngineeringUnitsExceeded",
        UncertainSensorNotAccurate => "UncertainSensorNotAccurate",
        UncertainDataSubNormal => "UncertainDataSubNormal",
        BadNoCommunication => "BadNoCommunication",
        BadWaitingForInitialData => "BadWaitingForInitialData",
        BadDecodingError => "BadDecodingError",
        BadConfigurationError => "BadConfigurationError",
        BadDeviceFailure => "BadDeviceFailure",
        BadNodeIdUnknown => "BadNodeIdUnknown",
        BadNoData => "BadNoData",
        BadOutOfRange => "BadOutOfRange",
        _ => IsBad(status) ? "Bad" : IsGood(status) ? "Good" : "Uncertain",
    };
}
