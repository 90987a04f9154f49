using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>Every mistake in an OPC UA device's options is told at its key, with what to write instead.</summary>
public sealed class OpcUaOptionsTests
{
    private const string Node = "nsu=http://vendor.com/PLC;s=Speed";

    [Fact]
    public void The_least_that_can_be_written_is_in_order_and_secure()
    {
        var options = Device(new() { Node = Node, Type = OpcUaType.F64 });

        Assert.Empty(Check(options));
        Assert.Equal(("Basic256Sha256", "SignAndEncrypt"), (options.Security.Policy, options.Security.EffectiveMode));
    }

    [Theory]
    [InlineData("ns=2;s=Speed", "nsu=<the namespace's URI>;s=Speed")]
    [InlineData("s=Speed", "nsu=<the namespace's URI>;s=Speed")]
    [InlineData("svr=1;nsu=http://a;s=b", "that server's endpoint")]
    [InlineData("Speed", "nsu=<the namespace's URI>;s=<text>")]
    [InlineData("nsu=http://a;x=1", "nsu=<the namespace's URI>;s=<text>")]
    public void A_node_id_that_will_not_hold_is_told_with_its_remedy(string node, string remedy)
    {
        var mistake = Assert.Single(Check(Device(new() { Node = node, Type = OpcUaType.F64 })));

        Assert.Equal("groups.all.signals.s.node", string.Join('.', mistake.Path));
        Assert.Contains(remedy, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("i=2258")]
    [InlineData("ns=0;i=2258")]
    [InlineData("nsu=urn:plc;i=7")]
    [InlineData("nsu=http://a/;g=09087e75-8e5e-499b-954f-f2a9603db28a")]
    [InlineData("nsu=http://a/;b=AQI=")]
    public void Node_ids_that_hold_are_in_order(string node) => Assert.Empty(Check(Device(new() { Node = node, Type = OpcUaType.I64 })));

    [Fact]
    public void A_signal_names_its_variable_once()
    {
        Assert.Equal("node", Assert.Single(Check(Device(new() { Type = OpcUaType.F64 }))).Path[^1]);
        Assert.Equal("path", Assert.Single(Check(Device(new() { Node = Node, Path = "/Server", Type = OpcUaType.F64 }))).Path[^1]);
        Assert.Equal("path", Assert.Single(Check(Device(new() { Path = "Server", Type = OpcUaType.F64 }))).Path[^1]);
    }

    [Theory]
    [InlineData("http://192.168.0.1:4840")]
    [InlineData("192.168.0.1:4840")]
    [InlineData("opc.tcp://")]
    [InlineData("opc.tcp://robot:29999")]
    [InlineData("opc.tcp://robot:30001/x")]
    public void An_address_that_is_none_is_told(string endpoint)
    {
        var mistake = Assert.Single(Check(Device(new() { Node = Node, Type = OpcUaType.F64 }, endpoint: endpoint)));

        Assert.Equal(["endpoint"], mistake.Path);
    }

    [Theory]
    [InlineData("opc.tcp://PLC:4840", "opc.tcp://plc/")]
    [InlineData("opc.tcp://192.168.0.1:4840/UA/Server", "opc.tcp://192.168.0.1/UA/Server/")]
    public void Two_ways_to_write_one_endpoint_are_one_link(string one, string other) =>
        Assert.Equal(Device(new(), endpoint: one).LinkKey, Device(new(), endpoint: other).LinkKey);

    [Fact]
    public void No_security_needs_a_word_that_says_so()
    {
        var none = new OpcUaSecurityOptions { Policy = "None" };
        var signal = new OpcUaSignalOptions { Node = Node, Type = OpcUaType.F64 };

        var mistake = Assert.Single(Check(Device(signal, none)));

        Assert.Equal(["security", "policy"], mistake.Path);
        Assert.Empty(Check(Device(signal, none, allowInsecure: true)));
    }

    [Theory]
    [InlineData("None", "Sign")]
    [InlineData("Basic256Sha256", "None")]
    public void Policy_and_mode_belong_together(string policy, string mode)
    {
        var mistakes = new Mistakes();

        new OpcUaSecurityOptions { Policy = policy, Mode = mode }.Check(mistakes);

        Assert.Equal(["mode"], Assert.Single(mistakes.All).Path);
    }

    [Fact]
    public void A_user_is_a_name_with_its_password_or_a_certificate()
    {
        var secret = SecretReference.Parse("env:X", out _);

        Assert.Empty(MistakesOf(new OpcUaUserOptions { Name = "a", Password = secret }));
        Assert.Empty(MistakesOf(new OpcUaUserOptions { Certificate = "user.pfx", CertificatePassword = secret }));
        Assert.Single(MistakesOf(new OpcUaUserOptions()));
        Assert.Equal(["password"], Assert.Single(MistakesOf(new OpcUaUserOptions { Name = "a" })).Path);
        Assert.Equal(["certificate"], Assert.Single(MistakesOf(new OpcUaUserOptions { Name = "a", Password = secret, Certificate = "b" })).Path);
        Assert.Contains(MistakesOf(new OpcUaUserOptions { Name = "a", Password = secret, CertificatePassword = secret }), mistake => mistake.Path is ["certificatePassword"]);
    }

    [Fact]
    public void Keys_of_a_subscription_do_nothing_in_a_group_that_is_read()
    {
        var group = new OpcUaGroupOptions
        {
            Mode = OpcUaGroupMode.Read,
            Sampling = TimeSpan.Zero,
            Queue = 5,
            Deadband = new OpcUaDeadbandOptions { Absolute = 1 },
            Signals = new Dictionary<string, OpcUaSignalOptions> { ["s"] = new() { Node = Node, Type = OpcUaType.F64 } },
        };

        Assert.Equal(["sampling", "queue", "deadband"], Check(DeviceOf(group)).Select(mistake => mistake.Path[^1]));
    }

    [Fact]
    public void A_keep_alive_is_no_shorter_than_the_rhythm_of_messages()
    {
        var group = new OpcUaGroupOptions
        {
            Publishing = TimeSpan.FromSeconds(5),
            Signals = new Dictionary<string, OpcUaSignalOptions> { ["s"] = new() { Node = Node, Type = OpcUaType.F64 } },
        };

        Assert.Equal(["groups", "all", "keepAlive"], Assert.Single(Check(DeviceOf(group))).Path);
    }

    [Theory]
    [InlineData(100, 500, 21)]
    [InlineData(100, 10_000, 151)]
    [InlineData(0, 500, 201)]
    [InlineData(5_000, 500, 2)]
    public void A_queue_holds_what_comes_between_two_messages_and_through_a_short_cut(int samplingMillis, int publishingMillis, uint expected) =>
        Assert.Equal(
            expected,
            new OpcUaGroupOptions().QueueFor(TimeSpan.FromMilliseconds(samplingMillis), TimeSpan.FromMilliseconds(publishingMillis)));

    [Fact]
    public void Devices_behind_one_endpoint_agree_on_their_session()
    {
        var one = Device(new() { Node = Node, Type = OpcUaType.F64 });
        var other = Device(new() { Node = Node, Type = OpcUaType.F64 }, new OpcUaSecurityOptions { Policy = "Aes256_Sha256_RsaPss" });

        Assert.Null(one.QuarrelWith(Device(new() { Node = Node, Type = OpcUaType.Bool })));
        Assert.Contains("\"security\"", one.QuarrelWith(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpcUaType.F64, ValueKind.Float64)]
    [InlineData(OpcUaType.I64, ValueKind.Int64)]
    [InlineData(OpcUaType.U64, ValueKind.UInt64)]
    [InlineData(OpcUaType.Bool, ValueKind.Boolean)]
    [InlineData(OpcUaType.Text, ValueKind.Text)]
    public void A_type_is_a_kind_of_the_plan(OpcUaType type, ValueKind kind) => Assert.Equal(kind, new OpcUaSignalOptions { Type = type }.RawKind);

    private static OpcUaOptions Device(
        OpcUaSignalOptions signal, OpcUaSecurityOptions? security = null, bool allowInsecure = false, string endpoint = "opc.tcp://192.168.0.10:4840") =>
        new()
        {
            Driver = "opcua",
            Endpoint = endpoint,
            Security = security ?? new(),
            AllowInsecure = allowInsecure,
            Groups = new Dictionary<string, OpcUaGroupOptions>
            {
                ["all"] = new() { Signals = new Dictionary<string, OpcUaSignalOptions> { ["s"] = signal } },
            },
        };

    private static OpcUaOptions DeviceOf(OpcUaGroupOptions group) => new()
    {
        Driver = "opcua",
        Endpoint = "opc.tcp://192.168.0.10:4840",
        Groups = new Dictionary<string, OpcUaGroupOptions> { ["all"] = group },
    };

    private static IReadOnlyList<Mistake> Check(OpcUaOptions options) => MistakesOf(options);

    private static IReadOnlyList<Mistake> MistakesOf(IChecked options)
    {
        var mistakes = new Mistakes();
        options.Check(mistakes);
        return mistakes.All;
    }
}
