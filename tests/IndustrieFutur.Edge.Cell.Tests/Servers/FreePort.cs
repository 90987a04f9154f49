using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>
/// A TCP port on loopback that nobody listens on just now, each given once: from below the range that the kernel takes the ports of
/// outgoing connections from, or one of those could take it before the server does.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;

    /// <summary>Below a robot's 29999 and 30001 to 30003, which no driver but its own opens.</summary>
    private const int Count = 9_999;

    // Two test programs at once begin in different places.
    private static int _last = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
