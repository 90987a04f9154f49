namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>Why a controller refuses a message (MID 0004).</summary>
public enum OpenProtocolError
{
    None = 0,
    InvalidData = 1,
    ResultSubscriptionExists = 9,
    ResultSubscriptionMissing = 10,
    AlarmSubscriptionExists = 11,
    AlarmSubscriptionMissing = 12,
    Busy = 16,
    CommandFailed = 79,
    CommandsDisabled = 92,
    ClientAlreadyConnected = 96,
    RevisionUnsupported = 97,
    UnknownMid = 99,
}
