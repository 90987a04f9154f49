namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>Numbers of the messages that are spoken here (Open Protocol, MID). Those that move or change a tool are known to the simulator alone.</summary>
public static class OpenProtocolMid
{
    public const int CommunicationStart = 1;
    public const int CommunicationStarted = 2;
    public const int CommunicationStop = 3;
    public const int CommandError = 4;
    public const int CommandAccepted = 5;
    public const int ResultSubscribe = 60;
    public const int Result = 61;
    public const int ResultAcknowledge = 62;
    public const int ResultUnsubscribe = 63;
    public const int AlarmSubscribe = 70;
    public const int Alarm = 71;
    public const int AlarmAcknowledge = 72;
    public const int AlarmUnsubscribe = 73;

    /// <summary>Somebody has acknowledged the alarm at the controller.</summary>
    public const int AlarmAcknowledged = 74;
    public const int AlarmAcknowledgedAcknowledge = 75;
    public const int AlarmStatus = 76;
    public const int AlarmStatusAcknowledge = 77;
    public const int TimeRequest = 80;
    public const int Time = 81;
    public const int KeepAlive = 9999;
}
