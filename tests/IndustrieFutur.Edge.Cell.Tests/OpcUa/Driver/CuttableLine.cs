using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Driver;

/// <summary>A line between client and server that a test can cut, as if a cable were pulled, or freeze, as a dead switch does.</summary>
internal sealed class CuttableLine : IDisposable
{
    private readonly TcpListener _listener;
    private readonly int _serverPort;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<TcpClient> _open = [];
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private volatile bool _isCut;
    private volatile bool _isFrozen;

    public CuttableLine(int serverPort)
    {
        _serverPort = serverPort;
        _listener = new TcpListener(IPAddress.Loopback, FreePort.Next());
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Nothing gets through in either direction, and nobody is told.</summary>
    public bool IsFrozen
    {
        get => _isFrozen;
        set => _isFrozen = value;
    }

    /// <summary>Breaks every connection; new ones are broken at once until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        lock (_lock)
        {
            foreach (var client in _open)
            {
                client.Dispose();
            }

            _open.Clear();
        }
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        Cut();
        _accepting.Wait();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_ending.Token);
                if (_isCut)
                {
                    near.Dispose();
                    continue;
                }

                _ = JoinAsync(near);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        var far = new TcpClient();
        lock (_lock)
        {
            _open.Add(near);
            _open.Add(far);
        }

        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _serverPort, _ending.Token);
            await Task.WhenAny(PipeAsync(near, far), PipeAsync(far, near));
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, and so the other goes.
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task PipeAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _ending.Token) is > 0 and var count)
            {
                while (_isFrozen)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, _ending.Token);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _ending.Token);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone.
        }
    }
}
