using System.Text;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>The servers that the other tests lean on start, answer, and survive a kill with what they had made durable.</summary>
public sealed class RealServerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mosquitto_takes_a_connection()
    {
        await using var broker = await Mosquitto.StartAsync(Cancellation);

        var answer = await ConnectAsync(broker.Port, Cancellation);

        Assert.Equal([0x20, 0x02, 0x00, 0x00], answer);
    }

    [Fact]
    public async Task A_killed_mosquitto_comes_back_on_its_port()
    {
        await using var broker = await Mosquitto.StartProcessAsync(Cancellation);
        var port = broker.Port;

        broker.Kill();
        var refused = await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => ConnectAsync(port, Cancellation));
        await broker.RestartAsync(Cancellation);

        Assert.Equal(System.Net.Sockets.SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Equal([0x20, 0x02, 0x00, 0x00], await ConnectAsync(port, Cancellation));
    }

    [Fact]
    public async Task Influx_gives_back_what_was_written()
    {
        await using var store = await InfluxDb.StartAsync(Cancellation);
        await store.CreateDatabaseAsync("cell", Cancellation);

        await WriteAsync(new Uri(store.Url, "/write?db=cell&precision=ns"), Cancellation);
        var counts = await store.CountBySignalAsync("cell", Cancellation);
        var points = await store.ReadAllAsync("cell", Cancellation);

        Assert.Equal(2, counts["plc/speed"]);
        Assert.Equal(
            [
                new StoredPoint("plc", "count", 1_700_000_000_001_000_001, "9007199254740993", 0),
                new StoredPoint("plc", "speed", 1_700_000_000_001_000_000, "1.5", 0),
                new StoredPoint("plc", "speed", 1_700_000_000_002_000_000, null, 0x8031_0000),
            ],
            points);
    }

    [Fact]
    public async Task A_killed_influx_keeps_its_points()
    {
        await using var store = await InfluxDb.StartProcessAsync(Cancellation);
        await store.CreateDatabaseAsync("cell", Cancellation);
        await WriteAsync(new Uri(store.Url, "/write?db=cell&precision=ns"), Cancellation);

        store.Kill();
        await store.RestartAsync(Cancellation);

        Assert.Equal(3, (await store.ReadAllAsync("cell", Cancellation)).Count);
    }

    [Fact]
    public async Task Victoria_gives_back_what_was_written()
    {
        await using var store = await VictoriaMetrics.StartAsync(Cancellation);

        await WriteAsync(new Uri(store.Url, "/write?precision=ns"), Cancellation);
        await Until.TrueAsync(
            "three points to be visible", Deadline, async token => (await store.ReadAllAsync(token)).Count == 3, Cancellation);
        var points = await store.ReadAllAsync(Cancellation);
        var counts = await store.CountBySignalAsync(Cancellation);

        Assert.Equal(2, counts["plc/speed"]);
        Assert.Contains(new StoredPoint("plc", "speed", 1_700_000_000_001_000_000, "1.5", 0), points);
        Assert.Contains(new StoredPoint("plc", "speed", 1_700_000_000_002_000_000, null, 0x8031_0000), points);
    }

    [Fact]
    public async Task A_killed_victoria_comes_back_on_its_port_and_its_data()
    {
        await using var store = await VictoriaMetrics.StartProcessAsync(Cancellation);
        await WriteAsync(new Uri(store.Url, "/write?precision=ns"), Cancellation);
        await SnapshotAsync(store.Url, Cancellation);

        store.Kill();
        await store.RestartAsync(Cancellation);

        Assert.Equal(3, (await store.ReadAllAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_what_it_said()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Mosquitto.StartProcessAsync("no_such_setting 1", Cancellation));

        Assert.Contains("no_such_setting", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var lines = new StringContent(
            "telemetry,cell=c,device=plc,signal=speed v=1.5,q=0i 1700000000001000000\n"
            + "telemetry,cell=c,device=plc,signal=speed q=2150694912i 1700000000002000000\n"
            + "telemetry,cell=c,device=plc,signal=count i=9007199254740993i,q=0i 1700000000001000001\n");
        using var answer = await http.PostAsync(address, lines, cancellation);
        Assert.Equal(204, (int)answer.StatusCode);
    }

    // A 204 of VictoriaMetrics is not durable; a snapshot is.
    private static async Task SnapshotAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var answer = await http.GetStringAsync(new Uri(address, "/snapshot/create"), cancellation);
        Assert.Contains("ok", answer, StringComparison.Ordinal);
    }

    // MQTT 3.1.1, 3.1 and 3.2: a CONNECT with a clean session, answered by a CONNACK of four bytes.
    private static async Task<byte[]> ConnectAsync(int port, CancellationToken cancellation)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, cancellation);
        var stream = socket.GetStream();
        byte[] connect = [0x10, 14, 0, 4, .. Encoding.ASCII.GetBytes("MQTT"), 4, 2, 0, 60, 0, 2, .. Encoding.ASCII.GetBytes("t1")];
        await stream.WriteAsync(connect, cancellation);
        var answer = new byte[4];
        await stream.ReadExactlyAsync(answer, cancellation);
        return answer;
    }
}
