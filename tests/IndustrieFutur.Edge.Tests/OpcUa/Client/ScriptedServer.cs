using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>
/// An OPC UA server on loopback that does what a test tells it: well by default, wrongly where a test wants to see what the client makes of
/// it. Serves one connection after the other on a thread of its own.
/// </summary>
internal sealed partial class ScriptedServer : IDisposable
{
    private const long LookNanos = 2_000_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly Dictionary<uint, Func<byte[], IUaResponse>> _services = [];
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ServerChannelSettings _settings;
    private volatile bool _hangUp;

    public ScriptedServer(ServerChannelSettings? settings = null)
    {
        _settings = settings ?? new ServerChannelSettings
        {
            Endpoints = [new ServerEndpointSecurity(SecurityPolicies.None, MessageSecurityMode.None)],
            CheckPeer = (_, _) => { },
        };
        AnswerTheUsual();
        _listener.Start();
        Address = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/UA/Cell");
        _thread = new Thread(Serve) { IsBackground = true, Name = "scripted server" };
        _thread.Start();
    }

    public EndpointAddress Address { get; }

    /// <summary>The requests so far, without Publish: "CreateSession", "Read", ...</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    /// <summary>What broke the script itself; null when nothing did.</summary>
    public Exception? Mistake { get; private set; }

    /// <summary>Answers one kind of request in this way from now on.</summary>
    public void On<TRequest, TResponse>(Func<TRequest, TResponse> answer)
        where TRequest : IUaRequest<TResponse>, IUaStructure<TRequest>
        where TResponse : IUaResponse<TResponse>
    {
        _services[TRequest.BinaryEncodingId] = body =>
        {
            var reader = new UaReader(body);
            var request = TRequest.Decode(ref reader);
            _heard.Enqueue(typeof(TRequest).Name.Replace("Request", "", StringComparison.Ordinal));
            var response = answer(request);
            response.ResponseHeader.RequestHandle = request.RequestHeader.RequestHandle;
            return response;
        };
    }

    /// <summary>Refuses one kind of request with this status.</summary>
    public void Refuse<TRequest>(uint status)
        where TRequest : IUaRequest, IUaStructure<TRequest>
    {
        _services[TRequest.BinaryEncodingId] = _ =>
        {
            _heard.Enqueue(typeof(TRequest).Name.Replace("Request", "", StringComparison.Ordinal));
            return Fault(status);
        };
    }

    /// <summary>Answers one kind of request never.</summary>
    public void Ignore<TRequest>()
        where TRequest : IUaRequest, IUaStructure<TRequest> =>
        _services[TRequest.BinaryEncodingId] = _ => throw new NoAnswerException();

    /// <summary>Cuts the connection without a word.</summary>
    public void HangUp() => _hangUp = true;

    public static ServiceFault Fault(uint status) => new() { ResponseHeader = new ResponseHeader { ServiceResult = status } };

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _thread.Join(TimeSpan.FromSeconds(5));
        _stop.Dispose();
        _listener.Dispose();
    }

    private void Serve()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var channel = ServerChannel.Accept(_listener.AcceptSocket(), _settings, _stop.Token);
                Serve(channel);
            }
            catch (Exception end) when (end is UaException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The client has hung up, or the test is over.
            }
            catch (Exception mistake)
            {
                Mistake = mistake;
            }
        }
    }

    private void Serve(ServerChannel channel)
    {
        _publishRequests.Clear();
        _hangUp = false;
        while (!_hangUp)
        {
            if (channel.TryReceive(MonoTime.NowNanos() + LookNanos, out var message))
            {
                Answer(channel, message.RequestId, message.TypeId, message.Body.ToArray());
            }

            SendPublished(channel);
        }
    }

    private void Answer(ServerChannel channel, uint requestId, uint typeId, byte[] body)
    {
        if (typeId == PublishRequest.Id)
        {
            TakePublish(requestId, body);
            return;
        }

        try
        {
            channel.Send(requestId, _services.TryGetValue(typeId, out var service) ? service(body) : Fault(StatusCodes.BadServiceUnsupported));
        }
        catch (NoAnswerException)
        {
            _heard.Enqueue("(ignored)");
        }
    }
}
