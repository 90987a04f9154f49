namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>The mistakes that can be made with the embedded broker, each told with what to write instead.</summary>
public sealed class EmbeddedBrokerOptionsTests : IDisposable
{
    private const string Anna = "\"users\": { \"anna\": { \"password\": \"file:p\", \"subscribe\": [\"edge/v1/#\"] } }";
    private const string Tls = "\"certificateFile\": \"c\", \"keyFile\": \"k\"";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\"address\": \"::1\"")]
    [InlineData($"\"port\": 1884, {Anna}")]
    [InlineData($"\"port\": 1884, \"address\": \"0.0.0.0\", {Anna}, {Tls}")]
    [InlineData("\"address\": \"0.0.0.0\", \"allowInsecure\": true")]
    [InlineData("\"webSocket\": { \"origins\": [\"https://andon.local\", \"http://10.0.0.7:8080\", \"HTTPS://Andon\", \"http://[::1]:81\"] }")]
    [InlineData("\"address\": \"::1\", \"port\": 8088")]
    [InlineData("\"webSocket\": {}, \"limits\": { \"connections\": 10, \"keepAliveMax\": \"30s\" }, \"apart\": true")]
    public void What_is_safe_or_wanted_is_in_order(string broker) => Assert.Empty(_folder.Mistakes(With(broker)));

    [Theory]
    [InlineData("\"address\": \"plc\"", "broker.address: \"plc\" is no IP address")]
    [InlineData($"\"address\": \"0.0.0.0\", {Tls}", "broker.address: a broker that other machines reach needs \"users\"")]
    [InlineData($"\"address\": \"192.168.1.2\", {Anna}", "broker.address: a broker that other machines reach needs \"certificateFile\" and \"keyFile\"")]
    [InlineData("\"certificateFile\": \"c\"", "broker.keyFile: \"certificateFile\" and \"keyFile\" go together")]
    [InlineData("\"port\": 9001, \"webSocket\": { \"port\": 9001 }", "broker.webSocket.port: is the port of the broker itself; write another, such as 9002")]
    [InlineData("\"port\": 8088", "broker.port: is the port of the page of numbers too (http.port); write another, such as 1883")]
    [InlineData("\"webSocket\": { \"port\": 8088 }", "broker.webSocket.port: is the port of the page of numbers too (http.port); write another, such as 9001")]
    [InlineData("\"webSocket\": { \"origins\": [\"andon\"] }", "broker.webSocket.origins: \"andon\" is no origin, so no page would be let in by it; write scheme and host as a browser sends them")]
    [InlineData("\"webSocket\": { \"origins\": [\"andon:8080\"] }", "\"andon:8080\" is no origin")]
    [InlineData("\"webSocket\": { \"origins\": [\"*\"] }", "\"*\" is no origin")]
    [InlineData("\"webSocket\": { \"origins\": [\"/andon\"] }", "\"/andon\" is no origin")]
    [InlineData("\"webSocket\": { \"origins\": [\"https://andon.local/\"] }", "is more than an origin, so no page would be let in by it; write \"https://andon.local\"")]
    [InlineData("\"webSocket\": { \"origins\": [\"https://andon.local:443\"] }", "write \"https://andon.local\"")]
    [InlineData("\"users\": { \"a/b\": { \"password\": \"file:p\", \"historian\": true } }", "broker.users.a/b: is no id")]
    [InlineData("\"users\": { \"a+\": { \"password\": \"file:p\", \"historian\": true } }", "broker.users.a+: is no id")]
    [InlineData("\"users\": { \"anna\": { \"historian\": true } }", "password")]
    [InlineData("\"users\": { \"anna\": { \"password\": \"secret\", \"historian\": true } }", "a secret is never written here")]
    [InlineData("\"users\": { \"anna\": { \"password\": \"file:p\" } }", "broker.users.anna: may do nothing; add \"publish\", \"subscribe\" or \"historian\": true")]
    [InlineData("\"users\": { \"anna\": { \"password\": \"file:p\", \"publish\": [\"a\", \"b#\"] } }", "\"b#\" is no MQTT topic filter")]
    [InlineData("\"limits\": { \"keepAliveMax\": \"0s\" }", "broker.limits.keepAliveMax: ")]
    [InlineData("\"limits\": { \"messageBytes\": 10 }", "broker.limits.messageBytes: ")]
    public void What_is_not_is_told(string broker, string expected) =>
        Assert.Contains(_folder.Mistakes(With(broker)), mistake => mistake.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Who_logs_in_here_without_being_a_user_is_told()
    {
        var mistakes = _folder.Mistakes(With(Anna));

        Assert.Contains(mistakes, mistake => mistake.Contains("sinks.site.user: the broker below has no user \"\"; write one of: anna", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("historians.h1: logs in to the broker below as \"\", which is not \"historian\": true", StringComparison.Ordinal));
    }

    [Fact]
    public void A_historian_that_logs_in_as_one_beside_its_edge_is_in_order()
    {
        const string Users = "\"users\": { \"cell1\": { \"password\": \"file:p\", \"publish\": [\"edge/v1/#\"] }, \"hist\": { \"password\": \"file:p\", \"historian\": true } }";
        var edge = With(Users).Replace("\"historians\": [\"h1\"] }", "\"historians\": [\"h1\"], \"user\": \"cell1\", \"password\": \"file:p\" }", StringComparison.Ordinal);

        Assert.Contains("historians.h1: logs in to the broker below as \"cell1\"", Assert.Single(_folder.Mistakes(edge)), StringComparison.Ordinal);
        Assert.Empty(_folder.Mistakes(edge.Replace("\"store\": \"embedded\" }", "\"store\": \"embedded\", \"brokerUser\": \"hist\", \"brokerPassword\": \"file:p\" }", StringComparison.Ordinal)));
    }

    private static string With(string broker) =>
        ConfigurationFolder.Good[..ConfigurationFolder.Good.LastIndexOf('}')] + $", \"broker\": {{ {broker} }} }}";
}
