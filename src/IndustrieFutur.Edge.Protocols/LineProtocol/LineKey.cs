using System.Text;

namespace IndustrieFutur.Edge.Protocols.LineProtocol;

/// <summary>The part of a line that names its series, made once per signal: measurement and tags in sorted order, escaped.</summary>
public static class LineKey
{
    /// <summary>The series of a signal's samples, the blank before the fields included.</summary>
    /// <param name="cell">Group and edge, as <c>group/edge</c>.</param>
    public static byte[] Telemetry(string cell, string device, string signal) =>
        Make("telemetry", ("cell", cell), ("device", device), ("signal", signal));

    /// <summary>Any other series; the tags come sorted by their key, as stores like them.</summary>
    public static byte[] Make(string measurement, params ReadOnlySpan<(string Key, string Value)> tags)
    {
        var line = new StringBuilder(measurement);
        foreach (var (key, value) in tags)
        {
            line.Append(',').Append(key).Append('=');
            AppendTag(line, value);
        }

        return Encoding.UTF8.GetBytes(line.Append(' ').ToString());
    }

    /// <summary>
    /// A backslash at a value's end would escape the separator, and versions differ on doubled ones: it becomes a slash. A line break
    /// ends the line whatever stands before it: it becomes a blank. An empty value is refused by every store: it becomes "-".
    /// </summary>
    private static void AppendTag(StringBuilder line, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var letter in value.Length == 0 ? "-" : value)
        {
            switch (letter)
            {
                case '\\':
                    line.Append('/');
                    break;
                case '\r' or '\n':
                    line.Append("\\ ");
                    break;
                case ',' or '=' or ' ':
                    line.Append('\\').Append(letter);
                    break;
                default:
                    line.Append(letter);
                    break;
            }
        }
    }
}
