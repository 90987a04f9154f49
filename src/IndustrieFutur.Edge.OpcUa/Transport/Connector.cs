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

    public static UaSocket Connect(EndpointAddress endpoint, TimeSpan timeout, CancellationToken stop)
    {
        var untilNanos = MonoTime.NowNanos() + (timeout.Ticks * 100);
        var addresses = Resolve(endpoint, timeout, stop);
        Exception? last = null;
        for (var i = 0; i < addresses.Length; i++)
        {
            var share = Left(untilNanos) / (addresses.Length - i);
            try
            {
                return new UaSocket(ConnectTo(addresses[i], endpoint.Port, share > AttemptMin ? share : AttemptMin, stop), endpoint.HostAndPort, stop);
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
            // Only the asynchronous one can be given up.
            var found = Dns.GetHostAddressesAsync(endpoint.Host, tooLate.Token).GetAwaiter().GetResult();
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

    private static Socket ConnectTo(IPAddress address, int port, TimeSpan timeout, CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tooLate.CancelAfter(timeout);
        try
        {
            socket.ConnectAsync(new IPEndPoint(address, port), tooLate.Token).AsTask().GetAwaiter().GetResult();
            return socket;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            stop.ThrowIfCancellationRequested();
            throw new TimeoutException();
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
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
