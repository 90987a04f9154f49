using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A host is in a certificate by its name, by its short name, or by its address, and by nothing that merely resembles it.</summary>
public sealed class SubjectNamesTests
{
    [Theory]
    [InlineData("plc.plant.local", "plc.plant.local", true)]
    [InlineData("PLC.Plant.local", "plc.plant.LOCAL", true)]
    [InlineData("plc.plant.local", "plc", true)]
    [InlineData("plc", "plc.plant.local", true)]
    [InlineData("plc.plant.local.", "plc.plant.local", true)]
    [InlineData("192.168.0.10", "192.168.0.10", true)]
    [InlineData("192.168.0.10", "::ffff:192.168.0.10", true)]
    [InlineData("fe80::1", "fe80::1", true)]
    [InlineData("127.0.0.1", "localhost", false)]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("plc.plant.local", "plc2.plant.local", false)]
    [InlineData("plc.plant.local", "plc.other.local", false)]
    [InlineData("plc.plant.local", "pl", false)]
    [InlineData("*.plant.local", "plc.plant.local", false)]
    [InlineData("plc", "plcx.plant.local", false)]
    [InlineData("192.168.0.10", "192.168.0.1", false)]
    [InlineData("192", "192.168.0.1", false)]
    public void A_host_is_named_or_not(string inCertificate, string host, bool isNamed)
    {
        using var certificate = (Draft.Server with { Hosts = [inCertificate] }).SelfSigned();

        Assert.Equal(isNamed, SubjectNames.Of(certificate).Include(host));
    }

    [Fact]
    public void The_name_of_this_machine_is_where_the_loopback_leads()
    {
        using var certificate = (Draft.Server with { Hosts = [System.Net.Dns.GetHostName()] }).SelfSigned();

        Assert.True(SubjectNames.Of(certificate).Include("localhost"));
        Assert.True(SubjectNames.Of(certificate).Include("127.0.0.1"));
        Assert.True(SubjectNames.Of(certificate).Include("::1"));
    }

    [Fact]
    public void What_steers_a_terminal_does_not_get_into_a_sentence()
    {
        Assert.Equal("a?[31mb?c", PlainText.Of("a\u001b[31mb\u202ec"));
        Assert.Equal(163, PlainText.Of(new string('x', 10_000)).Length);
    }
}
