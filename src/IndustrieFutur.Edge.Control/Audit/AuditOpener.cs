namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Looks at what an earlier run left of an audit: sets a torn last line aside, and refuses a chain that is broken.</summary>
internal sealed class AuditOpener(string folder)
{
    /// <summary>What is there, and a sentence when a torn line was set aside.</summary>
    /// <exception cref="AuditException">The chain is broken, or the folder cannot be had.</exception>
    public (AuditReport Report, string Torn) Open()
    {
        try
        {
            MakeFolder();
            var torn = CutTorn();
            var report = AuditVerifier.Verify(folder, "");
            if (report.Findings.FirstOrDefault(finding => finding.Fault != AuditFault.Outcomes) is { } broken)
            {
                throw new AuditException(
                    $"The audit is broken: {Path.Combine(folder, broken.Place.File)}, line {broken.Place.Line}: {broken.Text}. Nothing is commanded. "
                    + "Copy the folder as it is, ask \"ifedge audit verify\" for all there is, move the folder away, and start again: a new audit begins.");
            }

            return (report, torn);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new AuditException(
                $"The audit {folder} cannot be opened ({cause.Message.TrimEnd('.')}), so nothing is commanded; make room, or give the service's user the right to the folder, and start again.", cause);
        }
    }

    /// <summary>The files, without those that were about to go when the service ended.</summary>
    public List<AuditFileInfo> Files(long gone)
    {
        var files = new List<AuditFileInfo>();
        foreach (var index in AuditFolder.Indices(folder))
        {
            var path = Path.Combine(folder, AuditFolder.NameOf(index));
            var last = AuditFolder.Lines(folder, index).Select(line => AuditLine.Read(line.Bytes)?.Record.Sequence ?? 0).LastOrDefault();
            if (last > 0 && last <= gone)
            {
                File.Delete(path);
            }
            else
            {
                files.Add(new AuditFileInfo(index, last, new FileInfo(path).Length));
            }
        }

        return files;
    }

    /// <summary>What stands in a file between two places.</summary>
    public byte[] Bytes(int index, long from, long to)
    {
        using var file = new FileStream(
            Path.Combine(folder, AuditFolder.NameOf(index)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[to - from];
        file.Position = from;
        file.ReadExactly(bytes);
        return bytes;
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Aside first, then off: a crash between the two loses nothing.</summary>
    private string CutTorn()
    {
        var index = AuditFolder.Indices(folder).LastOrDefault();
        if (index == 0 || AuditFolder.Lines(folder, index).LastOrDefault() is not { } last || !AuditVerifier.IsTorn(last))
        {
            return "";
        }

        var path = Path.Combine(folder, AuditFolder.NameOf(index));
        var start = new FileInfo(path).Length - last.Bytes.Length - (last.IsEnded ? 1 : 0);
        var aside = $"audit-torn-{index:D6}-{start}.txt";
        using (var sidecar = new AuditFile(Path.Combine(folder, aside)))
        {
            sidecar.Write(last.Bytes.Span, 0);
            sidecar.Sync();
        }

        using var file = new AuditFile(path);
        file.CutAt(start);
        file.Sync();
        return $"The last line of {last.Place.File} was torn by a crash or a power cut; its {last.Bytes.Length} bytes are set aside in {aside}. It was never confirmed, so nothing was commanded by it.";
    }
}
