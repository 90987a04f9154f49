namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>The records of an audit's folder, for whoever shows them; beside a running service too.</summary>
public static class AuditReader
{
    /// <summary>The oldest first. Lines that are not in order are left out: <see cref="AuditVerifier"/> names them.</summary>
    public static IEnumerable<AuditRecord> Read(string folder)
    {
        foreach (var index in AuditFolder.Indices(folder))
        {
            List<AuditText> lines;
            try
            {
                lines = [.. AuditFolder.Lines(folder, index)];
            }
            catch (FileNotFoundException)
            {
                // It went to make room a moment ago.
                continue;
            }

            foreach (var line in lines)
            {
                if (AuditLine.Read(line.Bytes) is { } read)
                {
                    yield return read.Record;
                }
            }
        }
    }
}
