using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>What the embedded broker holds at most, so that no client can take the memory of the cell.</summary>
public sealed class BrokerLimitsOptions
{
    [Range(1, 10_000)]
    [Description("Clients connected at once. Beyond, a new connection is closed at once.")]
    public int Connections { get; init; } = 200;

    [Range(0, 10_000)]
    [Description("Sessions kept for clients that are away. Beyond, the one that has been away longest is forgotten.")]
    public int SessionsAway { get; init; } = 100;

    [Range(1_024, 268_435_460)]
    [Description("Bytes of one packet. A client that announces more is cut off before anything of it is kept.")]
    public int MessageBytes { get; init; } = 1_048_576;

    [Range(1, 100_000)]
    [Description("Topic filters that one client subscribes. Beyond, a new one is denied.")]
    public int Subscriptions { get; init; } = 1_000;

    [Range(10, 60_000)]
    [Description("Messages that wait for one client. Beyond, new ones are not given to it: a historian asks for them again.")]
    public int WaitingMessages { get; init; } = 10_000;

    [Range(65_536, 4_294_967_296)]
    [Description("Bytes that wait for one client; beyond, as with waitingMessages. And bytes that it was sent and has not acknowledged; beyond, it is cut off.")]
    public long WaitingBytes { get; init; } = 16_777_216;

    [Range(0, 1_000_000)]
    [Description("Topics with a retained message. Beyond, a new one is passed on and not retained.")]
    public int RetainedMessages { get; init; } = 10_000;

    [Range(0, 4_294_967_296)]
    [Description("Bytes of all retained messages, topics included. Beyond, as with retainedMessages.")]
    public long RetainedBytes { get; init; } = 67_108_864;

    [Range(typeof(TimeSpan), "00:00:01", "18:12:15")]
    [Description("The longest a client may be silent: who asks for more, or for no keep-alive, gets this. After one and a half times that it is cut off.")]
    public TimeSpan KeepAliveMax { get; init; } = TimeSpan.FromMinutes(5);
}
