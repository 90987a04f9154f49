using System.Security.Cryptography;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The tokens that are good now. Not for several threads.</summary>
internal sealed class TokenDesk
{
    /// <summary>How long what a person saw when he prepared may be believed.</summary>
    public const long LifeNanos = 10_000_000_000;

    /// <summary>A cell has a handful of people; more at once is somebody who only prepares.</summary>
    public const int TokensMax = 64;

    private readonly Dictionary<string, Prepared> _tokens = new(StringComparer.Ordinal);

    public bool IsFull => _tokens.Count >= TokensMax;

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public void Put(Prepared prepared) => _tokens[prepared.Token] = prepared;

    public Prepared? Find(string token, long monoNow) =>
        _tokens.TryGetValue(token, out var prepared) && monoNow < prepared.EndsMonoNanos ? prepared : null;

    public void Take(string token) => _tokens.Remove(token);

    public void Void(Func<Prepared, bool> which)
    {
        foreach (var token in _tokens.Values.Where(which).Select(prepared => prepared.Token).ToArray())
        {
            _tokens.Remove(token);
        }
    }
}
