using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>One way to be connected: security policy, mode and kind of user.</summary>
internal sealed record Combination(string Policy, MessageSecurityMode Mode, string User)
{
    public const string Anonymous = "anonymous";
    public const string Password = "password";
    public const string Certificate = "certificate";

    /// <summary>
    /// All 21: the seven endpoints of the foreign server, with three kinds of user each. Its endpoint without security has user tokens
    /// with a policy of their own, so that there too the password is encrypted and the user's certificate proven.
    /// </summary>
    public static IReadOnlyList<Combination> All { get; } =
    [
        .. from endpoint in Endpoints()
           from user in new[] { Anonymous, Password, Certificate }
           select new Combination(endpoint.Policy, endpoint.Mode, user),
    ];

    public override string ToString() => $"{Policy}/{Mode}/{User}";

    private static IEnumerable<(string Policy, MessageSecurityMode Mode)> Endpoints() =>
    [
        ("None", MessageSecurityMode.None),
        .. from policy in new[] { "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss" }
           from mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }
           select (policy, mode),
    ];
}
