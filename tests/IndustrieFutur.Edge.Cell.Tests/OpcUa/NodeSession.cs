using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>Sessions of our client with the foreign server, whose certificate is known from its file and must be that one.</summary>
internal static class NodeSession
{
    public static SessionSettings Settings(NodeServer server, Combination combination, ApplicationCertificate own, TimeSpan channelLifetime)
    {
        var expected = server.LoadCertificate();
        return new SessionSettings
        {
            Endpoint = EndpointAddress.Parse(server.Endpoint),
            Policy = SecurityPolicies.ByName(combination.Policy)!,
            Mode = combination.Mode,
            Identity = Credentials.Of(combination.User),
            Certificate = own,
            ApplicationUri = own.ApplicationUri,
            AllowInsecure = combination.Mode == MessageSecurityMode.None,
            Channel = new ChannelSettings { Lifetime = channelLifetime },
            CheckServer = (chain, _, _) => chain.Span.SequenceEqual(expected.RawData)
                ? new CertificateVerdict(CertificateProblem.None, 0, "", "", expected.Thumbprint)
                : new CertificateVerdict(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "That is another server.", "", ""),
        };
    }
}
