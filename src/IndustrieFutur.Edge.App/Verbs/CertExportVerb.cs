using System.CommandLine;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert export</c>: a certificate in a file, to be carried to a server. A key never leaves the store.</summary>
internal static class CertExportVerb
{
    public static Command Create()
    {
        var options = new CertOptions();
        var thumbprint = new Argument<string?>("thumbprint") { Description = "Whose, by the first eight digits or more; without it ours.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--out") { Description = "The file to write: PEM when it ends in .pem, else DER. Without it PEM on standard output." };
        var command = new Command("export", "Write our certificate, or another, to a file. Ours is made if there is none yet.") { thumbprint, file };
        options.AddTo(command);
        command.SetAction(parsed => options.Run(surroundings => Export(surroundings, parsed.GetValue(thumbprint), parsed.GetValue(file)))(parsed));
        return command;
    }

    private static int Export(CertSurroundings surroundings, string? thumbprint, string? file)
    {
        var certificate = surroundings.Store.Find(thumbprint ?? Own(surroundings));
        if (file is not null)
        {
            Write(file, PkiStore.Export(certificate, pem: file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)));
            surroundings.Answer($"{file}: {certificate.Subject} {certificate.Thumbprint}", certificate with { File = Path.GetFullPath(file) });
            return ExitCode.Done;
        }

        surroundings.Answer(Encoding.ASCII.GetString(PkiStore.Export(certificate, pem: true)).TrimEnd(), certificate);
        return ExitCode.Done;
    }

    private static string Own(CertSurroundings surroundings)
    {
        using var own = surroundings.Store.LoadOrCreateOwn(surroundings.OwnRequest);
        if (own.ExpiryWarning(TimeProvider.System) is { } warning)
        {
            surroundings.Error.WriteLine(warning);
        }

        return own.Thumbprint;
    }

    private static void Write(string file, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(file, bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.Usage, $"{file} cannot be written: {cause.Message} Name a file in a folder where you may write.");
        }
    }
}
