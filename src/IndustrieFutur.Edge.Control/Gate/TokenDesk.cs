using System.Security.Cryptography;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What is prepared, by its token: for 10 s, once.</summary>
internal sealed class TokenDesk
{
    /// <summary>reference/ux.md (d).</summary>
    public const long LifeNanos = 10_000_000_000;

    /// <summary>More than persons at a cell can prepare in 10 s; beyond, the oldest goes.</summary>
    private const int TokensMax = 64;

    private const int TokenBytes = 16;

    private readonly Dictionary<string, PreparedOrder> _prepared = [];

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    public void Add(PreparedOrder prepared)
    {
        if (_prepared.Count >= TokensMax)
        {
            _prepared.Remove(_prepared.Values.MinBy(one => one.ExpiresMonoNanos)!.Token);
        }

        _prepared[prepared.Token] = prepared;
    }

    /// <summary>Null: nothing, or its time is over.</summary>
    public PreparedOrder? Find(string token, long monoNow) =>
        token.Length > 0 && _prepared.TryGetValue(token, out var prepared) && monoNow < prepared.ExpiresMonoNanos ? prepared : null;

    public void Remove(string token) => _prepared.Remove(token);

    public void Clear() => _prepared.Clear();

    /// <summary>Those whose time is over, or for which the cell is in another state.</summary>
    public void Void(Func<PreparedOrder, bool> isVoid)
    {
        foreach (var prepared in _prepared.Values.Where(isVoid).ToArray())
        {
            _prepared.Remove(prepared.Token);
        }
    }
}
