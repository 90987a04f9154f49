using System.CommandLine;
using System.Globalization;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert renew</c>: a new key and certificate of ours, before the old one expires or because its key got about.</summary>
internal static class CertRenewVerb
{
    public static Command Create()
    {
        var options = new CertOptions();
        var bits = new Option<string?>("--bits") { Description = "Length of the key; without it as long as before, or 2048." };
        bits.AcceptOnlyFromAmong("2048", "3072", "4096");
        var uri = new Option<string?>("--uri") { Description = "Renew the certificate of this application URI, where devices have one of their own." };
        var command = new Command("renew", "Make a new key and certificate for us; every server has to trust it then.") { bits, uri };
        options.AddTo(command);
        command.SetAction(parsed => options.Run(surroundings => Renew(surroundings, parsed.GetValue(bits), parsed.GetValue(uri)))(parsed));
        return command;
    }

    private static int Renew(CertSurroundings surroundings, string? bits, string? uri)
    {
        var request = surroundings.OwnRequest with
        {
            KeyBits = bits is null ? null : int.Parse(bits, CultureInfo.InvariantCulture),
            ApplicationUri = uri,
        };
        using var old = surroundings.Store.FindOwn(request);
        using var made = surroundings.Store.Renew(request);
        var stored = surroundings.Store.Find(made.Thumbprint);
        surroundings.Answer($"made: {stored.Subject} {stored.Thumbprint} {stored.ApplicationUri}, valid until {CertSurroundings.Day(stored.NotAfterUtc)}", stored);
        surroundings.Error.WriteLine($"It is used from the next connection on. Have every server trust it; it is written by: {made.ExportCommand}");
        if (old is not null)
        {
            surroundings.Error.WriteLine($"The one before, {old.Thumbprint}, stays until the next renewal. To go back to it, delete the new one and its key: \"{stored.File}\" and \"{surroundings.Store.KeyFileOf(stored)}\"");
        }

        return ExitCode.Done;
    }
}
