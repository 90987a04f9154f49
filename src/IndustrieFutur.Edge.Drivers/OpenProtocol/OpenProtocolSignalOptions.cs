using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>One signal of a torque driver: which value of its results, or its alarm.</summary>
public sealed class OpenProtocolSignalOptions : SignalOptions
{
    [Required]
    [Description("What the signal is: of each tightening \"torque\" in N.m and \"angle\" in degrees with their Target, Min, Max and Status (0 low, 1 OK, 2 high), "
        + "\"ok\", \"id\", \"vin\", \"job\", \"parameterSet\", \"batchSize\", \"batchCounter\", \"batchStatus\" and the controller's local \"time\"; "
        + "or \"alarm\", the code of each alarm.")]
    public OpenProtocolField? Field { get; init; }

    /// <inheritdoc/>
    public override ValueKind RawKind => Field switch
    {
        OpenProtocolField.Torque or OpenProtocolField.TorqueTarget or OpenProtocolField.TorqueMin or OpenProtocolField.TorqueMax => ValueKind.Float64,
        OpenProtocolField.Angle or OpenProtocolField.AngleTarget or OpenProtocolField.AngleMin or OpenProtocolField.AngleMax => ValueKind.Float64,
        OpenProtocolField.Ok => ValueKind.Boolean,
        OpenProtocolField.Vin or OpenProtocolField.Time or OpenProtocolField.Alarm => ValueKind.Text,
        _ => ValueKind.Int64,
    };
}
