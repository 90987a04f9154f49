using System.Text.Json;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Core.Disks;

namespace IndustrieFutur.Edge.Control.People;

/// <summary>The file of the users: a JSON object of name to role and password's hash, for its own user alone.</summary>
public static partial class UserFile
{
    /// <summary>More are not trained on one cell.</summary>
    public const int UsersMax = 64;

    /// <summary>64 users have some 12 KB.</summary>
    private const long BytesMax = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowTrailingCommas = false };

    /// <summary>None when there is no file. Throws <see cref="InvalidDataException"/> with file and line when it is damaged.</summary>
    public static IReadOnlyDictionary<string, UserEntry> Read(string file)
    {
        if (!File.Exists(file))
        {
            return new Dictionary<string, UserEntry>();
        }

        if (new FileInfo(file).Length > BytesMax)
        {
            throw Damaged(file, 1, "it is larger than any file of users");
        }

        var bytes = File.ReadAllBytes(file);
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Users(file, bytes, document.RootElement)
                : throw Damaged(file, 1, "it is no object of users");
        }
        catch (JsonException cause)
        {
            throw Damaged(file, (cause.LineNumber ?? 0) + 1, "it is no JSON");
        }
    }

    /// <summary>Puts it in place whole, synced.</summary>
    public static void Write(string file, IReadOnlyDictionary<string, UserEntry> users)
    {
        var unfinished = file + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(unfinished);
        using (var stream = new FileStream(unfinished, options))
        {
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                json.WriteStartObject();
                foreach (var (name, user) in users.OrderBy(user => user.Key, StringComparer.Ordinal))
                {
                    json.WriteStartObject(name);
                    json.WriteString("role", JsonNamingPolicy.CamelCase.ConvertName(user.Role.ToString()));
                    json.WriteString("password", user.Password);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
        if (FolderSync.Sync(Path.GetDirectoryName(Path.GetFullPath(file))!) is { } failed)
        {
            throw new IOException(failed.Text, failed.Error);
        }
    }

    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>By its word, as the file and the command line have it; null: there is no such role.</summary>
    public static Role? RoleOf(string word) =>
        Enum.GetValues<Role>().Where(role => JsonNamingPolicy.CamelCase.ConvertName(role.ToString()) == word).Select(role => (Role?)role).FirstOrDefault();

    private static Dictionary<string, UserEntry> Users(string file, byte[] bytes, JsonElement json)
    {
        var users = new Dictionary<string, UserEntry>(StringComparer.Ordinal);
        foreach (var user in json.EnumerateObject())
        {
            if (Mistake(user, out var entry) is { } mistake)
            {
                throw Damaged(file, LineOf(bytes, user.Name), mistake);
            }

            if (!users.TryAdd(user.Name, entry!))
            {
                throw Damaged(file, LineOf(bytes, user.Name), $"the user {user.Name} stands in it twice");
            }
        }

        return users.Count <= UsersMax ? users : throw Damaged(file, 1, $"it has {users.Count} users, and {UsersMax} is the most");
    }

    private static string? Mistake(JsonProperty user, out UserEntry? entry)
    {
        entry = null;
        if (!IsName(user.Name))
        {
            return $"\"{user.Name}\" is no name of a user (letters, digits, _ . -; 32 at most)";
        }

        if (user.Value.ValueKind != JsonValueKind.Object || Text(user.Value, "role") is not { } word || RoleOf(word) is not { } role)
        {
            return $"the user {user.Name} has no role that we know";
        }

        if (Text(user.Value, "password") is not { } password || !PasswordHash.IsOne(password))
        {
            return $"the user {user.Name} has no password hash that we know";
        }

        entry = new UserEntry(role, password);
        return null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>Where the name stands, the last time when it stands there twice; line 1 when it is written with escapes.</summary>
    private static long LineOf(byte[] bytes, string name)
    {
        var at = bytes.AsSpan().LastIndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{name}\""));
        return at < 0 ? 1 : bytes.AsSpan(0, at).Count((byte)'\n') + 1;
    }

    private static InvalidDataException Damaged(string file, long line, string what) => new(
        $"The file of users {file} is damaged, line {line}: {what}. Nobody is known, so nobody commands; mend it, or remove it and add the users again with \"ifedge user add\"");

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,32}\z")]
    private static partial Regex Name();
}
