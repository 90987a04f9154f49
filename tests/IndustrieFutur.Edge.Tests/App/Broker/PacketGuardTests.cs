using System.IO.Pipelines;
using IndustrieFutur.Edge.App.Broker;
using MQTTnet.Exceptions;

namespace IndustrieFutur.Edge.Tests.App.Broker;

/// <summary>The guard measures each packet by its header, however the bytes come in pieces.</summary>
public sealed class PacketGuardTests
{
    private const int BytesMax = 1_000;

    private readonly Pipe _pipe = new();
    private readonly PacketGuard _guard;
    private int _refused;

    public PacketGuardTests() => _guard = new PacketGuard(_pipe.Reader, BytesMax, () => _refused++);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packets_up_to_the_limit_pass_however_they_are_cut()
    {
        // A packet of exactly the limit: 1 + 2 digits + 997; then a short one.
        byte[] bytes = [0x30, 0xE5, 0x07, .. new byte[997], 0xC0, 0x00];
        for (var i = 0; i < bytes.Length; i++)
        {
            await _pipe.Writer.WriteAsync(new[] { bytes[i] }, Cancellation);
            var seen = await _guard.ReadAsync(Cancellation);
            _guard.AdvanceTo(i is 999 or 1_001 ? seen.Buffer.End : seen.Buffer.Start, seen.Buffer.End);
        }

        Assert.Equal(0, _refused);
    }

    [Fact]
    public async Task A_packet_that_announces_too_much_is_refused_by_its_header_alone()
    {
        await _pipe.Writer.WriteAsync(new byte[] { 0xC0, 0x00, 0x30, 0xE6, 0x07 }, Cancellation);

        await Assert.ThrowsAsync<MqttProtocolViolationException>(async () => await _guard.ReadAsync(Cancellation));
        Assert.Equal(1, _refused);
    }

    [Fact]
    public async Task A_length_of_five_digits_is_refused()
    {
        await _pipe.Writer.WriteAsync(new byte[] { 0x30, 0x80, 0x80, 0x80, 0x80, 0x01 }, Cancellation);

        await Assert.ThrowsAsync<MqttProtocolViolationException>(async () => await _guard.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_second_packet_is_measured_after_the_first_was_taken()
    {
        await _pipe.Writer.WriteAsync(new byte[] { 0x30, 0x02, 1, 2, 0x30 }, Cancellation);
        var seen = await _guard.ReadAsync(Cancellation);
        _guard.AdvanceTo(seen.Buffer.GetPosition(4), seen.Buffer.End);
        await _pipe.Writer.WriteAsync(new byte[] { 0xFF, 0x7F }, Cancellation);

        await Assert.ThrowsAsync<MqttProtocolViolationException>(async () => await _guard.ReadAsync(Cancellation));
    }
}
