using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Stands before a server, passes everything on, and keeps each byte that came for it.</summary>
internal sealed class ListeningRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<MemoryStream> _heard = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;

    public ListeningRelay(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All bytes that came, connection after connection.</summary>
    public byte[] Bytes
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard.SelectMany(one => one.ToArray())];
            }
        }
    }

    /// <summary>The lines that came, byte for byte, without their ends; what follows the last end too.</summary>
    public string[] Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard.SelectMany(one => Encoding.Latin1.GetString(one.ToArray()).Split('\n')).Where(line => line.Length > 0)];
            }
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _accepting.Wait();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = JoinAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proof is over.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            var heard = new MemoryStream();
            lock (_gate)
            {
                _heard.Add(heard);
            }

            try
            {
                await far.ConnectAsync(_server, _ending.Token);
                await Task.WhenAny(PassAsync(near, far, heard), PassAsync(far, near, null));
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone, and so the other goes.
            }
        }
    }

    /// <summary>Kept before it is passed on: what has an effect has been heard.</summary>
    private async Task PassAsync(TcpClient from, TcpClient to, MemoryStream? heard)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _ending.Token) is > 0 and var count)
            {
                if (heard is not null)
                {
                    lock (_gate)
                    {
                        heard.Write(buffer, 0, count);
                    }
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
