using System.Globalization;

namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>The files of an audit and the lines in them, as any process may read them beside the one that writes.</summary>
internal static class AuditFolder
{
    /// <summary>Four times what a file grows to: a longer one is none of ours, and is not read into memory.</summary>
    private const long FileBytesMax = 16 << 20;

    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";

    public static string NameOf(int index) => $"{Prefix}{index.ToString("D6", CultureInfo.InvariantCulture)}{Suffix}";

    /// <summary>The indices of the files that are there, the oldest first.</summary>
    public static List<int> Indices(string folder) =>
        [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}").Select(path => IndexOf(Path.GetFileName(path))).Where(index => index > 0).Order()];

    public static IEnumerable<AuditText> Lines(string folder, int index)
    {
        var name = NameOf(index);
        var bytes = ReadAll(Path.Combine(folder, name));
        var (start, line) = (0, 0);
        while (start < bytes.Length)
        {
            var end = bytes.AsSpan(start).IndexOf((byte)'\n');
            var length = end < 0 ? bytes.Length - start : end;
            yield return new AuditText(new AuditPlace(name, ++line), bytes.AsMemory(start, length), end >= 0);
            start += length + 1;
        }
    }

    private static int IndexOf(string name) =>
        int.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && name == NameOf(index) ? index : 0;

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length > FileBytesMax)
        {
            throw new IOException($"{path} has {file.Length} bytes, more than a file of the audit ever has");
        }

        // Its length now: what is appended meanwhile belongs to the next reading.
        var bytes = new byte[file.Length];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
