using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert trust</c>: a person has compared the thumbprint, and the certificate is trusted from now on.</summary>
internal static class CertTrustVerb
{
    public static Argument<string> Thumbprint() => new("thumbprint") { Description = "The thumbprint, or its first eight digits or more." };

    public static Command Create()
    {
        var options = new CertOptions();
        var thumbprint = Thumbprint();
        var host = new Option<string?>("--host")
        {
            Description = "Accept the certificate at this host although it does not name it; this one certificate, this one host.",
        };
        var command = new Command("trust", "Trust a certificate that was seen or rejected.") { thumbprint, host };
        options.AddTo(command);
        command.SetAction(parsed => options.Run(surroundings => Trust(surroundings, parsed.GetRequiredValue(thumbprint), parsed.GetValue(host)))(parsed));
        return command;
    }

    private static int Trust(CertSurroundings surroundings, string thumbprint, string? host)
    {
        var trusted = host is null ? surroundings.Store.Trust(thumbprint) : surroundings.Store.AcceptHost(thumbprint, host);
        var where = host is null ? "" : $", also at the host {host}";
        surroundings.Answer($"trusted{where}: {trusted.Subject} {trusted.Thumbprint}", trusted);
        if (TimeProvider.System.GetUtcNow().UtcDateTime > trusted.NotAfterUtc)
        {
            surroundings.Error.WriteLine($"It expired on {CertSurroundings.Day(trusted.NotAfterUtc)}, so it is refused all the same; have it renewed.");
        }

        return ExitCode.Done;
    }
}
