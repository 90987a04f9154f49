using System.CommandLine;
using IndustrieFutur.Edge.App.Doctor;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.App.OpcUa.Probe;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge probe</c>: the way to an OPC UA server, rung by rung, with the cause and the next step at the one that is broken.</summary>
internal static class ProbeVerb
{
    public static Command Create()
    {
        var server = new ServerOptions(VerbOptions.Config(ServerOptions.ConfigDescription));
        var json = VerbOptions.Json();
        var command = new Command("probe", "Try the way to an OPC UA server rung by rung, and say at the broken one why and what to do.");
        server.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = server.Read(parsed);
            var output = parsed.InvocationConfiguration.Output;

            // The client is synchronous: it blocks a thread, which must not be the one that hears Ctrl-C.
            return Task.Run(() => Probe(request, parsed.GetValue(json), output, cancellationToken), cancellationToken);
        });
        return command;
    }

    private static int Probe(ServerRequest request, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        var ladder = new Ladder(ProbeRungs.All(), TimeProvider.System);
        using var state = new ProbeState(request, TimeProvider.System);
        var climbed = new List<ClimbedRung>();
        foreach (var rung in ladder.Climb(state, cancellationToken))
        {
            climbed.Add(rung);
            if (!json)
            {
                ProbeText.Write(rung, output);
            }
        }

        var exitCode = climbed[^1].Answer.Verdict == Verdict.Fail ? climbed[^1].Answer.ExitCode : ExitCode.Done;
        if (json)
        {
            output.WriteLine(ProbeText.ToJson(request.Endpoint.Url, climbed, ladder.NotTried, exitCode));
            return exitCode;
        }

        ProbeText.WriteNotTried(ladder.NotTried, output);
        return exitCode;
    }
}
