using System.Text;
using IndustrieFutur.Edge.App.Broker;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>The file of retained messages: what was written comes back, what is damaged is told and set aside, and it never grows without end.</summary>
public sealed class RetainedFileTests : IDisposable
{
    private const long FileBytesMax = 10_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-retained-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "retained");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Everything_that_MQTT_5_says_of_a_message_comes_back()
    {
        var message = new RetainedMessage("a/é", 1, [0, 255, 10], 1, "application/json", "reply", [7], [["key", "välue"]]);
        Write(message);

        var read = Assert.Single(Load(out var damage));

        Assert.Null(damage);
        Assert.Equal((message.Topic, 1, 1, "application/json", "reply"), (read.Topic, read.QualityOfService, read.PayloadFormat, read.ContentType, read.ResponseTopic));
        Assert.Equal(message.Payload, read.Payload);
        Assert.Equal(message.CorrelationData, read.CorrelationData);
        Assert.Equal(["key", "välue"], Assert.Single(read.UserProperties!));
    }

    [Fact]
    public void The_last_word_of_a_topic_counts_and_an_empty_one_ends_it()
    {
        Write(Text("a", "1"), Text("b", "1"), Text("a", "2"), Text("b", ""));

        Assert.Equal("2", Encoding.UTF8.GetString(Assert.Single(Load(out _)).Payload));
    }

    [Fact]
    public void Only_this_user_may_read_it()
    {
        Write(Text("a", "1"), Text("a", "2"));

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
        }
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public void A_damaged_line_costs_itself_and_the_file_is_set_aside_as_it_was()
    {
        Write(Text("a", "1"), Text("b", "1"), Text("c", "1"));
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Path, bytes);

        var read = Load(out var damage);

        Assert.Equal(["a", "c"], read.Select(message => message.Topic));
        Assert.Contains($"set aside as {Path}.damaged", damage, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Path + ".damaged"));
    }

    [Fact]
    public void A_torn_last_line_costs_itself()
    {
        Write(Text("a", "1"), Text("b", "1"));
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..^5]);

        Assert.Equal(["a"], Load(out var damage).Select(message => message.Topic));
        Assert.NotNull(damage);
    }

    [Fact]
    public void A_file_beyond_all_measure_is_not_read()
    {
        Write(Text("a", "1"));

        using var file = new RetainedFile(Path);

        Assert.Empty(file.Load(10, out var damage));
        Assert.NotNull(damage);
    }

    [Fact]
    public void One_topic_that_changes_for_ever_does_not_fill_the_disk()
    {
        using var file = new RetainedFile(Path);
        var message = Text("a", new string('x', 10_000));
        for (var i = 0; i < 1_000; i++)
        {
            file.Write(message, [message]);
        }

        Assert.InRange(new FileInfo(Path).Length, 1, 1_200_000);
    }

    private static RetainedMessage Text(string topic, string text) => new(topic, 1, Encoding.UTF8.GetBytes(text), 0, null, null, null, null);

    private void Write(params RetainedMessage[] changes)
    {
        using var file = new RetainedFile(Path);
        foreach (var change in changes)
        {
            file.Write(change, [change]);
        }
    }

    private IReadOnlyList<RetainedMessage> Load(out string? damage)
    {
        using var file = new RetainedFile(Path);
        return file.Load(FileBytesMax, out damage);
    }
}
