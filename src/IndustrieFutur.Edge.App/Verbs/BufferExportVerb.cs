using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge buffer export</c>: the samples on the disk as CSV, for whoever has to bring them elsewhere.</summary>
internal static class BufferExportVerb
{
    public static Command Create()
    {
        var place = BufferFolder.Argument();
        var all = new Option<bool>("--all") { Description = "Also the samples that every store has and whose file has not gone yet." };
        var command = new Command("export", "Print the samples that wait on the disk as CSV on standard output; nothing is taken out.") { place, all };
        command.SetAction(parsed =>
        {
            var (folder, spool) = BufferFolder.Read(parsed, place);
            var output = parsed.InvocationConfiguration.Output;
            output.Write(BufferText.CsvHead);
            var count = 0L;
            foreach (var sample in spool.Samples(parsed.GetValue(all)))
            {
                output.Write(BufferText.Csv(sample));
                count++;
            }

            parsed.InvocationConfiguration.Error.WriteLine($"échantillons exportés/samples exported : {count} ({folder})");
            return ExitCode.Done;
        });
        return command;
    }
}
