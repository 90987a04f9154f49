using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// The retained messages on disk: a line for each change, written before the publisher is answered, so that a killed broker has lost
/// none; rewritten whole, beside and then in place, when it has grown to twice what it says. The last line of a topic counts.
/// </summary>
internal sealed class RetainedFile : IDisposable
{
    /// <summary>Below this a rewrite would gain nothing.</summary>
    public const long SlackBytes = 1 << 20;

    /// <summary>Eight digits of CRC-32C and a space stand before the JSON of a line.</summary>
    private const int CrcChars = 9;

    private readonly string _path;
    private FileStream? _file;
    private long _rewrittenBytes;

    public RetainedFile(string path) => _path = path;

    /// <summary>
    /// The messages of an earlier run. Lines that are damaged are left out, the file is set aside as it was, and
    /// <paramref name="damage"/> says so.
    /// </summary>
    public IReadOnlyList<RetainedMessage> Load(long fileBytesMax, out string? damage)
    {
        damage = null;
        if (!File.Exists(_path))
        {
            return [];
        }

        var messages = new Dictionary<string, RetainedMessage>(StringComparer.Ordinal);
        try
        {
            var isWhole = new FileInfo(_path).Length <= fileBytesMax && ReadLines(messages);
            damage = isWhole ? null : SetAside("are damaged", messages.Count);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            damage = SetAside($"cannot be read ({cause.Message})", messages.Count);
        }

        return [.. messages.Values];
    }

    /// <summary>Writes one change behind the others; the whole of <paramref name="all"/> instead when the file has grown too long, or is new.</summary>
    public void Write(RetainedMessage change, IEnumerable<RetainedMessage> all)
    {
        if (_file is null || _file.Length > (2 * _rewrittenBytes) + SlackBytes)
        {
            Rewrite(all);
            return;
        }

        try
        {
            _file.Write(Line(change));
        }
        catch (IOException)
        {
            // Half a line may stand there now; the next change writes the file anew.
            Dispose();
            throw;
        }
    }

    /// <summary>Writes the whole beside the file, synced, for this user alone, and puts it in its place.</summary>
    public void Rewrite(IEnumerable<RetainedMessage> all)
    {
        Dispose();
        var unfinished = _path + ".tmp";
        using (var file = new FileStream(unfinished, Private(FileMode.Create)))
        {
            foreach (var message in all)
            {
                file.Write(Line(message));
            }

            file.Flush(flushToDisk: true);
            _rewrittenBytes = file.Length;
        }

        File.Move(unfinished, _path, overwrite: true);
        _file = new FileStream(_path, Private(FileMode.Append));
    }

    /// <summary>What is written stays with the kernel when the process dies; this is for the power.</summary>
    public void Sync() => _file?.Flush(flushToDisk: true);

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = mode == FileMode.Append ? 0 : 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static byte[] Line(RetainedMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, RetainedJson.Default.RetainedMessage);
        return [.. Encoding.ASCII.GetBytes(Crc(json).ToString("x8", CultureInfo.InvariantCulture)), (byte)' ', .. json, (byte)'\n'];
    }

    /// <summary>False when a line was damaged.</summary>
    private bool ReadLines(Dictionary<string, RetainedMessage> messages)
    {
        var isWhole = true;
        foreach (var line in File.ReadLines(_path).Where(line => line.Length > 0))
        {
            if (Parse(line) is not { } message)
            {
                isWhole = false;
            }
            else if (message.Payload.Length == 0)
            {
                messages.Remove(message.Topic);
            }
            else
            {
                messages[message.Topic] = message;
            }
        }

        return isWhole;
    }

    private static RetainedMessage? Parse(string line)
    {
        var json = Encoding.UTF8.GetBytes(line.Length > CrcChars ? line[CrcChars..] : "");
        if (!uint.TryParse(line.AsSpan(0, Math.Min(8, line.Length)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc) || crc != Crc(json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, RetainedJson.Default.RetainedMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string SetAside(string what, int kept)
    {
        var aside = _path + ".damaged";
        File.Move(_path, aside, overwrite: true);
        return $"the retained messages in {_path} {what}; the file is set aside as {aside} and the broker starts with the {kept} that are whole. Edges and historians say theirs again by themselves";
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
