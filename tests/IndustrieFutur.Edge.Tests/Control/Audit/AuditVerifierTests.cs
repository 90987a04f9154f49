using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Tests.Control.Audit;

/// <summary>Whatever a hand does to an audit is found and named with its line; what a service or a crash does is not.</summary>
public sealed class AuditVerifierTests : IDisposable
{
    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void An_audit_as_it_was_written_is_in_order_beside_its_writer()
    {
        using var log = _scene.Open();
        AuditScene.Order(log);
        var running = log.Append(AuditScene.Ordered(), sync: true);

        var report = AuditVerifier.Verify(_scene.Folder, log.HeadHash);

        Assert.Empty(report.Findings);
        Assert.Equal((3L, 1L, 3L, log.HeadHash, 0), (report.Lines, report.First, report.Last, report.HeadHash, report.TornBytes));
        Assert.Equal([running], report.OpenOrders);
    }

    [Theory]
    [InlineData("250", "900", 4)]
    [InlineData("\"anne\"", "\"paul\"", 2)]
    [InlineData("\"prev\":\"", "\"prev\":\"0", 3)]
    [InlineData("\"hash\":\"", "\"hash\":\"0", 5)]
    [InlineData("\"sequence\":", "\"sequence\":1", 6)]
    [InlineData("{", "", 6)]
    public void A_changed_line_is_named(string text, string other, int line)
    {
        _scene.Write(4);
        _scene.Tamper(lines =>
        {
            lines[line - 1] = lines[line - 1].Replace(text, other, StringComparison.Ordinal);
            return lines;
        });

        Assert.Equal([$"Changed {line}"], _scene.Faults());
    }

    [Fact]
    public void Every_bit_of_a_line_counts()
    {
        _scene.Write(2);
        var bytes = File.ReadAllBytes(_scene.FirstFile);
        var start = Array.IndexOf(bytes, (byte)'\n') + 1;
        var end = Array.IndexOf(bytes, (byte)'\n', start);

        for (var at = start; at < end; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            if (changed[at] == (byte)'\n')
            {
                continue;
            }

            File.WriteAllBytes(_scene.FirstFile, changed);
            Assert.Contains("Changed 2", _scene.Faults());
        }
    }

    [Fact]
    public void Removed_lines_are_named_at_the_line_after_them()
    {
        _scene.Write(4);
        _scene.Tamper(lines => lines.Where((_, index) => index is not (3 or 4)));

        var finding = AuditVerifier.Verify(_scene.Folder, "").Findings[0];

        Assert.Equal((AuditFault.Removed, 4), (finding.Fault, finding.Place.Line));
        Assert.Contains("lines 4 to 5 are missing", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_outcome_shows_as_such_too_after_the_next_start()
    {
        using (var log = _scene.Open())
        {
            log.Append(AuditScene.Ordered(), sync: false);
            log.Append(new AuditRecord { Kind = AuditKind.Started }, sync: false);
            log.Append(new AuditRecord { Kind = AuditKind.Act }, sync: false);
        }

        Assert.Equal(["Outcomes 1"], _scene.Faults());
    }

    [Fact]
    public void An_order_has_one_outcome_and_an_outcome_one_order()
    {
        using (var log = _scene.Open())
        {
            AuditScene.Order(log);
            log.Append(new AuditRecord { Kind = AuditKind.Outcome, Of = 1 }, sync: false);
            log.Append(new AuditRecord { Kind = AuditKind.Outcome, Of = 2 }, sync: false);
        }

        Assert.Equal(["Outcomes 3", "Outcomes 4"], _scene.Faults());
    }

    [Fact]
    public void An_inserted_line_is_named_whether_it_is_a_copy_a_forgery_or_nonsense()
    {
        _scene.Write(4);
        var whole = File.ReadAllLines(_scene.FirstFile);
        var third = AuditLine.Read(System.Text.Encoding.UTF8.GetBytes(whole[2]))!;
        var forged = System.Text.Encoding.UTF8.GetString(AuditLine.Write(third.Record with { Sequence = 4, Text = "nothing happened" }, third.Hash).Bytes);

        foreach (var (line, at) in new[] { (whole[1], 5), (forged, 3), ("{}", 3), (whole[1].Replace("250", "900", StringComparison.Ordinal), 6) })
        {
            _scene.Tamper(_ => [.. whole[..at], line, .. whole[at..]]);

            Assert.Contains($"Inserted {at + 1}", _scene.Faults());
            Assert.DoesNotContain(_scene.Faults(), fault => fault.StartsWith("Changed", StringComparison.Ordinal) || fault.StartsWith("Removed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Swapped_lines_are_named()
    {
        _scene.Write(4);
        _scene.Tamper(lines =>
        {
            (lines[2], lines[3]) = (lines[3], lines[2]);
            return lines;
        });

        Assert.Contains("Swapped 4", _scene.Faults());
        Assert.DoesNotContain(_scene.Faults(), fault => fault.StartsWith("Removed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_that_was_rewritten_with_its_hash_shows_at_the_next()
    {
        _scene.Write(4);
        _scene.Tamper(lines =>
        {
            var third = AuditLine.Read(System.Text.Encoding.UTF8.GetBytes(lines[2]))!;
            lines[2] = System.Text.Encoding.UTF8.GetString(AuditLine.Write(third.Record with { Who = "paul" }, third.Previous).Bytes);
            return lines;
        });

        Assert.Equal(["Changed 4"], _scene.Faults());
    }

    [Fact]
    public void A_cut_end_shows_against_a_head_that_was_published()
    {
        _scene.Write(4);
        var head = AuditVerifier.Verify(_scene.Folder, "").HeadHash;
        using (var log = _scene.Open())
        {
            AuditScene.Order(log);
        }

        Assert.Empty(_scene.Faults(head));
        _scene.Tamper(lines => lines[..^3]);
        Assert.Empty(_scene.Faults());
        Assert.Equal(["CutTail 8"], _scene.Faults(head[..16]));
    }

    [Fact]
    public void A_missing_beginning_is_told()
    {
        _scene.Write(4);
        _scene.Tamper(lines => lines[2..]);

        Assert.Contains("MissingStart 0", _scene.Faults());
    }

    [Fact]
    public void A_missing_file_shows_at_the_first_line_after_it()
    {
        using (var log = _scene.Open(bytesMax: 800_000))
        {
            Fill(log, 600);
        }

        File.Delete(Path.Combine(_scene.Folder, "audit-000002.jsonl"));

        var finding = AuditVerifier.Verify(_scene.Folder, "").Findings[0];

        Assert.Equal((AuditFault.Removed, "audit-000003.jsonl", 1), (finding.Fault, finding.Place.File, finding.Place.Line));
    }

    [Fact]
    public void A_line_that_is_being_written_is_no_finding()
    {
        _scene.Write(1);
        File.AppendAllText(_scene.FirstFile, "{\"sequence\":4,\"utc");

        var report = AuditVerifier.Verify(_scene.Folder, "");

        Assert.Equal((0, 18), (report.Findings.Count, report.TornBytes));
    }

    private static void Fill(AuditLog log, int orders)
    {
        for (var i = 0; i < orders; i++)
        {
            AuditScene.Order(log);
        }
    }
}
