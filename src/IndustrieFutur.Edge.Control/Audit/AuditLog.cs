namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>The audit as the gate writes it. One process owns its folder; any may read it.</summary>
public sealed class AuditLog : IAuditWriter, IDisposable
{
    /// <summary>A file that is read at a glance, and small enough beside the whole that making room takes little.</summary>
    private const long FileBytesMax = 4 << 20;

    private readonly string _folder;
    private readonly long _bytesMax;
    private readonly long _rollBytes;
    private readonly TimeProvider _clock;
    private readonly AuditOpener _opener;
    private readonly Func<string, IAuditFile> _open;
    private readonly Lock _lock = new();
    private readonly List<AuditFileInfo> _files;
    private IAuditFile? _file;
    private long _length;
    private long _synced;
    private bool _isFailing;

    /// <summary>Opens the folder's audit or begins one; a torn last line of a crash is cut, a broken chain is an <see cref="AuditException"/>.</summary>
    public AuditLog(string folder, long bytesMax, TimeProvider clock)
        : this(folder, bytesMax, clock, path => new AuditFile(path))
    {
    }

    internal AuditLog(string folder, long bytesMax, TimeProvider clock, Func<string, IAuditFile> open)
    {
        _folder = folder;
        _bytesMax = bytesMax;
        _rollBytes = Math.Min(FileBytesMax, bytesMax / 4);
        _clock = clock;
        _open = open;
        _opener = new AuditOpener(folder);
        var (report, torn) = _opener.Open();
        (Head, HeadHash, _files) = (report.Last, report.HeadHash, _opener.Files(report.Gone));
        if (torn.Length > 0)
        {
            Append(new AuditRecord { Kind = AuditKind.Bound, Rule = "torn", Text = torn }, sync: true);
        }
    }

    /// <summary>The last line's number; 0: none.</summary>
    public long Head { get; private set; }

    /// <summary>The last line's hash, 64 hexadecimal digits: published, so that a cut tail shows.</summary>
    public string HeadHash { get; private set; }

    /// <summary>Why the last line could not be written; null: it was.</summary>
    public string? Trouble { get; private set; }

    /// <summary>All records that are kept, the oldest first.</summary>
    public IEnumerable<AuditRecord> ReadAll() => AuditReader.Read(_folder);

    /// <summary>Appends a line and returns its number; on the disk when this returns, if so asked. Thread-safe.</summary>
    /// <exception cref="AuditException">It cannot be written; nothing was added.</exception>
    public long Append(AuditRecord record, bool sync)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_lock)
        {
            Require();
            try
            {
                Mend();
                Roll();
                var number = Write(record, sync);
                Trouble = null;
                return number;
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                _isFailing = true;
                CutBack();
                throw Told($"The audit {_folder} cannot be written ({cause.Message.TrimEnd('.')}), so nothing is commanded; make room or mend the disk, it is tried again at the next request.", cause);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                _file?.Sync();
            }
            catch (IOException)
            {
                // What had to be on the disk was asked for line by line, and is.
            }

            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>What was done to the file behind our back is not mended: nothing is cut or written there any more.</summary>
    private void Require()
    {
        try
        {
            _file?.Require(_isFailing ? null : _length);
        }
        catch (IOException cause)
        {
            throw Told($"The audit {_folder} is not what it was, so nothing is commanded: {cause.Message}.", cause);
        }
    }

    private AuditException Told(string trouble, Exception cause)
    {
        Trouble = trouble;
        return new AuditException(trouble, cause);
    }

    private long Write(AuditRecord record, bool sync)
    {
        var numbered = record with { Sequence = Head + 1, UtcMillis = _clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var (bytes, hash) = AuditLine.Write(numbered, HeadHash);
        if (bytes.Length > AuditLine.BytesMax)
        {
            throw new AuditException($"A line of the audit would have {bytes.Length} bytes, more than {AuditLine.BytesMax}, so nothing is commanded; ask with fewer and shorter values.");
        }

        _file!.Write([.. bytes, (byte)'\n'], _length);
        if (sync)
        {
            _file.Sync();
            _synced = _length + bytes.Length + 1;
        }

        _length += bytes.Length + 1;
        (Head, HeadHash) = (numbered.Sequence, hash);
        _files[^1] = _files[^1] with { Last = Head, Bytes = _length };
        return Head;
    }

    /// <summary>At once, so that a crash now leaves no line that was refused; what cannot be cut now is cut before the next line.</summary>
    private void CutBack()
    {
        try
        {
            _file?.CutAt(_length);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The disk does not take this either.
        }
    }

    /// <summary>
    /// After a failure: cuts back what was half written, and writes anew what no sync has confirmed, for after a failed one nobody knows which
    /// pages the disk has (fsync(2), EIO).
    /// </summary>
    private void Mend()
    {
        if (!_isFailing)
        {
            return;
        }

        if (_file is not null)
        {
            _file.CutAt(_length);
            var again = _opener.Bytes(_files[^1].Index, _synced, _length);
            _file.Write(again, _synced);
            _file.Sync();
            _synced = _length;
        }

        _isFailing = false;
    }

    private void Roll()
    {
        if (_file is null && _files.Count > 0)
        {
            _file = _open(Path.Combine(_folder, AuditFolder.NameOf(_files[^1].Index)));
            (_length, _synced) = (_files[^1].Bytes, _files[^1].Bytes);
        }

        if (_file is not null && _length < _rollBytes)
        {
            return;
        }

        // Before another file begins: a power cut must take the end of the last file only.
        _file?.Sync();
        var index = _files.Count == 0 ? 1 : _files[^1].Index + 1;
        var file = _open(Path.Combine(_folder, AuditFolder.NameOf(index)));
        _file?.Dispose();
        (_file, _length, _synced) = (file, 0, 0);
        _files.Add(new AuditFileInfo(index, Head, 0));
        MakeRoom();
    }

    /// <summary>The line that says so is on the disk before the file goes.</summary>
    private void MakeRoom()
    {
        while (_files.Count > 1 && _files.Sum(file => file.Bytes) + _rollBytes > _bytesMax)
        {
            var oldest = _files[0];
            var name = AuditFolder.NameOf(oldest.Index);
            Write(AuditRoom.Line(name, oldest.Last, _bytesMax), sync: true);
            File.Delete(Path.Combine(_folder, name));
            _files.RemoveAt(0);
        }
    }
}
