using System.Text;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>Who the broker knows, and by what.</summary>
public sealed class BrokerUsersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-users-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_user_is_known_by_its_own_password_only()
    {
        var users = Users(("anna", "a"), ("bert", "b"));

        Assert.True(users.IsKnown("anna", Bytes("a")));
        Assert.False(users.IsKnown("anna", Bytes("b")));
        Assert.False(users.IsKnown("anna", Bytes("")));
        Assert.False(users.IsKnown("anna", null));
        Assert.False(users.IsKnown("Anna", Bytes("a")));
        Assert.False(users.IsKnown(null, Bytes("a")));
    }

    [Fact]
    public void A_password_that_is_not_there_is_told_with_the_users_name_and_what_to_do()
    {
        var options = new EmbeddedBrokerOptions { Users = new Dictionary<string, BrokerUserOptions> { ["anna"] = new() { Password = SecretReference.Parse("file:nowhere", out _) } } };

        var failure = Assert.Throws<InvalidOperationException>(() => new BrokerUsers(options, _folder));

        Assert.StartsWith("The password of the broker's user anna cannot be had: the file nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_users_everybody_may_do_everything()
    {
        var users = Users();

        Assert.True(users.IsOpen && users.MayPublish(null, "edge/v1/g/e/stored/h1") && users.MaySubscribe(null, "#"));
    }

    [Fact]
    public void With_users_a_stranger_may_do_nothing()
    {
        var users = Users(("anna", "a"));

        Assert.False(users.IsOpen || users.MayPublish("bert", "a") || users.MaySubscribe(null, "a"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private BrokerUsers Users(params (string Name, string Password)[] users)
    {
        foreach (var (name, password) in users)
        {
            File.WriteAllText(Path.Combine(_folder, name), password + "\n");
        }

        var options = users.ToDictionary(user => user.Name, user => new BrokerUserOptions { Password = SecretReference.Parse($"file:{user.Name}", out _), Publish = ["#"] });
        return new BrokerUsers(new EmbeddedBrokerOptions { Users = options }, _folder);
    }
}
