using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>The nodes of a broker are tried in the order of the file, again and again.</summary>
public sealed class BrokerAddressesTests
{
    [Fact]
    public void The_addresses_are_tried_in_turn_and_begin_again_after_the_last()
    {
        var addresses = new BrokerAddresses(new MqttSinkOptions { Url = "mqtt://a", Urls = ["mqtt://b", "mqtt://c"] });

        Assert.Equal("mqtt://a", addresses.Current);
        string[] tried = [addresses.Next(), addresses.Next(), addresses.Next(), addresses.Next()];

        Assert.Equal(["mqtt://a", "mqtt://b", "mqtt://c", "mqtt://a"], tried);
        Assert.Equal("mqtt://a", addresses.Current);
    }

    [Fact]
    public void An_address_that_is_named_twice_is_tried_once()
    {
        Assert.Equal(["mqtt://a", "mqtt://b"], new BrokerAddresses(new MqttSinkOptions { Url = "mqtt://a", Urls = ["mqtt://a", "mqtt://b"] }).All);
    }

    [Fact]
    public void One_address_is_tried_again_and_again()
    {
        var addresses = new BrokerAddresses(new MqttSinkOptions { Url = "mqtt://a" });

        Assert.Equal(["mqtt://a", "mqtt://a"], new[] { addresses.Next(), addresses.Next() });
    }
}
