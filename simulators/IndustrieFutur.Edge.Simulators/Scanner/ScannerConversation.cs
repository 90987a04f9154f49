using System.Text;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Scanner;

/// <summary>What the scanner says on one line: codes as they are read; what was read before somebody listened is gone, and what is sent to it is ignored.</summary>
internal sealed class ScannerConversation(CodeScanner scanner, IByteLink link)
{
    /// <summary>How soon a code leaves.</summary>
    private const long LookEveryNanos = 10_000_000;

    private readonly byte[] _ignored = new byte[256];
    private long _said = scanner.Codes.Last;

    public void Serve(long untilMonoNanos)
    {
        while (scanner.Codes.TryNext(_said, out _said, out var code))
        {
            link.Write(Encoding.Latin1.GetBytes(scanner.Prefix + code + scanner.Suffix));
        }

        link.Read(_ignored, Math.Min(untilMonoNanos, LinkClock.NowNanos() + LookEveryNanos));
    }
}
