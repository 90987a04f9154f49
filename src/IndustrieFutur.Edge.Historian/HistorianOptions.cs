using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Historian.Ingest;

namespace IndustrieFutur.Edge.Historian;

/// <summary>What an integrator writes for one historian: which store it fills.</summary>
public sealed class HistorianOptions : IChecked
{
    private IReadOnlyList<string> _streams = [];

    [Required]
    [Description("embedded (a file on this machine), influx (InfluxDB 1.x /write) or victoria (VictoriaMetrics /write).")]
    public StoreKind? Store { get; init; }

    [Description("Address of the store, such as http://127.0.0.1:8086; not for the embedded one.")]
    public string? Url { get; init; }

    [Description("InfluxDB database. Made when it is not there.")]
    public string Database { get; init; } = "edge";

    [Description("Name to log in with.")]
    public string? User { get; init; }

    [Description("Password, as \"env:NAME\" or \"file:path\".")]
    public SecretReference? Password { get; init; }

    [Description("Allows http:// (no encryption) to another machine.")]
    public bool AllowInsecure { get; init; }

    [Description("File of the embedded store; below the data directory when not absolute.")]
    public string? File { get; init; }

    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    [Description("How long the embedded store keeps samples. 30 days of a cell at 100 samples a second take some 10 GB; others keep by their own settings.")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    [Description("Which sink's broker it listens to; needed only when there are several.")]
    public string? Sink { get; init; }

    [Description("Name to log in to the broker with; without it, the sink's. The embedded broker lets users with \"historian\": true alone say what is stored.")]
    public string? BrokerUser { get; init; }

    [Description("Password of brokerUser, as \"env:NAME\" or \"file:path\".")]
    public SecretReference? BrokerPassword { get; init; }

    [MaxLength(64)]
    [Description("Devices it takes, as \"group/edge/device\" with \"+\" for any; those of this cell when empty.")]
    public IReadOnlyList<string> Streams { get => _streams; init => _streams = value; }

    /// <summary>The same with its streams named: where none is, those of one cell. Two cells on one broker may each have an "h1".</summary>
    public HistorianOptions Of(string group, string edge)
    {
        if (Streams.Count > 0)
        {
            return this;
        }

        var own = (HistorianOptions)MemberwiseClone();
        own._streams = [$"{group}/{edge}/+"];
        return own;
    }

    [Description("Runs in a process of its own (ifedge historian), not inside ifedge run; the sink awaits its word all the same.")]
    public bool Apart { get; init; }

    [Range(1, 50_000)]
    [Description("Samples in one write. 10,000 lines is what InfluxDB advises at most.")]
    public int BatchMax { get; init; } = 5_000;

    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    [Description("How long samples may wait for company before they are written.")]
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        if (Store is StoreKind.Embedded && Url is not null)
        {
            mistakes.Add("the embedded store is a file and has no address; remove \"url\", or name another store", "url");
        }

        if (Store is StoreKind.Influx or StoreKind.Victoria)
        {
            CheckUrl(mistakes);
        }

        foreach (var stream in Streams.Where(stream => !StreamFilter.IsPattern(stream)))
        {
            mistakes.Add($"\"{stream}\" names no streams; write \"group/edge/device\", with \"+\" for any", "streams");
        }

        if ((User is null) != (Password is null))
        {
            mistakes.Add("\"user\" and \"password\" go together; one is missing", User is null ? "user" : "password");
        }

        if ((BrokerUser is null) != (BrokerPassword is null))
        {
            mistakes.Add("\"brokerUser\" and \"brokerPassword\" go together; one is missing", BrokerUser is null ? "brokerUser" : "brokerPassword");
        }
    }

    private void CheckUrl(Mistakes mistakes)
    {
        if (Url is null)
        {
            mistakes.Add("the store's address is missing; write \"url\": \"http://127.0.0.1:8086\"", "url");
            return;
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            mistakes.Add($"\"{Url}\" is no address of a store; write http://127.0.0.1:8086 or https://host:8086", "url");
            return;
        }

        if (url.UserInfo.Length > 0)
        {
            mistakes.Add("a user or password does not belong into the address; use \"user\" and \"password\": \"env:NAME\"", "url");
        }

        if (url.Scheme == "http" && !AllowInsecure && !url.IsLoopback)
        {
            mistakes.Add($"http:// to {url.Host} is not encrypted; use https://, or say \"allowInsecure\": true", "url");
        }
    }
}
