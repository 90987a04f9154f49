using System.Security.Cryptography;
using System.Text;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>Who may log in, and with which rights. Passwords are kept as keyed hashes only, and an unknown name takes as long as a wrong password.</summary>
internal sealed class BrokerUsers
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (byte[] Hash, BrokerRights Rights)> _users = new(StringComparer.Ordinal);
    private readonly byte[] _nobody;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a sentence when a password cannot be had.</summary>
    public BrokerUsers(EmbeddedBrokerOptions options, string baseDirectory)
    {
        _nobody = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
        foreach (var (name, user) in options.Users)
        {
            var password = user.Password!.Resolve(file => SecretFile.Read(Path.Combine(baseDirectory, file)), out var error)
                ?? throw new InvalidOperationException($"The password of the broker's user {name} cannot be had: {error}. {user.Password.Remedy}");
            _users[name] = (Hash(Encoding.UTF8.GetBytes(password)), new BrokerRights(name, user));
        }
    }

    /// <summary>Without users everybody may do everything: the configuration allows that on loopback only, or by allowInsecure.</summary>
    public bool IsOpen => _users.Count == 0;

    public bool IsKnown(string? name, byte[]? password)
    {
        var isUser = _users.TryGetValue(name ?? "", out var user);
        return CryptographicOperations.FixedTimeEquals(isUser ? user.Hash : _nobody, Hash(password ?? [])) && isUser;
    }

    public bool MayPublish(string? name, string topic) =>
        IsOpen || (_users.TryGetValue(name ?? "", out var user) && user.Rights.MayPublish(topic));

    /// <summary>Of a user who is logged in and may not publish a topic.</summary>
    public string AdviceOn(string? name, string topic) => _users.TryGetValue(name ?? "", out var user) ? user.Rights.AdviceOn(topic) : "Add the user to broker.users";

    public bool MaySubscribe(string? name, string filter) =>
        IsOpen || (_users.TryGetValue(name ?? "", out var user) && user.Rights.MaySubscribe(filter));

    private byte[] Hash(byte[] password) => HMACSHA256.HashData(_key, password);
}
