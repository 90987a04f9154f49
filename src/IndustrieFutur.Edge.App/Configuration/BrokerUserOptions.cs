using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>One user of the embedded broker.</summary>
public sealed class BrokerUserOptions
{
    [Required]
    [Description("Password, as \"env:NAME\" or \"file:path\".")]
    public SecretReference? Password { get; init; }

    [Description("May publish stored/ and replay/ topics.")]
    public bool Historian { get; init; }
}
