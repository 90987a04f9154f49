using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Control.People;

/// <summary>A folder with a file of users, of whom each has the same password; its hash is made once for all tests.</summary>
internal sealed class PeopleScene : IDisposable
{
    public const string Password = "convoyeur 7";

    private static readonly string Hash = PasswordHash.Of(Password);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-people-").FullName;
    private int _writes;

    public PeopleScene() => Store = new UserStore(File, Clock, Told.Add);

    public FakeTimeProvider Clock { get; } = new();

    public List<string> Told { get; } = [];

    public UserStore Store { get; }

    public string File => Path.Combine(_folder, "users.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public void Write(params (string Name, Role Role)[] users) =>
        Write(users.ToDictionary(user => user.Name, user => new UserEntry(user.Role, Hash)));

    /// <summary>A second passes, so that it is looked at; each has a time of its own, as a slow person's have.</summary>
    public void Write(Dictionary<string, UserEntry> users)
    {
        UserFile.Write(File, users);
        Stamp();
    }

    public void WriteText(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Stamp();
    }

    private void Stamp()
    {
        System.IO.File.SetLastWriteTimeUtc(File, new DateTime(2026, 1, 1, 0, 0, ++_writes, DateTimeKind.Utc));
        Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
