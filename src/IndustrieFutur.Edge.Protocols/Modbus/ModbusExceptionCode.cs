namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>Why a device refused a request (Modbus Application Protocol 1.1b3, section 7).</summary>
public enum ModbusExceptionCode : byte
{
    None = 0,

    /// <summary>The device does not know the function.</summary>
    IllegalFunction = 1,

    /// <summary>At least one of the addresses does not exist in the device.</summary>
    IllegalDataAddress = 2,

    /// <summary>A count or a value that the device does not take.</summary>
    IllegalDataValue = 3,

    ServerDeviceFailure = 4,

    /// <summary>Accepted and being worked on: ask later, do not send again.</summary>
    Acknowledge = 5,

    /// <summary>Ask again later.</summary>
    ServerDeviceBusy = 6,

    NegativeAcknowledge = 7,
    MemoryParityError = 8,

    /// <summary>A gateway has no way to the device.</summary>
    GatewayPathUnavailable = 10,

    /// <summary>The device behind a gateway did not answer it.</summary>
    GatewayTargetFailedToRespond = 11,
}
