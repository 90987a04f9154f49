using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>Opens the TCP connection to a server: each address of its name in turn, within one time limit, and stopped at once when told so.</summary>
internal static class Connector
{
    /// <summary>An address that does not answer leaves this much for the others at least.</summary>
    private static readonly TimeSpan AttemptMin = TimeSpan.FromMilliseconds(250);

    /// <summary>A name with more addresses than this is tried no further: nobody waits for all of them.</summary>
    private const int AddressesMax = 8;

    /// <summary>A stop, and the end of the time allowed, are seen within this.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <param name="whileWaiting">See <see cref="UaSocket.WhileWaiting"/>; not called while a name is looked up.</param>
    public static UaSocket Connect(EndpointAddress endpoint, TimeSpan timeout, CancellationToken stop, Action? whileWaiting = null)
    {
        var untilNanos = MonoTime.NowNanos() + (timeout.Ticks * 100);
        var addresses = Resolve(endpoint, timeout, stop);
        Exception? last = null;
        for (var i = 0; i < addresses.Length; i++)
        {
            var share = Left(untilNanos) / (addresses.Length - i);
            try
            {
                var socket = ConnectTo(addresses[i], endpoint.Port, share > AttemptMin ? share : AttemptMin, whileWaiting, stop);
                return new UaSocket(socket, endpoint.HostAndPort, stop) { WhileWaiting = whileWaiting };
            }
            catch (Exception cause) when (cause is SocketException or TimeoutException)
            {
                last = cause;
            }
        }

        throw NotConnected(endpoint, timeout, last);
    }

    private static IPAddress[] Resolve(EndpointAddress endpoint, TimeSpan timeout, CancellationToken stop)
    {
        if (IPAddress.TryParse(endpoint.Host, out var address))
        {
            return [address];
        }

        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tooLate.CancelAfter(timeout);
        try
        {
            // A question that the system has begun to ask runs to its own end whatever the token says: it is not waited for.
            var found = Dns.GetHostAddressesAsync(endpoint.Host, tooLate.Token).WaitAsync(tooLate.Token).GetAwaiter().GetResult();
            return found.Length <= AddressesMax ? found : found[..AddressesMax];
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            throw new UaException(
                StatusCodes.BadNotConnected,
                $"The name {endpoint.Host} was not found within {Seconds(timeout)}: the name server does not answer. Check the network, or write the server's IP address; it is tried again.");
        }
        catch (SocketException cause)
        {
            throw new UaException(
                StatusCodes.BadNotConnected,
                $"The host name {endpoint.Host} is not known. Correct it, or write the server's IP address; it is tried again.",
                cause);
        }
    }

    /// <remarks>
    /// Never by one of the socket's asynchronous methods: the runtime would then watch the socket for its whole life, and two of its own
    /// threads would wake for every packet that the session's thread takes (measured: more CPU than the values themselves cost).
    /// </remarks>
    private static Socket ConnectTo(IPAddress address, int port, TimeSpan timeout, Action? whileWaiting, CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            Begin(socket, new IPEndPoint(address, port));
            WaitUntilConnected(socket, MonoTime.NowNanos() + (timeout.Ticks * 100), whileWaiting, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Begin(Socket socket, IPEndPoint endpoint)
    {
        try
        {
            socket.Connect(endpoint);
        }
        catch (SocketException cause) when (cause.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It goes on in the background, as was wanted.
        }
    }

    private static void WaitUntilConnected(Socket socket, long untilNanos, Action? whileWaiting, CancellationToken stop)
    {
        // Some systems show a refusal only as an error, not as a socket that can be written to.
        while (!socket.Poll(LookEvery, SelectMode.SelectWrite) && !socket.Poll(TimeSpan.Zero, SelectMode.SelectError))
        {
            stop.ThrowIfCancellationRequested();
            whileWaiting?.Invoke();
            if (MonoTime.NowNanos() > untilNanos)
            {
                throw new TimeoutException();
            }
        }

        var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != 0)
        {
            throw new SocketException(error);
        }
    }

    private static UaException NotConnected(EndpointAddress endpoint, TimeSpan timeout, Exception? cause)
    {
        var name = endpoint.HostAndPort;
        var sentence = (cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused =>
                $"{name} refuses the connection: the machine is there, but nothing listens on this port. Start the OPC UA server or correct the port; it is tried again.",
            null when cause is TimeoutException =>
                $"{name} does not answer within {Seconds(timeout)}. Check that it is on and that the network leads there; it is tried again.",
            null => $"The host name {endpoint.Host} has no address. Correct it, or write the server's IP address; it is tried again.",
            _ => $"{name} cannot be reached: {cause!.Message}. Check that it is on and that the network leads there; it is tried again.",
        };
        return new UaException(StatusCodes.BadNotConnected, sentence, cause);
    }

    private static TimeSpan Left(long untilNanos) => TimeSpan.FromTicks(Math.Max(0, untilNanos - MonoTime.NowNanos()) / 100);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
