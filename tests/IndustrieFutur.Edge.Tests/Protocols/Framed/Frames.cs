using System.Text;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>Reads all frames of a stream, and writes bytes as tests show them.</summary>
internal static class Frames
{
    public static List<byte[]> ReadAll(FrameReader reader)
    {
        var frames = new List<byte[]>();
        while (reader.TryRead(0, out var frame))
        {
            frames.Add(frame.ToArray());
        }

        return frames;
    }

    public static List<string> ReadTexts(FrameSettings settings, params IEnumerable<string> pieces) =>
        [.. ReadAll(Reader(settings, pieces)).Select(Encoding.Latin1.GetString)];

    public static FrameReader Reader(FrameSettings settings, params IEnumerable<string> pieces) =>
        new(new ScriptedLink(pieces.Where(piece => piece.Length > 0).Select(Encoding.Latin1.GetBytes)), settings);

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
