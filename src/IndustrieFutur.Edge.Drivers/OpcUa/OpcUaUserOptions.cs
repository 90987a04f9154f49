using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Who we are to the server: a name with a password, or a certificate.</summary>
public sealed class OpcUaUserOptions : IChecked
{
    [MaxLength(256)]
    [Description("The user's name. With \"password\"; either these or \"certificate\".")]
    public string? Name { get; init; }

    [Description("The password, by reference: \"env:NAME\" or \"file:path\". It travels encrypted or not at all.")]
    public SecretReference? Password { get; init; }

    [Description("File with the user's certificate and private key (PEM or PFX); relative to the configuration file.")]
    public string? Certificate { get; init; }

    [Description("The password of that file, by reference, where it has one.")]
    public SecretReference? CertificatePassword { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Name is null && Certificate is null)
        {
            mistakes.Add("a user is a \"name\" with a \"password\", or a \"certificate\"; write one, or remove \"user\" to be anonymous", []);
        }

        if (Name is not null && Certificate is not null)
        {
            mistakes.Add("a user is known by name or by certificate, not by both; remove one", "certificate");
        }

        if (Name is not null && Password is null)
        {
            mistakes.Add("the user has no password; add \"password\": \"env:NAME\" and put the password there", "password");
        }

        if (Name is null && Password is not null)
        {
            mistakes.Add("a password needs its user's \"name\"; the password of a certificate's file is \"certificatePassword\"", "password");
        }

        if (Certificate is null && CertificatePassword is not null)
        {
            mistakes.Add("there is no \"certificate\" whose file this could open; add it, or remove this", "certificatePassword");
        }
    }
}
