using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert reject</c>: a certificate is trusted no more, from the next connection on.</summary>
internal static class CertRejectVerb
{
    public static Command Create()
    {
        var options = new CertOptions();
        var thumbprint = CertTrustVerb.Thumbprint();
        var command = new Command("reject", "Say no to a certificate: it is trusted and pinned no more, and commissioning refuses it, until it is trusted again.") { thumbprint };
        options.AddTo(command);
        command.SetAction(parsed => options.Run(surroundings => Reject(surroundings, parsed.GetRequiredValue(thumbprint)))(parsed));
        return command;
    }

    private static int Reject(CertSurroundings surroundings, string thumbprint)
    {
        var rejected = surroundings.Store.Reject(thumbprint);
        surroundings.Answer($"rejected: {rejected.Subject} {rejected.Thumbprint}", rejected);
        surroundings.Error.WriteLine($"A connection that is open goes on; restart the service to end it. To take it back: ifedge cert trust {rejected.Thumbprint} {surroundings.DataOption}");
        return ExitCode.Done;
    }
}
