using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>Our own server role on a thread and a port of its own; what it does with a client's channel is the test's affair.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _ended;

    /// <summary>Serves one client.</summary>
    public LoopbackServer(ServerChannelSettings settings, Action<ServerChannel> serve)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/test");
        _thread = new Thread(() => Run(settings, serve)) { IsBackground = true, Name = "loopback server" };
        _thread.Start();
    }

    public EndpointAddress Address { get; }

    /// <summary>Every policy and mode, and the clients of the tests.</summary>
    public static ServerChannelSettings Settings { get; } = new()
    {
        Endpoints =
        [
            new(SecurityPolicies.None, MessageSecurityMode.None),
            .. SecurityPolicies.All.Where(policy => !policy.IsNone).SelectMany(
                policy => new ServerEndpointSecurity[] { new(policy, MessageSecurityMode.Sign), new(policy, MessageSecurityMode.SignAndEncrypt) }),
        ],
        CheckPeer = (der, _) =>
        {
            if (!der.Span.SequenceEqual(TestCertificates.Client.RawData))
            {
                throw new UaException(StatusCodes.BadCertificateUntrusted, "a stranger");
            }
        },
        Own = TestCertificates.Server,
        LifetimeMin = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>How a client of the tests secures its channel.</summary>
    public static ChannelSecurity Security(string policy, MessageSecurityMode mode) => mode == MessageSecurityMode.None
        ? ChannelSecurity.None
        : new ChannelSecurity(SecurityPolicies.ByName(policy)!, mode, TestCertificates.Client, null, TestCertificates.Server.RawData);

    /// <summary>Answers each request with itself.</summary>
    public static void Echo(ServerChannel channel)
    {
        var answer = new MessageBuffer(channel.AnswerBytesMax);
        while (true)
        {
            if (channel.TryReceive(long.MaxValue, out var message))
            {
                answer.Clear();
                var writer = new UaWriter(answer);
                writer.WriteNodeId(new NodeId(0, message.TypeId));
                writer.WriteRaw(message.Body);
                channel.SendRaw(message.RequestId, answer.Written);
            }
        }
    }

    /// <summary>Waits until the server has done with its client, and returns how it ended; null when its work was done.</summary>
    public Exception? End()
    {
        Assert.True(_thread.Join(EndLimit), "the server does not come to an end");
        return _ended;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _thread.Join(EndLimit);
        _stop.Dispose();
    }

    private void Run(ServerChannelSettings settings, Action<ServerChannel> serve)
    {
        try
        {
            using var channel = ServerChannel.Accept(_listener.Accept(), settings, _stop.Token);
            serve(channel);
        }
        catch (Exception cause) when (cause is UaException or OperationCanceledException or SocketException)
        {
            _ended = cause;
        }
    }
}
