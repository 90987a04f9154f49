using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Writes and reads the files of the store: whole or not at all, and for nobody but this user from the first moment on.</summary>
internal static class PkiFiles
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>File systems stop at 255 bytes; the thumbprint, the brackets and the ending are to fit behind it.</summary>
    private const int SubjectCharsMax = 80;

    /// <summary>Of a file that is being written.</summary>
    private const string Unfinished = ".tmp";

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, FolderMode);
    }

    /// <summary>Under another name first, so that a cut leaves the old file or the new one.</summary>
    public static void Write(string file, ReadOnlySpan<byte> bytes)
    {
        var unfinished = Path.Combine(Path.GetDirectoryName(file)!, $".{RandomNumberGenerator.GetHexString(16)}{Unfinished}");
        try
        {
            using (var stream = new FileStream(unfinished, ForThisUser(FileMode.CreateNew, FileAccess.Write)))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Held until it is disposed; null while another process or thread has it.</summary>
    public static FileStream? TryLock(string file)
    {
        try
        {
            return new FileStream(file, ForThisUser(FileMode.OpenOrCreate, FileAccess.ReadWrite));
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>The bytes; null with the reason, as the end of a sentence, when it is larger than such a file can be.</summary>
    public static byte[]? Read(string file, int bytesMax, out string mistake)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > bytesMax)
        {
            mistake = $"is larger than {bytesMax} bytes";
            return null;
        }

        var bytes = new byte[stream.Length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        mistake = "";
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Without those that are being written, and those that are hidden.</summary>
    public static IEnumerable<string> In(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal)
        : [];

    /// <summary>True when somebody but its owner may read or write it.</summary>
    public static bool IsOpenToOthers(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0;

    /// <summary><c>subject [thumbprint]</c>, as other OPC UA programs name them too.</summary>
    public static string NameOf(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var plain = new string([.. name.Take(SubjectCharsMax).Select(letter => IsPlain(letter) ? letter : '_')]).TrimStart('.', ' ');
        return $"{(plain.Length == 0 ? "unnamed" : plain)} [{certificate.Thumbprint}]";
    }

    /// <summary>A device's or a host's id as the name of a file; what is not plain is told apart by its hash.</summary>
    public static string NameOf(string id)
    {
        var plain = new string([.. id.Take(SubjectCharsMax).Select(letter => IsPlain(letter) ? letter : '_')]).TrimStart('.', ' ');
        return plain == id ? id : $"{plain}-{Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)))[..16]}";
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@' or ' ';

    private static FileStreamOptions ForThisUser(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode0600;
        }

        return options;
    }
}
