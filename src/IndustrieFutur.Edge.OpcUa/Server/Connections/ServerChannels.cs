using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>What a server's settings mean for its channels: None is always there, for discovery (OPC UA Part 4, 5.5.1), and certificates are checked before all else.</summary>
internal static class ServerChannels
{
    public static ServerChannelSettings SettingsOf(UaServerSettings settings) => new()
    {
        Endpoints = [.. settings.Endpoints.Append(new(SecurityPolicies.None, MessageSecurityMode.None)).Distinct()],
        CheckPeer = (derChain, policy) => Check(settings, derChain, policy),
        Own = settings.Certificate,
        OwnDerChain = settings.DerChain,
        HandshakeTimeout = settings.HandshakeTimeout,
        SendTimeout = settings.SendTimeout,
        LifetimeMin = settings.TokenLifetimeMin,
        LifetimeMax = settings.TokenLifetimeMax,
        Limits = new ChannelLimits { MessageBytesMax = settings.Limits.MessageBytesMax, ChunksMax = settings.Limits.ChunksMax },
        Newcomers = new NewcomerLimits(settings.Limits.NewcomerMessageBytesMax, settings.Limits.NewcomerUnfinishedBytesMax),
        Clock = settings.Clock,
    };

    private static void Check(UaServerSettings settings, ReadOnlyMemory<byte> derChain, SecurityPolicy policy)
    {
        var verdict = settings.CheckClient!(derChain, policy, UriIn(derChain));
        if (!verdict.IsAccepted)
        {
            throw new UaException(verdict.Status, $"{verdict.Sentence} {verdict.NextStep}");
        }
    }

    private static string UriIn(ReadOnlyMemory<byte> derChain)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(DerChain.Leaf(derChain.Span));
            return SubjectNames.Of(certificate).ApplicationUri ?? "";
        }
        catch (Exception cause) when (cause is CryptographicException or AsnContentException)
        {
            throw new UaException(StatusCodes.BadCertificateInvalid, "A client shows a certificate that cannot be read; its connection is closed.", cause);
        }
    }
}
