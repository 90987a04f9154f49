namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>The rungs in their order.</summary>
internal static class ProbeRungs
{
    /// <summary>From the address to an open session.</summary>
    public static IRung[] ToSession() =>
    [
        new AddressRung(), new NetworkRung(TimeProvider.System), new ProtocolRung(), new EndpointsRung(), new SecurityRung(), new TrustRung(), new SessionRung(),
    ];

    /// <summary>All, to the first value of a subscription.</summary>
    public static IRung[] All() => [.. ToSession(), new NamespacesRung(), new ServerRung(), new ReadRung(), new SubscriptionRung()];
}
