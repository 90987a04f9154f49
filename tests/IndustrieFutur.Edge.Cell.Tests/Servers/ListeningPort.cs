using System.Net.Sockets;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Waits for a further listener of a server: it may open a moment after the first.</summary>
internal static class ListeningPort
{
    public static Task OpenAsync(int port, CancellationToken cancellation) =>
        Until.TrueAsync($"a listener on port {port}", TimeSpan.FromSeconds(10), () => IsOpen(port), cancellation);

    private static bool IsOpen(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
