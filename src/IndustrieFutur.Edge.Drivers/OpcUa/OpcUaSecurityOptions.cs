using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>How the connection is protected: exactly so, or not at all. A weaker endpoint is never taken in its place.</summary>
/// <remarks>
/// The default is one fixed pair and no "best of what the server offers": what a server offers is read without protection, so whoever
/// sits between could choose. Basic256Sha256 is the one policy that practically every secured server has; it and both others are
/// safe as of today, and the mode that also encrypts costs little.
/// </remarks>
public sealed class OpcUaSecurityOptions : IChecked
{
    internal const string None = "None";

    [AllowedValues("Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss", None)]
    [Description("The security policy. Aes256_Sha256_RsaPss is the strongest where the server has it; None needs \"allowInsecure\".")]
    public string Policy { get; init; } = "Basic256Sha256";

    [AllowedValues("SignAndEncrypt", "Sign", None)]
    [Description("SignAndEncrypt hides and protects every message; Sign protects only. None belongs to the policy None.")]
    public string? Mode { get; init; }

    /// <summary>The mode as it holds: what is written, or the strongest that the policy knows.</summary>
    internal string EffectiveMode => Mode ?? (Policy == None ? None : "SignAndEncrypt");

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Policy == None && EffectiveMode != None)
        {
            mistakes.Add($"the policy None has no keys, so nothing can be \"{Mode}\"; write \"policy\": \"Basic256Sha256\", or remove \"mode\"", "mode");
        }

        if (Policy != None && EffectiveMode == None)
        {
            mistakes.Add($"the policy {Policy} is there to protect; write \"mode\": \"SignAndEncrypt\", or \"policy\": \"None\" with \"allowInsecure\": true", "mode");
        }
    }
}
