using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Tests.App.OpcUa.Probe;

/// <summary>Something that listens on TCP and answers the first bytes of each connection with bytes of the test's choice, or with silence, or hangs up.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[]? _answer;
    private readonly bool _staysOn;
    private readonly Task _serving;

    /// <param name="answer">Null: silence. Empty: it hangs up.</param>
    /// <param name="staysOn">Whether it keeps the connection after its answer, and then is silent.</param>
    public ScriptedPeer(byte[]? answer, bool staysOn = false)
    {
        _answer = answer;
        _staysOn = staysOn;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Endpoint => $"opc.tcp://{_listener.LocalEndpoint}/path";

    public void Dispose()
    {
        _stop.Cancel();
        _serving.GetAwaiter().GetResult();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Socket>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptSocketAsync(_stop.Token);
                connections.Add(connection);
                await AnswerAsync(connection);
            }
        }
        catch (OperationCanceledException)
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        try
        {
            if (_answer is null || await connection.ReceiveAsync(new byte[4096], _stop.Token) == 0)
            {
                return;
            }

            await connection.SendAsync(_answer, _stop.Token);
            if (!_staysOn)
            {
                connection.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // The other side has seen enough and hung up; the next connection is served all the same.
        }
    }
}
