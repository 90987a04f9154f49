using System.Buffers.Binary;
using System.Globalization;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>What a client asks for with a set-up of outputs: which fields, and in which of the controller's cycles.</summary>
/// <param name="Names">The fields; none when its list cannot be read.</param>
/// <param name="EveryCycles">One package in so many cycles; 0: the request is refused.</param>
/// <param name="Remark">Why it is refused, or sent at another rate than was asked for; else empty.</param>
internal sealed record RtdeOutputRequest(string[] Names, int EveryCycles, string Remark)
{
    private const int FrequencyBytes = 8;

    public bool IsGranted => EveryCycles > 0;

    /// <summary>Version 1 of the protocol has no frequency: it is sent in every cycle.</summary>
    public static RtdeOutputRequest Parse(ReadOnlySpan<byte> payload, int version)
    {
        var (every, remark) = (1, "");
        if (version > 1)
        {
            if (payload.Length < FrequencyBytes)
            {
                return new([], 0, $"A set-up of outputs begins with {FrequencyBytes} bytes of frequency, a double; here are {payload.Length} bytes. The recipe is refused.");
            }

            every = CyclesOf(BinaryPrimitives.ReadDoubleBigEndian(payload), out remark);
            payload = payload[FrequencyBytes..];
        }

        var names = RtdeNameList.Parse(payload, out var refusal);
        return refusal.Length > 0 ? new([], 0, refusal) : new(names, every, remark);
    }

    /// <summary>
    /// The RTDE guide: between 1 Hz and the frequency of the controller's cycle, one package in floor(cycle / asked) of them. It does not say
    /// what a controller does beyond; here that is refused, so that a mistake is found at a desk.
    /// </summary>
    private static int CyclesOf(double frequency, out string remark)
    {
        const int Max = RtdeLimits.FrequencyMax;
        if (frequency is not (>= 1 and <= Max))
        {
            remark = string.Create(CultureInfo.InvariantCulture, $"The output frequency is {frequency} Hz; 1 to {Max} can be. The recipe is refused.");
            return 0;
        }

        var every = (int)(Max / frequency);
        remark = every * frequency == Max
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"An output frequency of {frequency} Hz does not divide {Max}: it is sent at {(double)Max / every:0.###} Hz, one package in floor({Max} / {frequency}) = {every} cycles.");
        return every;
    }
}
