using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>Our channels to a foreign server, in every policy and mode: it answers on all of them, and goes on answering while their tokens are renewed.</summary>
[Trait("Category", "Foreign")]
public sealed class ForeignChannelTests
{
    private const int RenewalsWanted = 2;

    private const long AnswerNanos = 10_000_000_000;

    /// <summary>Two renewals take six seconds; the rest is for a machine that does other things too.</summary>
    private const long LimitNanos = 60_000_000_000;

    private static readonly ChannelSettings Settings = new() { Lifetime = TimeSpan.FromSeconds(4) };

    [Fact]
    public async Task Every_policy_and_mode_is_answered_over_renewals()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 10 }, stop);
        using var serverCertificate = server.LoadCertificate();
        using var own = NewCertificate();
        var channels = new List<ClientChannel>();
        try
        {
            var address = EndpointAddress.Parse(server.Endpoint);
            channels.AddRange(Securities(own, serverCertificate.RawData).Select(security => ClientChannel.Open(address, security, Settings, stop)));
            var untilNanos = MonoTime.NowNanos() + LimitNanos;
            while (channels.Any(channel => channel.Counters.Renewals < RenewalsWanted) && MonoTime.NowNanos() < untilNanos)
            {
                channels.ForEach(channel => AskForEndpoints(channel, server.Endpoint));
            }

            Assert.Equal(7, channels.Count);
            Assert.All(channels, channel => Assert.InRange(channel.Counters.Renewals, RenewalsWanted, int.MaxValue));
            Assert.All(channels, channel => Assert.Equal(channel.Counters.MessagesSent, channel.Counters.MessagesReceived));
        }
        finally
        {
            channels.ForEach(channel => channel.Dispose());
        }
    }

    private static IEnumerable<ChannelSecurity> Securities(X509Certificate2 own, byte[] serverDer) =>
    [
        ChannelSecurity.None,
        .. SecurityPolicies.All.Where(policy => !policy.IsNone).SelectMany(policy => new ChannelSecurity[]
        {
            new(policy, MessageSecurityMode.Sign, own, null, serverDer),
            new(policy, MessageSecurityMode.SignAndEncrypt, own, null, serverDer),
        }),
    ];

    private static void AskForEndpoints(ClientChannel channel, string endpoint)
    {
        var requestId = channel.Send(new GetEndpointsRequest { EndpointUrl = endpoint });

        Assert.True(channel.TryReceive(MonoTime.NowNanos() + AnswerNanos, out var message));
        Assert.Equal((requestId, GetEndpointsResponse.Id), (message.RequestId, message.TypeId));
        var reader = new UaReader(message.Body);
        Assert.Equal(7, GetEndpointsResponse.Decode(ref reader).Endpoints?.Length);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=Channel of the tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:localhost:IndustrieFutur:Edge:tests"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
