using System.Text;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>A text that the controller sends of itself, at any moment, also between a question and its answer (version 2 of the protocol).</summary>
public sealed record RtdeText(string Message, string Source, RtdeTextLevel Level)
{
    /// <summary>The bytes of a text that stands for itself: message and source, each behind its length, and the level. False: its lengths do not fit.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out RtdeText text)
    {
        text = new RtdeText("", "", RtdeTextLevel.Info);
        if (!TryCut(ref payload, out var message) || !TryCut(ref payload, out var source) || payload.IsEmpty)
        {
            return false;
        }

        text = new RtdeText(message, source, (RtdeTextLevel)payload[0]);
        return true;
    }

    private static bool TryCut(ref ReadOnlySpan<byte> payload, out string text)
    {
        text = "";
        if (payload.IsEmpty || payload.Length < 1 + payload[0])
        {
            return false;
        }

        text = Printable(payload.Slice(1, payload[0]));
        payload = payload[(1 + payload[0])..];
        return true;
    }

    /// <summary>It ends in messages to people: no line of a log is to be forged with it.</summary>
    private static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Create(bytes.Length, Encoding.Latin1.GetString(bytes), static (into, from) =>
        {
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });
}
