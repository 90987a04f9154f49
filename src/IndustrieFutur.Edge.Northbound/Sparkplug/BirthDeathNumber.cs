using System.Globalization;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>
/// bdSeq, the number that ties an NBIRTH to the NDEATH which the broker holds as the will: one more at each CONNECT, 0 after 255. It
/// is kept in a file, so that a service that was restarted is not taken for its predecessor, whose death may still be on its way.
/// </summary>
internal sealed class BirthDeathNumber(string file)
{
    private int _last = Read(file);

    /// <summary>Why it cannot be kept beyond this process; empty when it can.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>The number of the next CONNECT.</summary>
    public byte Next()
    {
        _last = (_last + 1) & 0xFF;
        try
        {
            // Beside it and then over it: a cut in between leaves the last number, never half of one.
            File.WriteAllText(file + ".new", _last.ToString(CultureInfo.InvariantCulture));
            File.Move(file + ".new", file, overwrite: true);
            Trouble = "";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Trouble = cause.Message;
        }

        return (byte)_last;
    }

    private static int Read(string file)
    {
        try
        {
            return byte.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : -1;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }
}
