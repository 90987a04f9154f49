using IndustrieFutur.Edge.Protocols.OpenProtocol;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>
/// The last results by their id: one that comes again, because our acknowledgement was lost, is known by it. The controller's time belongs to
/// it, for a controller that was reset counts its ids from 1 again, and those results are new.
/// </summary>
internal sealed class RecentResults
{
    /// <summary>A controller sends the last one again, or the few that were under way when the link was lost.</summary>
    private const int Kept = 64;

    private readonly (long Id, long Time)[] _results = new (long, long)[Kept];
    private int _count;

    public bool Contains(ReadOnlySpan<byte> message) =>
        TryKey(message, out var key) && _results.AsSpan(0, Math.Min(_count, Kept)).Contains(key);

    public void Add(ReadOnlySpan<byte> message)
    {
        if (TryKey(message, out var key))
        {
            _results[_count++ % Kept] = key;
        }
    }

    /// <summary>False: this is no result, and nothing is known by it.</summary>
    private static bool TryKey(ReadOnlySpan<byte> message, out (long Id, long Time) key)
    {
        key = default;
        if (!TighteningField.AreIn(message) || !OpenProtocolText.TryNumber(TighteningField.Id.Of(message), out var id))
        {
            return false;
        }

        var time = 0L;
        foreach (var character in TighteningField.Time.Of(message))
        {
            time = char.IsAsciiDigit((char)character) ? (time * 10) + character - '0' : time;
        }

        key = (id, time);
        return true;
    }
}
