using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Opens a TCP connection to each address of the host, and closes it again.</summary>
internal sealed class NetworkRung(TimeProvider clock) : IRung
{
    public string Name => "network";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var port = state.Request.Endpoint.Port;
        var facts = new List<RungFact>();
        var problems = new List<SocketError>();
        foreach (var address in state.Addresses)
        {
            var problem = Connect(new IPEndPoint(address, port), state.Request.Timeout / state.Addresses.Count, out var fact, cancellationToken);
            facts.Add(new RungFact(address.ToString(), fact));
            problems.Add(problem);
        }

        state.Reached = problems.Contains(SocketError.Success) ? state.Addresses[problems.IndexOf(SocketError.Success)] : state.Reached;

        return problems.Contains(SocketError.Success)
            ? Reached(port, problems, facts)
            : Broken(state.Request, problems, facts);
    }

    private static RungAnswer Reached(int port, List<SocketError> problems, List<RungFact> facts) =>
        problems.TrueForAll(problem => problem == SocketError.Success)
            ? RungAnswer.Ok($"TCP port {port} accepts the connection", facts)
            : RungAnswer.Doubt(
                $"TCP port {port} accepts the connection, but not on every address of the name",
                "write the address that answers, or each connection waits for the others first",
                facts);

    private static RungAnswer Broken(ServerRequest request, List<SocketError> problems, List<RungFact> facts)
    {
        var (host, port) = (request.Endpoint.Host, request.Endpoint.Port);
        if (problems.Contains(SocketError.ConnectionRefused))
        {
            return RungAnswer.Broken(
                ExitCode.CannotConnect,
                $"{host} is there, but nothing listens on TCP port {port}",
                "switch the OPC UA server of the device on (some need a licence or a restart), or correct the port; 4840 is the usual one",
                facts);
        }

        var isSilent = problems.Contains(SocketError.TimedOut);
        return RungAnswer.Broken(
            ExitCode.CannotConnect,
            isSilent ? $"{host} does not answer on TCP port {port} within {ServerWords.Seconds(request.Timeout)}" : $"the network does not lead to {host}",
            isSilent
                ? "is the device on, and is the address right? If a ping is answered, a firewall holds the port back"
                : "check the cable, the IP address and mask of this machine, and the gateway",
            facts);
    }

    private SocketError Connect(IPEndPoint target, TimeSpan timeout, out string fact, CancellationToken cancellationToken)
    {
        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        tooLate.CancelAfter(timeout);
        using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var since = clock.GetTimestamp();
        try
        {
            socket.ConnectAsync(target, tooLate.Token).AsTask().GetAwaiter().GetResult();
            fact = $"accepts after {ServerWords.Millis(clock.GetElapsedTime(since))}, reached from {((IPEndPoint)socket.LocalEndPoint!).Address}";
            return SocketError.Success;
        }
        catch (SocketException cause)
        {
            fact = cause.Message;
            return cause.SocketErrorCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            fact = $"no answer within {ServerWords.Seconds(timeout)}";
            return SocketError.TimedOut;
        }
    }
}
