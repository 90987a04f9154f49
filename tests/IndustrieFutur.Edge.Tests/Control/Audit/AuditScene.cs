using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Control.Audit;

/// <summary>A folder with an audit, and hands that tamper with it.</summary>
internal sealed class AuditScene : IDisposable
{
    public string Data { get; } = Directory.CreateTempSubdirectory("edge-audit-").FullName;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, 123, TimeSpan.Zero));

    public string Folder => Path.Combine(Data, "audit");

    public string FirstFile => Path.Combine(Folder, "audit-000001.jsonl");

    public void Dispose() => Directory.Delete(Data, recursive: true);

    public AuditLog Open(long bytesMax = 64 << 20) => new(Folder, bytesMax, Clock);

    /// <summary>A start, and so many orders with their outcomes.</summary>
    public void Write(int orders)
    {
        using var log = Open();
        log.Append(new AuditRecord { Kind = AuditKind.Started }, sync: false);
        for (var i = 0; i < orders; i++)
        {
            Order(log);
        }
    }

    public static void Order(AuditLog log)
    {
        var order = log.Append(Ordered(), sync: false);
        log.Append(new AuditRecord { Kind = AuditKind.Outcome, Who = "anne", Command = "speed", Of = order, Outcome = "confirmed", Millis = 41 }, sync: false);
    }

    public static AuditRecord Ordered() => new()
    {
        Kind = AuditKind.Ordered,
        Who = "anne",
        Role = "operator",
        Station = "local",
        Door = "http",
        Command = "speed",
        Id = "k1",
        Content = "0123456789abcdef",
        Target = "plc/speed (modbus 4x0)",
        Values = new Dictionary<string, string> { ["speed"] = "250" },
        Guards = [new GuardReading("plc/ready", "holds", ["plc/ready=1 Good 12 ms"], "Le convoyeur n'est pas prêt.", "The conveyor is not ready.")],
        Reason = "réglage \"série\" <3>",
    };

    /// <summary>Changes the lines of the first file, which stay ended by a newline each.</summary>
    public void Tamper(Func<List<string>, IEnumerable<string>> hands) =>
        File.WriteAllText(FirstFile, string.Concat(hands([.. File.ReadAllLines(FirstFile)]).Select(line => line + "\n")));

    /// <summary>Somebody with the rights to it does this to the first file while it is open.</summary>
    public void Disturb(string what)
    {
        var (copy, text) = (FirstFile + ".copy", File.ReadAllText(FirstFile));
        switch (what)
        {
            case "deleted":
                File.Delete(FirstFile);
                break;
            case "moved":
                File.Move(FirstFile, copy);
                break;
            case "replaced":
                File.WriteAllText(copy, text);
                File.Move(copy, FirstFile, overwrite: true);
                break;
            case "cut":
                File.WriteAllText(FirstFile, "");
                break;
            default:
                File.AppendAllText(FirstFile, "x\n");
                break;
        }
    }

    public string[] Faults(string head = "") =>
        [.. AuditVerifier.Verify(Folder, head).Findings.Select(finding => $"{finding.Fault} {finding.Place.Line}")];
}
