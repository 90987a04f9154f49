using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge buffer</c>: what waits on the disk for broker and stores.</summary>
internal static class BufferVerb
{
    public static Command Create() => new("buffer", "Look at the samples that are kept on the disk until every store has them; send them again, or give them up.")
    {
        BufferStatusVerb.Create(),
        BufferExportVerb.Create(),
        BufferChangeVerb.CreateReplay(),
        BufferChangeVerb.CreatePurge(),
    };
}
